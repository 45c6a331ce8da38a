"""A laid-out text: wrapped, decorated, hit-tested; plain text and nothing else."""

import unicodedata
from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from linqdesk.domain.decorations import Decoration

_MAX_LARGE_EMOJI = 3
_ZERO_WIDTH_JOINER, _VARIATION_16 = "\u200d", "\ufe0f"


class TextBlock:
    """A text within a width; positions are in UTF-16 code units, as Qt counts."""

    def __init__(
        self, text: str, font: QFont, width_px: float, decorations: Iterable[Decoration] = ()
    ) -> None:
        """Wrap a text; words longer than the width break anywhere."""
        self.text = text
        # Qt breaks lines at U+2028 and draws a box for a bare line feed.
        self._layout = QTextLayout(text.replace("\n", "\u2028"), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._layout.setFormats([_format(each) for each in decorations if each.style is not None])
        line_px = max(round(font.pixelSize() * 20 / 14), QFontMetricsF(font).height())
        self.height_px = _wrap(self._layout, width_px, line_px)
        self.width_px = min(width_px, self._layout.maximumWidth(), self._widest())
        self._narrow()

    def draw(
        self, painter: QPainter, at: QPointF, selected: tuple[int, int] | None, mark: QTextCharFormat
    ) -> None:
        """Draw the text in the painter's pen, with a range of it marked."""
        ranges = [_range(*selected, mark)] if selected is not None and selected[0] < selected[1] else []
        self._layout.draw(painter, at, ranges, QRectF())

    def position_at(self, point: QPointF) -> int:
        """Return the position nearest to a point that is relative to the block."""
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            if point.y() < line.y() + line.height():
                return line.xToCursor(point.x())
        return len(self._layout.text())

    def word_at(self, position: int) -> tuple[int, int]:
        """Return the range of the word around a position."""
        start = self._layout.previousCursorPosition(position + 1, QTextLayout.CursorMode.SkipWords)
        end = self._layout.nextCursorPosition(start, QTextLayout.CursorMode.SkipWords)
        return start, end

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


def _range(start: int, end: int, mark: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start = start
    made.length = end - start
    made.format = mark
    return made


def _format(decoration: Decoration) -> QTextLayout.FormatRange:
    style = QTextCharFormat()
    match decoration.style:
        case "bold":
            style.setFontWeight(QFont.Weight.Bold)
        case "italic":
            style.setFontItalic(True)
        case "underline":
            style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        case "strikethrough":
            style.setFontStrikeOut(True)
        case _:
            pass
    return _range(decoration.start, decoration.end, style)
