"""A sentence that floats over a part of the window for some seconds."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.theme import FontSize

SHOWN_MS = 5_000
_MARGIN_PX, _ROOM_PX, _MAX_PX, _PAD_PX, _LINES = 16, 32, 560, 18, 3


class Toast(PlainLabel):
    """Says what came of something that the agent asked for, and goes by itself."""

    def __init__(self, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent, FontSize.PREVIEW)
        self._over = parent
        self.setObjectName("toast")
        self.setAccessibleName("Notice")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setWordWrap(True)
        self._gone = QTimer(self)
        self._gone.setSingleShot(True)
        self._gone.setInterval(SHOWN_MS)
        self._gone.timeout.connect(self.hide)
        self._sentence = ""
        parent.installEventFilter(self)
        self.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay within the parent, whatever its size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def hush(self) -> None:
        """Say nothing any longer."""
        self._gone.stop()
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence at the foot of the parent, and let a screen reader say it."""
        self._sentence = sentence
        self._place()
        self.show()
        self.raise_()
        self._gone.start()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def _place(self) -> None:
        area, sentence = self._over.size(), self._sentence
        room_px = min(_MAX_PX, area.width() - 2 * _ROOM_PX)
        metrics, most_px = self.fontMetrics(), _LINES * (room_px - 2 * _PAD_PX)
        self.setText(metrics.elidedText(sentence, Qt.TextElideMode.ElideMiddle, most_px))
        self.setFixedWidth(min(room_px, metrics.horizontalAdvance(self.text()) + 2 * _PAD_PX))
        self.setFixedHeight(self.heightForWidth(self.width()))
        self.move((area.width() - self.width()) // 2, area.height() - self.height() - _MARGIN_PX)
