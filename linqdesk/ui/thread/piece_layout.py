"""Makes the pieces of a message from its parts, each at the row's origin; stacking them is the row's act."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeAlias

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QBrush, QColor, QFont, QTextCharFormat

from linqdesk.domain.decorations import Decoration, clip, utf16_length
from linqdesk.domain.ids import AttachmentId
from linqdesk.domain.links import Link, find_links
from linqdesk.domain.message import LinkPart, MediaPart, Part, TextPart, UnknownPart
from linqdesk.domain.outgoing import OutgoingLink, OutgoingMedia, OutgoingPart, OutgoingText
from linqdesk.domain.outgoing_files import OutgoingFile, OutgoingVoiceMemo, own_key
from linqdesk.ui.models.link_words import address_of
from linqdesk.ui.models.media_words import FileFacts, MediaKind, file_facts, media_kind
from linqdesk.ui.models.message_words import part_words
from linqdesk.ui.models.unknown_words import unknown_words
from linqdesk.ui.theme import FontSize
from linqdesk.ui.thread.cards import card_box, card_places
from linqdesk.ui.thread.metrics import (
    BUBBLE_MIN_HEIGHT_PX,
    LARGE_EMOJI_PX,
    MEDIA_MAX_HEIGHT_PX,
    MEDIA_MAX_WIDTH_PX,
    PAD_X_PX,
    PAD_Y_PX,
    Style,
    bubble_width,
)
from linqdesk.ui.thread.picture_grid import grid, single_size
from linqdesk.ui.thread.pieces import (
    AppPiece,
    AudioPiece,
    EventPiece,
    Extent,
    FilePiece,
    LinkPiece,
    NotePiece,
    PictureCell,
    PicturesPiece,
    Piece,
    TextPiece,
    VideoPiece,
)
from linqdesk.ui.thread.player_places import film_places, sound_places
from linqdesk.ui.thread.text_block import TextBlock, is_emoji_only, underlined

SizeOf: TypeAlias = Callable[[MediaPart], tuple[int, int] | None]
AnyPart: TypeAlias = Part | OutgoingPart

# What no link can do without; most texts need no closer look.
_MAYBE_LINK = re.compile(r"[^\s.]\.[^\s.]|//")
# What is laid out of a message at once; the rest comes page by page at the agent's wish.
CHARACTERS_A_PAGE, PARTS_A_PAGE = 10_000, 24
# Beyond this many characters links are not looked for: the search takes up to 8 µs a character.
_LINKS_WITHIN = 3_000
_LINKS_MAX = 50
# As many as Linq takes with one text.
_DECORATIONS_MAX = 100
# Ligatures for whole phrases take Qt ten times as long as other letters.
_HEAVY = re.compile("[\ufb50-\ufdff]")
_HEAVY_MAX, _HEAVINESS = 500, 4
_VIDEO_WIDTH_PX, _VIDEO_LEAST_PX, _VIDEO_SHAPE = 280.0, 240.0, 16 / 9


def unknown_size(_part: MediaPart) -> tuple[int, int] | None:
    """Return None: no picture's size is known."""
    return None


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a message, and whether there is more of it than was asked for."""

    pieces: tuple[Piece, ...]
    has_more: bool = False


@dataclass(slots=True)
class PieceMaker:
    """Makes the pieces of one message within a room."""

    style: Style
    room_px: float
    size_of: SizeOf
    left: int
    is_own: bool = False

    def make(self, parts: Sequence[AnyPart], pages: int) -> Pieces:
        """Return the pieces of the first so many pages."""
        shown = list(_extents(parts))[: PARTS_A_PAGE * pages]
        pieces: list[Piece] = []
        is_cut = len(shown) < len(parts)
        for is_picture, run in groupby(shown, key=lambda each: _is_picture(each[0])):
            if is_picture:
                pictures = [(part, extent) for part, extent in run if isinstance(part, MediaPart)]
                pieces.append(self._pictures(pictures))
                continue
            for part, extent in run:
                if self.left <= 0:
                    is_cut = True
                    break
                pieces.append(self._piece(part, extent))
        return Pieces(tuple(pieces), is_cut or self.left < 0)

    def note(self, words: str) -> Pieces:
        """Return what stands for a message that says nothing."""
        metrics_width = bubble_width(self.room_px)
        block = TextBlock(words, self.style.font(FontSize.BODY), metrics_width)
        box = QRectF(0, 0, block.width_px + 2 * PAD_X_PX, max(BUBBLE_MIN_HEIGHT_PX, self.style.body_px + 16))
        return Pieces((NotePiece(box, Extent(0, 0, utf16_length(words)), words),))

    def _piece(self, part: AnyPart, extent: Extent) -> Piece:
        match part:
            case TextPart() | OutgoingText():
                return self._text(part.value, part.decorations, extent)
            case MediaPart():
                return self._media(part, extent)
            case OutgoingMedia() | OutgoingFile() | OutgoingVoiceMemo():
                return self._file(None, _waiting_facts(part), extent)
            case LinkPart() | OutgoingLink():
                box, address = self._card(), address_of(part.value)
                return LinkPiece(box, extent, address, card_places(box, self.style, has_action=False))
            case UnknownPart():
                box, words = self._card(), unknown_words(part)
                places = card_places(box, self.style, has_action=False)
                return AppPiece(box, extent, words.icon, words.title, words.detail, places)

    def _text(self, value: str, decorations: tuple[Decoration, ...], extent: Extent) -> TextPiece:
        text = value[: self.left // _HEAVINESS if _is_heavy(value[: self.left]) else self.left]
        self.left -= len(value) if len(text) == len(value) else self.left + 1
        is_large = is_emoji_only(text)
        pad_x, pad_y = (0, 0) if is_large else (PAD_X_PX, PAD_Y_PX)
        width = max(40.0, bubble_width(self.room_px) - 2 * PAD_X_PX)
        links = () if is_large else links_in(text)
        mark = self._link_mark()
        marks = [(link.start, link.end, mark) for link in links]
        styles = clip(decorations[:_DECORATIONS_MAX], text)
        block = TextBlock(text, self._font(is_large=is_large), width, styles, marks)
        box = QRectF(
            0,
            0,
            max(block.width_px + 2 * pad_x, BUBBLE_MIN_HEIGHT_PX),
            max(block.height_px + 2 * pad_y, BUBBLE_MIN_HEIGHT_PX),
        )
        at = QPointF((box.width() - block.width_px) / 2, (box.height() - block.height_px) / 2)
        return TextPiece(box, extent, block, at, links, is_large=is_large)

    def _link_mark(self) -> QTextCharFormat:
        mark = underlined()
        if not self.is_own:
            # On a coloured bubble the accent would not be read: there links are underlined only.
            mark.setForeground(QBrush(QColor(self.style.link_colour)))
        return mark

    def _font(self, *, is_large: bool) -> QFont:
        made = self.style.font(FontSize.BODY)
        if is_large:
            made.setPixelSize(round(LARGE_EMOJI_PX * self.style.zoom))
        return made

    def _pictures(self, pictures: list[tuple[MediaPart, Extent]]) -> PicturesPiece:
        room = QSizeF(min(MEDIA_MAX_WIDTH_PX, bubble_width(self.room_px)), MEDIA_MAX_HEIGHT_PX)
        if len(pictures) == 1:
            part, extent = pictures[0]
            box = QRectF(QPointF(), single_size(self.size_of(part), room))
            return PicturesPiece(box, (PictureCell(box, extent, part),))
        boxes = grid([self.size_of(part) for part, _ in pictures], room)
        cells = tuple(
            PictureCell(box, extent, part) for box, (part, extent) in zip(boxes, pictures, strict=False)
        )
        whole = QRectF(0, 0, max(each.right() for each in boxes), max(each.bottom() for each in boxes))
        return PicturesPiece(whole, cells, len(pictures) - len(cells))

    def _media(self, part: MediaPart, extent: Extent) -> Piece:
        facts = file_facts(part)
        match media_kind(part.mime_type, part.filename):
            case MediaKind.VIDEO:
                box = self._film(part)
                return VideoPiece(box, extent, part, facts, film_places(box, self.style))
            case MediaKind.AUDIO:
                box = self._card()
                return AudioPiece(box, extent, part, facts, sound_places(box, self.style))
            case MediaKind.PICTURE | MediaKind.FILE:
                return self._file(part, facts, extent)

    def _film(self, part: MediaPart) -> QRectF:
        """Return the size of a video: its own shape, and never so narrow that its controls have no room."""
        room = QSizeF(min(MEDIA_MAX_WIDTH_PX, bubble_width(self.room_px)), MEDIA_MAX_HEIGHT_PX)
        pixels = self.size_of(part)
        width = min(_VIDEO_WIDTH_PX, room.width())
        size = QSizeF(width, round(width / _VIDEO_SHAPE)) if pixels is None else single_size(pixels, room)
        return QRectF(0, 0, max(size.width(), min(_VIDEO_LEAST_PX, room.width())), size.height())

    def _file(self, part: MediaPart | None, facts: FileFacts, extent: Extent) -> FilePiece:
        box = self._card()
        places = card_places(
            box, self.style, has_action=part is not None and own_key(part.attachment_id) is None
        )
        return FilePiece(box, extent, part, facts, places)

    def _card(self) -> QRectF:
        return card_box(self.style, bubble_width(self.room_px))


def _waiting_facts(part: OutgoingMedia | OutgoingFile | OutgoingVoiceMemo) -> FileFacts:
    if isinstance(part, OutgoingMedia):
        return FileFacts("file", "File", "Waits to be sent")
    file = part.file if isinstance(part, OutgoingVoiceMemo) else part
    return file_facts(MediaPart(AttachmentId(""), file.name, file.media_type, file.size_bytes, None))


def moved(piece: Piece, by: QPointF) -> Piece:
    """Return a piece elsewhere."""
    box = piece.box.translated(by)
    match piece:
        case TextPiece():
            return replace(piece, box=box, text_at=piece.text_at + by)
        case PicturesPiece():
            cells = tuple(replace(cell, box=cell.box.translated(by)) for cell in piece.cells)
            return replace(piece, box=box, cells=cells)
        case FilePiece() | LinkPiece() | AppPiece():
            return replace(piece, box=box, places=piece.places.moved(by))
        case AudioPiece():
            return replace(piece, box=box, player=piece.player.moved(by))
        case VideoPiece():
            return replace(piece, box=box, player=piece.player.moved(by))
        case NotePiece() | EventPiece():
            return replace(piece, box=box)


def links_in(text: str) -> tuple[Link, ...]:
    """Return the links near the beginning of a text."""
    head = text[:_LINKS_WITHIN]
    return find_links(head)[:_LINKS_MAX] if _MAYBE_LINK.search(head) is not None else ()


def _is_heavy(text: str) -> bool:
    return len(_HEAVY.findall(text)) > _HEAVY_MAX


def _extents(parts: Sequence[AnyPart]) -> Iterator[tuple[AnyPart, Extent]]:
    """Yield each part with its place in the row's text, in which every part is a line."""
    start = 0
    for index, part in enumerate(parts):
        end = start + utf16_length(part_words(part))
        yield part, Extent(index, start, end)
        start = end + 1


def _is_picture(part: AnyPart) -> bool:
    return isinstance(part, MediaPart) and media_kind(part.mime_type, part.filename) is MediaKind.PICTURE
