import pytest
from PySide6.QtGui import QColor

from linqdesk.domain.service import Service
from linqdesk.ui.theme import DARK, HIGH_CONTRAST, LIGHT, Fill, Theme

AA_TEXT = 4.5


def luminance(colour: QColor) -> float:
    def channel(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (channel(each) for each in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def fills(theme: Theme) -> list[Fill]:
    on_surfaces = [
        Fill(surface, text)
        for surface in (theme.window, theme.panel)
        for text in (theme.text, theme.text_secondary, theme.accent, theme.danger, theme.draft)
    ]
    own = [theme.bubble(service) for service in Service]
    chips = [theme.at_risk, theme.critical, theme.opted_out]
    return [*on_surfaces, *own, *chips, *theme.avatars, theme.incoming, Fill(theme.accent, theme.on_accent)]


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda theme: theme.name)
def test_every_text_can_be_read_on_its_surface(theme: Theme) -> None:
    weak = [
        (fill.surface.name(), fill.text.name())
        for fill in fills(theme)
        if contrast(fill.surface, fill.text) < AA_TEXT
    ]
    assert weak == []
