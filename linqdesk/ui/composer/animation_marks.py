"""Marks animated text in the editor: a quiet tint with its name on hover, and its animation previewed."""

import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, QTextBlock
from PySide6.QtWidgets import QPlainTextEdit

from linqdesk.domain.decorations import Decoration
from linqdesk.ui.composer.decorated_document import animation_of
from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.effects.text_animation import MovingText
from linqdesk.ui.effects.text_motion import TURN_S
from linqdesk.ui.theme import Theme, mixed

_TINT, _OUTLINE, _RADIUS_PX = 0.10, 0.35, 4.0
_TURNS = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """An animated range within one block; `start` and `end` count from the block's beginning."""

    block: QTextBlock
    start: int
    end: int
    animation: str

    def boxes(self, top: float, bottom: float) -> Iterator[QRectF]:
        """Yield where it stands in its block's layout, one box for each line between two heights."""
        layout = self.block.layout()
        number = layout.lineForTextPosition(self.start).lineNumber()
        while number < layout.lineCount():
            line = layout.lineAt(number)
            number += 1
            if line.textStart() >= self.end or line.y() > bottom:
                return
            if line.y() + line.height() < top:
                continue
            first = max(self.start, line.textStart())
            last = min(self.end, line.textStart() + line.textLength())
            left, right = sorted((_x(line.cursorToX(first)), _x(line.cursorToX(last))))
            yield QRectF(left, line.y(), right - left, line.height())


