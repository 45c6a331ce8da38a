"""Bubbles drawn for the image snapshots; `python -m tests.ui.thread.snapshots` writes them anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from linqdesk.domain.decorations import Decoration
from linqdesk.domain.ids import MessageId, RowKey
from linqdesk.domain.message import Effect, LinkPart, ReplyTo, TextPart, UnknownPart
from linqdesk.domain.service import Service
from linqdesk.store.view import ThreadRow
from linqdesk.ui.fonts import install_fonts
from linqdesk.ui.models.quotes import Quote
from linqdesk.ui.models.row_context import RowContext
from linqdesk.ui.theme import Theme
from linqdesk.ui.thread.bubble_layout import lay_out
from linqdesk.ui.thread.ink_painting import InkWell
from linqdesk.ui.thread.metrics import Style
from linqdesk.ui.thread.name_painting import Who
from linqdesk.ui.thread.painting import RowLook, RowPainter
from tests.store.messages import BEGAN
from tests.ui.thread.rows import a_file, a_message_of, a_photo, a_reaction

FOLDER = Path(__file__).parent / "snapshots"
_STYLE = Style(width_px=480)
_LOVED = (a_reaction(), a_reaction("like", is_me=True), a_reaction("laugh"))
_STYLES = (
    Decoration(0, 4, "bold"),
    Decoration(5, 11, "italic"),
    Decoration(12, 22, "underline"),
    Decoration(23, 29, "strikethrough"),
)
_QUOTE = Quote(ReplyTo(MessageId("a")), "Ana Ruiz", "Is the bike still there?")
_PLAIN = RowContext()
CASES = {
    "incoming": (a_message_of(TextPart("Is the bike still there? See example.com/bikes")), _PLAIN),
    "own": (
        replace(a_message_of(TextPart("Yes, it is!"), is_mine=True), service=Service.IMESSAGE),
        RowContext(status="✓✓ Delivered"),
    ),
    "sms": (
        replace(a_message_of(TextPart("Yes, it is!"), is_mine=True), service=Service.SMS),
        RowContext(status="✓ Sent · asked iMessage, went as SMS"),
    ),
    "styles": (a_message_of(TextPart("Bold italic underlined struck", _STYLES)), _PLAIN),
    "emoji": (a_message_of(TextPart("🎉🎈")), _PLAIN),
    "reactions": (a_message_of(TextPart("Everybody likes this one", (), _LOVED)), _PLAIN),
    "reply": (a_message_of(TextPart("It is."), is_mine=True), RowContext(quote=_QUOTE)),
    "effect": (
        replace(a_message_of(TextPart("Congratulations!")), effect=Effect("screen", "confetti")),
        _PLAIN,
    ),
    "files": (
        a_message_of(
            a_file("invoice.pdf", "application/pdf"),
            a_file("Ana.vcf", "text/vcard"),
        ),
        _PLAIN,
    ),
    "link": (a_message_of(LinkPart("https://www.example.com/bikes"), is_mine=True), _PLAIN),
    "unknown": (a_message_of(UnknownPart("imessage_app", '{"app": {"name": "GamePigeon"}}')), _PLAIN),
    "pictures": (a_message_of(a_photo("1"), a_photo("2"), a_photo("3")), _PLAIN),
    "empty": (a_message_of(), _PLAIN),
}


@contextmanager
def shipped_fonts(application: QApplication) -> Iterator[None]:
    """Draw with the fonts of the program, whatever the system has."""
    before = QFont(application.font())
    install_fonts(application)
    try:
        yield
    finally:
        application.setFont(before)


def drawn(name: str, theme: Theme) -> QImage:
    """Return one case in a theme's colours."""
    message, context = CASES[name]
    row = ThreadRow(RowKey("m"), message)
    layout = lay_out(row, context, replace(_STYLE, link_colour=theme.accent.name()))
    image = QImage(_STYLE.width_px, round(layout.height_px) + 8, QImage.Format.Format_RGB32)
    image.fill(theme.window)
    look = RowLook(theme=theme, zoom=1.0, now=BEGAN + timedelta(days=1), chat_service=Service.IMESSAGE)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        RowPainter(painter, look, InkWell()).paint(row, layout, Who("Ana Ruiz"))
    return image


def main() -> None:
    """Write all snapshots."""
    from linqdesk.ui.theme import DARK, LIGHT

    with shipped_fonts(QApplication([])):
        for name in CASES:
            for theme in (LIGHT, DARK):
                drawn(name, theme).save(str(FOLDER / f"{name}-{theme.name}.png"))


if __name__ == "__main__":
    main()
