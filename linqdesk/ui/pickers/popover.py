"""A panel that opens over the window beside the control that asked for it, and goes when one looks away."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from typing_extensions import override

from linqdesk.ui.pickers.soft_shadow import SHADOW_PX, paint_shadow
from linqdesk.ui.theme import RADIUS_CARD_PX, Theme

_GAP_PX = 4
_EDGE_PX = 8


class Popover(QWidget):
    """A child of the window, not a window: it needs no help of the desktop and lies in its pictures.

    `column` takes what it shows; around that it draws its surface and its shadow.
    """

    closed = Signal()

    def __init__(self, name: str, theme: Theme, window: QWidget) -> None:
        """Lie hidden over a window; `name` is its accessible name."""
        super().__init__(window)
        self.theme = theme
        self._ground = window
        self._opener: QWidget | None = None
        self.setObjectName(f"{name.lower().replace(' ', '_')}_popover")
        self.setAccessibleName(name)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(SHADOW_PX, SHADOW_PX, SHADOW_PX, SHADOW_PX)
        self.column.setSpacing(0)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.theme = theme
        self.update()

    def open_over(self, opener: QWidget) -> None:
        """Open above a control, flush with its right edge as far as the window has room."""
        self._opener = opener
        self.adjustSize()
        self._place(opener)
        self.show()
        self.raise_()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def close_up(self, *, gives_back: bool = True) -> None:
        """Close; the control that opened it gets the focus back unless that went elsewhere."""
        if self.isHidden():
            return
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self)
        self.hide()
        if gives_back and had_focus:
            self._give_focus_back()
        self.closed.emit()

    def _give_focus_back(self) -> None:
        if self._opener is not None:
            self._opener.setFocus(Qt.FocusReason.PopupFocusReason)

    def _place(self, opener: QWidget) -> None:
        window = self._ground
        corner = opener.mapTo(window, QPoint(opener.width(), 0))
        left = corner.x() + SHADOW_PX - self.width()
        left = max(_EDGE_PX - SHADOW_PX, min(left, window.width() - _EDGE_PX + SHADOW_PX - self.width()))
        top = corner.y() - _GAP_PX + SHADOW_PX - self.height()
        self.move(left, max(_EDGE_PX - SHADOW_PX, top))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close on a press elsewhere in the window and when the window moves under it."""
        if event.type() is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self._on_press(watched, event)
        elif watched is self._ground and event.type() is QEvent.Type.Resize:
            self.close_up()
        return False

    def _on_press(self, watched: QObject, event: QMouseEvent) -> None:
        """Close, unless the press is inside or on the control that closes it itself."""
        if not isinstance(watched, QWidget) or watched.window() is not self.window():
            return
        place = event.globalPosition().toPoint()
        opener = self._opener
        is_on_opener = opener is not None and opener.rect().contains(opener.mapFromGlobal(place))
        if not self.rect().contains(self.mapFromGlobal(place)) and not is_on_opener:
            self.close_up(gives_back=False)

    @override
    def event(self, event: QEvent) -> bool:
        """Claim Esc before the window's own shortcut takes it."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shadow and the surface."""
        box = QRectF(self.rect()).adjusted(SHADOW_PX, SHADOW_PX, -SHADOW_PX, -SHADOW_PX)
        theme = self.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            if not theme.outline_px:
                paint_shadow(painter, box)
            painter.setBrush(theme.field if theme.is_dark else theme.window)
            line = theme.text if theme.outline_px else theme.hairline
            painter.setPen(QPen(line, theme.outline_px or 1))
            painter.drawRoundedRect(box, RADIUS_CARD_PX, RADIUS_CARD_PX)
