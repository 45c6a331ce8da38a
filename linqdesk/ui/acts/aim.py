"""Which part of which message an act is about: under the pointer, or where the keyboard is."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF

from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import OutgoingMessage
from linqdesk.store.view import ThreadRow
from linqdesk.ui.thread.pieces import EventPiece, PicturesPiece, Piece
from linqdesk.ui.thread.targets import EffectTarget, MoreTarget, QuoteTarget
from linqdesk.ui.thread.thread_view import ThreadView

_NEAR_PX = 6


@dataclass(frozen=True, slots=True)
class Aim:
    """A part of a message that Linq knows."""

    row: ThreadRow
    message: Message
    part_index: int = 0


def aim_at(view: ThreadView, point: QPointF) -> Aim | None:
    """Return what is at a point of the viewport, None beside the bubbles."""
    position = view.arrangement.row_at(point.y())
    top = None if position is None else view.arrangement.place_of(position)
    if position is None or top is None:
        return None
    inner = point - QPointF(0, top)
    for piece in view.arrangement.layout_of(position).pieces:
        if piece.box.adjusted(-_NEAR_PX, 0, _NEAR_PX, 0).contains(inner):
            return _aim(view, position, _part_at(piece, inner))
    return None


def unsent_at(view: ThreadView, point: QPointF) -> ThreadRow | None:
    """Return the row at a point of the viewport if Linq does not know its message yet."""
    position = view.arrangement.row_at(point.y())
    return None if position is None else _unsent(view, position)


def unsent_of_focus(view: ThreadView) -> ThreadRow | None:
    """Return the focused row if Linq does not know its message yet."""
    position = view.currentIndex().row()
    return _unsent(view, position) if 0 <= position < view.messages.rowCount() else None


def aim_of_focus(view: ThreadView) -> Aim | None:
    """Return what the keyboard has reached, None where that is no message of Linq's."""
    position = view.currentIndex().row()
    if not 0 <= position < view.messages.rowCount():
        return None
    place = view.parts.place_in(position)
    target = place.target if place is not None else None
    if target is None or isinstance(target, QuoteTarget | EffectTarget | MoreTarget):
        return _aim(view, position, 0)
    return _aim(view, position, target.part_index)


def box_of(view: ThreadView, aim: Aim) -> QRect | None:
    """Return where the part is in the viewport, None where it is not on screen."""
    position = view.messages.position_of(aim.row.key)
    top = None if position is None else view.arrangement.place_of(position)
    if position is None or top is None:
        return None
    boxes = [_box_in(piece, aim.part_index) for piece in view.arrangement.layout_of(position).pieces]
    box = next((each for each in boxes if each is not None), view.arrangement.layout_of(position).bubble)
    return box.translated(0, top).toRect()


def badges_of(view: ThreadView, aim: Aim) -> QRect:
    """Return where the part's reactions are in the viewport, empty where there are none."""
    position = view.messages.position_of(aim.row.key)
    top = None if position is None else view.arrangement.place_of(position)
    united = QRectF()
    if position is not None and top is not None:
        for badge in view.arrangement.layout_of(position).badges:
            if badge.part_index == aim.part_index:
                united = united.united(badge.box.translated(0, top))
    return united.toRect()


def _unsent(view: ThreadView, position: int) -> ThreadRow | None:
    row = view.messages.row_at(position)
    return row if isinstance(row.content, OutgoingMessage) else None


def _aim(view: ThreadView, position: int, part_index: int) -> Aim | None:
    row = view.messages.row_at(position)
    return Aim(row, row.content, part_index) if isinstance(row.content, Message) else None


def _part_at(piece: Piece, point: QPointF) -> int:
    if isinstance(piece, PicturesPiece):
        cell = next((each for each in piece.cells if each.box.contains(point)), piece.cells[0])
        return cell.extent.part_index
    return piece.extent.part_index


def _box_in(piece: Piece, part_index: int) -> QRectF | None:
    if isinstance(piece, PicturesPiece):
        return next((each.box for each in piece.cells if each.extent.part_index == part_index), None)
    if isinstance(piece, EventPiece):
        return None
    return piece.box if piece.extent.part_index == part_index else None
