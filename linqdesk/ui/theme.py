"""The colours, sizes and fonts of the window: one frozen theme per appearance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QColor, QFont

from linqdesk.domain.service import Service

GRID_PX = 4
GUTTER_PX = 16
LIST_GUTTER_PX = 12
RADIUS_BUBBLE_PX = 18
RADIUS_BUBBLE_INNER_PX = 6
RADIUS_CARD_PX = 12
RADIUS_FIELD_PX = 18
RADIUS_BUTTON_PX = 8
FOCUS_RING_PX = 2


class FontSize(Enum):
    """The sizes of type, in device-independent pixels at 100 % zoom; nothing is smaller than META."""

    TITLE = 20
    HEADER = 15
    BODY = 14
    PREVIEW = 13
    META = 12


@dataclass(frozen=True, slots=True)
class Fill:
    """A surface and the text upon it; every pair reaches the contrast of WCAG AA."""

    surface: QColor
    text: QColor


@dataclass(frozen=True, slots=True)
class Theme:
    """All colours by what they are for."""

    name: str
    is_dark: bool
    window: QColor
    panel: QColor
    field: QColor
    text: QColor
    text_secondary: QColor
    accent: QColor
    on_accent: QColor
    danger: QColor
    draft: QColor
    hairline: QColor
    hover: QColor
    selected: QColor
    text_selection: QColor
    incoming: Fill
    imessage: Fill
    rcs: Fill
    sms: Fill
    at_risk: Fill
    critical: Fill
    opted_out: Fill
    poster: Fill
    avatars: tuple[Fill, ...]
    outline_px: int = 0

    def bubble(self, service: Service | None) -> Fill:
        """Return the fill of an own bubble sent over a service; an unknown service looks like iMessage."""
        match service:
            case Service.RCS:
                return self.rcs
            case Service.SMS:
                return self.sms
            case _:
                return self.imessage


def text_scale() -> float:
    """Return how large text is: the size of the application's font, 1.0 for the usual one."""
    size_px = QFont().pixelSize()
    return size_px / FontSize.BODY.value if size_px > 0 else 1.0


def scaled(size_px: float) -> int:
    """Return how high something is that holds text, given its height at 100 %; it never becomes less."""
    return round(size_px * max(1.0, text_scale()))


def grown(size_px: int, words_px: int) -> int:
    """Return how high something is of whose height, at 100 %, `words_px` are lines of text."""
    return size_px - words_px + scaled(words_px)


def font(size: FontSize, weight: QFont.Weight = QFont.Weight.Normal, zoom: float | None = None) -> QFont:
    """Return the application's font in a size and weight; a `zoom`, 0.8 to 2.5, replaces the window's."""
    made = QFont()
    made.setPixelSize(round(size.value * (text_scale() if zoom is None else zoom)))
    made.setWeight(weight)
    if size is FontSize.META:
        # Times and counters stand one below the other: all figures are equally wide.
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def mixed(ground: QColor, over: QColor, share: float) -> QColor:
    """Return `ground` with a share, 0 to 1, of another colour over it."""
    return QColor(
        round(ground.red() + (over.red() - ground.red()) * share),
        round(ground.green() + (over.green() - ground.green()) * share),
        round(ground.blue() + (over.blue() - ground.blue()) * share),
    )


def _fill(surface: str, text: str) -> Fill:
    return Fill(QColor(surface), QColor(text))


def _tint(colour: str, alpha: float) -> QColor:
    tinted = QColor(colour)
    tinted.setAlphaF(alpha)
    return tinted


_LIGHT_AVATARS = (
    _fill("#E3E3FE", "#3838F5"),
    _fill("#DDE7FC", "#1251D3"),
    _fill("#D8E8F0", "#086DA0"),
    _fill("#CDE4CD", "#056B05"),
    _fill("#EAE0FD", "#661AFF"),
    _fill("#F5E3FE", "#9F00F0"),
    _fill("#F6D8EC", "#B8057C"),
    _fill("#F5D7D7", "#BE0404"),
    _fill("#FEF5D0", "#836B01"),
    _fill("#EAE6D5", "#71643A"),
    _fill("#D2D2DC", "#4F4F6D"),
    _fill("#D7D7D9", "#5C5C5C"),
)

