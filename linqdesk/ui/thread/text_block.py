"""A laid-out text: wrapped, decorated, hit-tested; plain text and nothing else."""

import unicodedata
from collections.abc import Iterable
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QFontMetricsF,
    QPainter,
    QRegion,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from linqdesk.domain.decorations import Decoration
from linqdesk.ui.effects.text_animation import MovingText
from linqdesk.ui.effects.text_motion import SHAPES

_MAX_LARGE_EMOJI = 3
_ZERO_WIDTH_JOINER, _VARIATION_16 = "\u200d", "\ufe0f"
# An emoji is a picture drawn smaller: smoothing takes it this far over the edge that its font names.
_SMEAR_PX = 1


class TextBlock:
    """A text within a width; positions are in UTF-16 code units, as Qt counts."""

    def __init__(
        self,
        text: str,
        font: QFont,
        width_px: float,
        decorations: Iterable[Decoration] = (),
        marks: Iterable[tuple[int, int, QTextCharFormat]] = (),
    ) -> None:
        """Wrap a text; words longer than the width break anywhere, `marks` are formats that it always has."""
        self.text = text
        # Qt breaks lines at U+2028 and draws a box for a bare line feed.
        self._layout = QTextLayout(text.replace("\n", "\u2028"), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        decorations = tuple(decorations)
        self._animations = tuple(each for each in decorations if each.animation in SHAPES)
        formats = [self._format(each) for each in decorations if each.style is not None]
        self._layout.setFormats(formats + [_range(*mark) for mark in marks])
        line_px = max(round(font.pixelSize() * 20 / 14), QFontMetricsF(font).height())
        self.height_px = _wrap(self._layout, width_px, line_px)
        self.width_px = min(width_px, self._layout.maximumWidth(), self._widest())
        self._narrow()

    def draw(self, painter: QPainter, at: QPointF, marks: Iterable[tuple[int, int, QTextCharFormat]]) -> None:
        """Draw the text in the painter's pen, with ranges of it in other colours; later ones lie on top."""
        self._layout.draw(painter, at, [_range(*mark) for mark in marks if mark[0] < mark[1]], QRectF())

    @property
    def is_animated(self) -> bool:
        """Whether part of the text can move."""
        return bool(self._animations)

    @cached_property
    def _moving(self) -> MovingText:
        return MovingText(self._layout, self._animations)

    def draw_moving(
        self,
        painter: QPainter,
        at: QPointF,
        marks: Iterable[tuple[int, int, QTextCharFormat]],
        time_s: float,
    ) -> None:
        """Draw the text as it stands some seconds after its animations began."""
        hidden = QTextCharFormat()
        hidden.setForeground(QBrush(Qt.GlobalColor.transparent))
        painter.save()
        if self._moving.emoji_boxes:
            # Emoji bring their own colours, which no pen makes transparent: cut them out.
            around = QRectF(at, at + QPointF(self.width_px, self.height_px)).adjusted(-4, -4, 4, 4)
            rest = QRegion(around.toAlignedRect())
            for box in self._moving.emoji_boxes:
                rest -= QRegion(box.translated(at).adjusted(0, -_SMEAR_PX, 0, _SMEAR_PX).toAlignedRect())
            painter.setClipRegion(rest, Qt.ClipOperation.IntersectClip)
        self.draw(painter, at, [*marks, *((start, end, hidden) for start, end in self._moving.ranges)])
        painter.restore()
        self._moving.paint(painter, at, time_s)

    def position_at(self, point: QPointF) -> int:
        """Return the position nearest to a point that is relative to the block."""
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            if point.y() < line.y() + line.height():
                return line.xToCursor(point.x())
        return len(self._layout.text())

    def boxes_of(self, start: int, end: int) -> tuple[QRectF, ...]:
        """Return where a range stands, one box a line."""
        boxes = []
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
            if first < last:
                edges = sorted((_x_of(line, first), _x_of(line, last)))
                boxes.append(QRectF(edges[0], line.y(), edges[1] - edges[0], line.height()))
        return tuple(boxes)

    def word_at(self, position: int) -> tuple[int, int]:
        """Return the range of the word around a position."""
        start = self._layout.previousCursorPosition(position + 1, QTextLayout.CursorMode.SkipWords)
        end = self._layout.nextCursorPosition(start, QTextLayout.CursorMode.SkipWords)
        return start, end

    def _format(self, decoration: Decoration) -> QTextLayout.FormatRange:
        """Return a style over whole letters: a range that ends within one would have Qt draw its halves."""
        start, end = decoration.start, decoration.end
        if not self._layout.isValidCursorPosition(start):
            start = self._layout.previousCursorPosition(start)
        if not self._layout.isValidCursorPosition(end):
            end = self._layout.nextCursorPosition(end)
        return _range(start, end, _style(decoration.style))

    def _widest(self) -> float:
        lines = (self._layout.lineAt(number) for number in range(self._layout.lineCount()))
        return max((line.naturalTextWidth() for line in lines), default=0.0)

    def _narrow(self) -> None:
        """Lay right-to-left lines against the text's own width, not against all that was offered."""
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            slack = line.width() - self.width_px
            if slack > 0 and line.naturalTextRect().x() > 0:
                line.setPosition(QPointF(line.x() - slack, line.y()))


def is_emoji_only(text: str) -> bool:
    """Tell whether a text is one to three emoji and nothing else."""
    count, is_joined = 0, False
    for character in text.strip():
        if character in {_ZERO_WIDTH_JOINER, _VARIATION_16} or "\U0001f3fb" <= character <= "\U0001f3ff":
            is_joined = character == _ZERO_WIDTH_JOINER
            continue
        if not _is_emoji(character):
            return False
        count += not is_joined
        is_joined = False
        if count > _MAX_LARGE_EMOJI:
            return False
    return count > 0


def _is_emoji(character: str) -> bool:
    return character >= "\u2190" and unicodedata.category(character) == "So"


def _wrap(layout: QTextLayout, width_px: float, line_px: float) -> float:
    height = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width_px)
        # Every line is equally high, whatever fonts its scripts fall back to.
        line.setPosition(QPointF(0, height + (line_px - line.height()) / 2))
        height += line_px
    layout.endLayout()
    return height


def _x_of(line: QTextLine, position: int) -> float:
    """Return where a cursor stands in a line; Qt answers with the position as well."""
    answer: object = line.cursorToX(position)
    return float(answer[0]) if isinstance(answer, tuple) else 0.0


def _range(start: int, end: int, mark: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start = start
    made.length = end - start
    made.format = mark
    return made


def underlined() -> QTextCharFormat:
    """Return the format of an underline."""
    style = QTextCharFormat()
    style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    return style


def _style(word: str | None) -> QTextCharFormat:
    style = QTextCharFormat()
    match word:
        case "bold":
            style.setFontWeight(QFont.Weight.Bold)
        case "italic":
            style.setFontItalic(True)
        case "underline":
            style = underlined()
        case "strikethrough":
            style.setFontStrikeOut(True)
        case _:
            pass
    return style