class AnimationMarks(QObject):
    """Paints the marks of one editor around its text."""

    def __init__(self, edit: QPlainTextEdit, offset: Callable[[QTextBlock], QPointF]) -> None:
        """Mark nothing that moves yet; `offset` tells where a block stands in the viewport."""
        super().__init__(edit)
        self._edit = edit
        self._offset = offset
        self._playing: Mark | None = None
        self._moving: MovingText | None = None
        self._began_s = 0.0
        self._ends_s = 0.0
        self.clock = FrameClock(self)
        self.is_reduced: Callable[[], bool] = lambda: False

    @property
    def is_moving(self) -> bool:
        """Whether a mark's text moves."""
        return self._playing is not None

    def move_by(self, clock: FrameClock, is_reduced: Callable[[], bool]) -> None:
        """Move by another clock, unless nothing may move."""
        self.stop()
        self.clock = clock
        self.is_reduced = is_reduced

    def at(self, point: QPointF) -> Mark | None:
        """Return the mark under a point of the viewport."""
        for block in self._visible():
            inside = point - self._offset(block)
            for mark in marks_of(block):
                if any(box.contains(inside) for box in mark.boxes(inside.y(), inside.y())):
                    return mark
        return None

    def in_range(self, start: int, end: int) -> Mark | None:
        """Return the first mark between two positions of the document."""
        for block in self._visible():
            at = block.position()
            for mark in marks_of(block):
                if at + mark.start < end and start < at + mark.end:
                    return mark
        return None

    def play(self, mark: Mark) -> None:
        """Let a mark's text move for two turns, unless nothing may move or it moves already."""
        if self.is_reduced() or not self._edit.isActiveWindow() or mark == self._playing:
            return
        self.stop()
        self._playing = mark
        decoration = Decoration(mark.start, mark.end, animation=mark.animation)
        self._moving = MovingText(mark.block.layout(), [decoration], mark.block.text())
        self._began_s = self.clock.now_s
        self._ends_s = self._began_s + _TURNS * TURN_S
        self.clock.hold(self)
        self.clock.tick.connect(self._on_tick)

    def stop(self) -> None:
        """Bring what moves to rest."""
        if self._playing is not None:
            self._playing = self._moving = None
            self.clock.release(self)
            self.clock.tick.disconnect(self._on_tick)
            self._edit.viewport().update()

    def paint_under(self, painter: QPainter, theme: Theme) -> None:
        """Tint what moves; called before the text is drawn."""
        boxes = [
            box
            for block in self._visible()
            for mark in marks_of(block, *self._seen_range(block))
            for box in self._seen(mark)
        ]
        self._tint(painter, boxes, theme)

    def paint_over(self, painter: QPainter, theme: Theme) -> None:
        """Draw what moves in place of its still text; called after that was drawn."""
        mark, moving = self._playing, self._moving
        if mark is None or moving is None:
            return
        selected_share = self._selected_share(mark)
        is_selected = selected_share == 1
        if 0 < selected_share < 1:
            # Still text shows better which part of it is selected.
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        boxes = list(self._seen(mark))
        for box in boxes:
            painter.fillRect(box, theme.accent if is_selected else theme.field)
        if not is_selected:
            self._tint(painter, boxes, theme)
        painter.setPen(theme.on_accent if is_selected else theme.text)
        moving.paint(painter, self._offset(mark.block), self.clock.now_s - self._began_s)

    def _tint(self, painter: QPainter, boxes: Iterable[QRectF], theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # An outline as well: a tint alone would be nothing but a colour.
        painter.setPen(QPen(mixed(theme.field, theme.accent, _OUTLINE), 1))
        painter.setBrush(mixed(theme.field, theme.accent, _TINT))
        for box in boxes:
            painter.drawRoundedRect(box.adjusted(-0.5, 1.5, 0.5, -0.5), _RADIUS_PX, _RADIUS_PX)

    def _seen(self, mark: Mark) -> Iterator[QRectF]:
        """Yield the boxes of a mark that lie in the viewport."""
        at = self._offset(mark.block)
        boxes = mark.boxes(-at.y(), self._edit.viewport().height() - at.y())
        return (box.translated(at) for box in boxes)

    def _seen_range(self, block: QTextBlock) -> tuple[int, int]:
        """Return from where to where a block's lines lie in the viewport, counted as in `Mark`."""
        layout, top = block.layout(), -self._offset(block).y()
        lines = range(layout.lineCount())
        if not lines:
            return 0, 0
        first = bisect_left(lines, top, key=lambda at: layout.lineAt(at).rect().bottom())
        bottom = top + self._edit.viewport().height()
        after = bisect_left(lines, bottom, lo=first, key=lambda at: layout.lineAt(at).y())
        start = layout.lineAt(min(first, len(lines) - 1)).textStart()
        return start, layout.lineAt(after).textStart() if after < len(lines) else block.length()

    def _selected_share(self, mark: Mark) -> float:
        """Return how much of a mark is selected, 0 to 1."""
        cursor = self._edit.textCursor()
        at = mark.block.position()
        first, last = max(cursor.selectionStart(), at + mark.start), min(cursor.selectionEnd(), at + mark.end)
        return max(0, last - first) / (mark.end - mark.start)

    def _visible(self) -> Iterator[QTextBlock]:
        block = self._edit.firstVisibleBlock()
        bottom = self._edit.viewport().height()
        while block.isValid() and self._offset(block).y() < bottom:
            yield block
            block = block.next()

    def _on_tick(self, now_s: float) -> None:
        if now_s >= self._ends_s:
            self.stop()
        else:
            self._edit.viewport().update()


def marks_of(block: QTextBlock, first: int = 0, after: int = sys.maxsize) -> Iterator[Mark]:
    """Yield the animated ranges of a block; those that touch and move alike are one.

    Ranges that lie wholly before `first` or from `after` on are left out, which spares most of a long text.
    """
    start, end, animation = 0, 0, None
    for each in block.textFormats():
        if each.start + each.length <= first or each.start >= after:
            continue
        word = animation_of(each.format)
        if word != animation or each.start != end:
            if animation is not None:
                yield Mark(block, start, end, animation)
            start, animation = each.start, word
        end = each.start + each.length
    if animation is not None:
        yield Mark(block, start, end, animation)


def _x(answer: object) -> float:
    """Return where a cursor stands; Qt answers with its position as well."""
    return float(answer[0]) if isinstance(answer, tuple) else 0.0
