"""Shows how loud it was lately: bars that come in from the right as something is heard."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from linqdesk.ui.theme import Theme, mixed

_BAR_PX, _GAP_PX, _LEAST_PX = 3, 2, 3
_HEIGHT_PX = 28
_LOUDEST = 255
_QUIET_SHARE, _GROUND_SHARE = 0.35, 0.14
# Levels that a bar which stands still sums up: half a second of them.
_STEADY = 10


class LevelMeter(QWidget):
    """Draws levels; it never moves by itself, and needs no timer."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start silent."""
        super().__init__(parent)
        self._theme = theme
        self._levels = b""
        self._is_still = False
        self.is_live = True
        self.setObjectName("level_meter")
        self.setAccessibleName("How loud it is")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(40)

    def wear(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    def set_still(self, *, is_still: bool) -> None:
        """Show one bar that grows in place instead of bars that wander, or the other way round."""
        self._is_still = is_still
        self.update()

    def show_levels(self, levels: bytes, *, is_live: bool = True) -> None:
        """Show levels of 0 to 255, the newest last; fainter where nothing is heard at the moment."""
        self._levels, self.is_live = levels, is_live
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Return a size that shows some seconds."""
        return QSize(160, _HEIGHT_PX)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars."""
        theme = self._theme
        quiet = mixed(theme.window, theme.text, _QUIET_SHARE)
        loud = theme.danger if self.is_live else theme.text_secondary
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            if self._is_still:
                self._paint_still(painter, loud)
                return
            for box, level in self._bars():
                painter.setBrush(loud if level else quiet)
                painter.drawRoundedRect(box, _BAR_PX / 2, _BAR_PX / 2)

    def _bars(self) -> list[tuple[QRectF, int]]:
        """Return the bars from right to left; where nothing was heard yet they are dots."""
        step = _BAR_PX + _GAP_PX
        count = max(1, (self.width() + _GAP_PX) // step)
        newest = self._levels[-count:][::-1]
        bars = []
        for number in range(count):
            level = newest[number] if number < len(newest) else 0
            height = max(_LEAST_PX, self.height() * level / _LOUDEST)
            left = self.width() - _BAR_PX - number * step
            bars.append((QRectF(left, (self.height() - height) / 2, _BAR_PX, height), level))
        return bars

    def _paint_still(self, painter: QPainter, loud: QColor) -> None:
        """Draw one bar, which changes with each half second that was heard, so that it does not flicker."""
        thick, round_px = 2.0 * _BAR_PX, float(_BAR_PX)
        whole = QRectF(0, (self.height() - thick) / 2, self.width(), thick)
        painter.setBrush(mixed(self._theme.window, self._theme.text, _GROUND_SHARE))
        painter.drawRoundedRect(whole, round_px, round_px)
        lately = self._levels[len(self._levels) // _STEADY * _STEADY - _STEADY :][:_STEADY]
        if lately:
            whole.setWidth(max(thick, self.width() * max(lately) / _LOUDEST))
            painter.setBrush(loud)
            painter.drawRoundedRect(whole, round_px, round_px)
