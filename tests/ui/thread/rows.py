"""Rows to lay out: messages of given parts, and what a layout needs besides."""

from dataclasses import replace

from linqdesk.domain.ids import AttachmentId, Handle, RowKey
from linqdesk.domain.message import MediaPart, Message, Part, Reaction
from linqdesk.store.view import ThreadRow
from linqdesk.ui.models.row_context import RowContext
from linqdesk.ui.thread.bubble_layout import lay_out
from linqdesk.ui.thread.metrics import Style
from linqdesk.ui.thread.piece_layout import SizeOf, unknown_size
from linqdesk.ui.thread.row_layout import RowLayout
from tests.store.messages import a_message

STYLE = Style(width_px=760)
BOB = Handle("+14155550177")


def a_reaction(kind: str = "love", *, is_me: bool = False, emoji: str | None = None) -> Reaction:
    return Reaction(BOB, is_me=is_me, kind=kind, custom_emoji=emoji)


def a_file(
    name: str, mime_type: str, size_bytes: int | None = 2_048, reactions: tuple[Reaction, ...] = ()
) -> MediaPart:
    return MediaPart(AttachmentId(name), name, mime_type, size_bytes, "https://cdn.example/x", reactions)


def a_photo(name: str = "cat.jpg", reactions: tuple[Reaction, ...] = ()) -> MediaPart:
    return a_file(name, "image/jpeg", reactions=reactions)


def a_message_of(*parts: Part, is_mine: bool = False) -> Message:
    return replace(a_message("m", 1, is_mine=is_mine), parts=parts)


def laid_out(
    message: Message,
    context: RowContext | None = None,
    *,
    style: Style = STYLE,
    pages: int = 1,
    size_of: SizeOf = unknown_size,
) -> RowLayout:
    row = ThreadRow(RowKey(message.id), message)
    return lay_out(row, context or RowContext(), style, pages=pages, size_of=size_of)