_DARK_AVATARS = tuple(
    Fill(QColor(pair.text).darker(190), QColor(pair.surface).lighter(104)) for pair in _LIGHT_AVATARS
)

LIGHT = Theme(
    name="light",
    is_dark=False,
    window=QColor("#FFFFFF"),
    panel=QColor("#F5F5F7"),
    field=QColor("#FFFFFF"),
    text=QColor("#1D1D1F"),
    text_secondary=QColor("#6E6E73"),
    accent=QColor("#0B63CE"),
    on_accent=QColor("#FFFFFF"),
    danger=QColor("#C42B1C"),
    draft=QColor("#A8431F"),
    hairline=_tint("#000000", 0.12),
    hover=_tint("#000000", 0.06),
    selected=_tint("#0B63CE", 0.14),
    text_selection=_tint("#0B63CE", 0.30),
    incoming=_fill("#E9E9EB", "#000000"),
    imessage=_fill("#0A6CFF", "#FFFFFF"),
    rcs=_fill("#0F766E", "#FFFFFF"),
    sms=_fill("#1F7A34", "#FFFFFF"),
    at_risk=_fill("#FFF3D6", "#7A4A00"),
    critical=_fill("#FDECEA", "#B3261E"),
    opted_out=_fill("#3A3A3C", "#FFFFFF"),
    poster=_fill("#2C2C2E", "#FFFFFF"),
    avatars=_LIGHT_AVATARS,
)

DARK = Theme(
    name="dark",
    is_dark=True,
    window=QColor("#1C1C1E"),
    panel=QColor("#242426"),
    field=QColor("#2C2C2E"),
    text=QColor("#F5F5F7"),
    text_secondary=QColor("#A1A1A6"),
    accent=QColor("#6CB0FF"),
    on_accent=QColor("#0B1C30"),
    danger=QColor("#FF6961"),
    draft=QColor("#FF9F7A"),
    hairline=_tint("#FFFFFF", 0.12),
    hover=_tint("#FFFFFF", 0.06),
    selected=_tint("#6CB0FF", 0.18),
    text_selection=_tint("#6CB0FF", 0.35),
    incoming=_fill("#3A3A3C", "#FFFFFF"),
    imessage=_fill("#0A5FD6", "#FFFFFF"),
    rcs=_fill("#0F766E", "#FFFFFF"),
    sms=_fill("#1F7A34", "#FFFFFF"),
    at_risk=_fill("#372D0B", "#FFD60A"),
    critical=_fill("#3B1513", "#FFB4AB"),
    opted_out=_fill("#3A3A3C", "#FFFFFF"),
    poster=_fill("#2C2C2E", "#FFFFFF"),
    avatars=_DARK_AVATARS,
)

_BLACK_ON_WHITE = _fill("#FFFFFF", "#000000")
_WHITE_ON_BLACK = _fill("#000000", "#FFFFFF")

HIGH_CONTRAST = Theme(
    name="high-contrast",
    is_dark=False,
    window=QColor("#FFFFFF"),
    panel=QColor("#FFFFFF"),
    field=QColor("#FFFFFF"),
    text=QColor("#000000"),
    text_secondary=QColor("#000000"),
    accent=QColor("#0000C8"),
    on_accent=QColor("#FFFFFF"),
    danger=QColor("#A00000"),
    draft=QColor("#A00000"),
    hairline=QColor("#000000"),
    hover=_tint("#000000", 0.12),
    selected=_tint("#0000C8", 0.20),
    text_selection=_tint("#0000C8", 0.35),
    incoming=_BLACK_ON_WHITE,
    imessage=_WHITE_ON_BLACK,
    rcs=_WHITE_ON_BLACK,
    sms=_WHITE_ON_BLACK,
    at_risk=_BLACK_ON_WHITE,
    critical=_WHITE_ON_BLACK,
    opted_out=_WHITE_ON_BLACK,
    poster=_WHITE_ON_BLACK,
    avatars=(_WHITE_ON_BLACK,),
    outline_px=2,
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK, HIGH_CONTRAST)}
