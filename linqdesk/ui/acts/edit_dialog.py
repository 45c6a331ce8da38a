"""Changes a text that was sent, as long as its clock runs."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from linqdesk.domain.message import TextPart
from linqdesk.domain.rules.signals import check_edit
from linqdesk.ui.acts.aim import Aim
from linqdesk.ui.acts.obstacles import edit_label, edit_obstacle
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.style import restyle
from linqdesk.ui.theme import FontSize, font

_WIDTH_PX, _FIELD_PX, _CLOCK_MS = 440, 120, 1_000


def _now() -> datetime:
    return datetime.now(UTC)


class EditDialog(QDialog):
    """Holds the text of one part; its clock runs while it is open."""

    saved = Signal(str)

    def __init__(self, aim: Aim, parent: QWidget, now: Callable[[], datetime] = _now) -> None:
        """Start with the text as it is; `now` is replaced in tests."""
        super().__init__(parent)
        self._aim = aim
        self._now = now
        part = aim.message.parts[aim.part_index]
        self._was = part.value if isinstance(part, TextPart) else ""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("edit_message")
        self.setAccessibleName("Edit message")
        self.setWindowTitle("Edit message")
        self.field = QPlainTextEdit(self._was, self)
        self._clock = PlainLabel(self, FontSize.META, is_secondary=True)
        self._says = PlainLabel(self, FontSize.META)
        self.save = QPushButton("Save", self)
        self._lay_out()
        self._ticking = QTimer(self)
        self._ticking.setInterval(_CLOCK_MS)
        self._ticking.timeout.connect(self._refresh)
        self._ticking.start()
        self.field.textChanged.connect(self._refresh)
        self.save.clicked.connect(self._on_saved)
        self._refresh()

    def _lay_out(self) -> None:
        heading = PlainLabel(self, FontSize.HEADER, QFont.Weight.DemiBold)
        heading.setText("Edit message")
        self._clock.setObjectName("edit_clock")
        self._says.setWordWrap(True)
        self.field.setObjectName("edit_text")
        self.field.setAccessibleName("New text")
        self.field.setFont(font(FontSize.BODY))
        self.field.setTabChangesFocus(True)
        self.field.setMinimumHeight(_FIELD_PX)
        self.field.installEventFilter(self)
        self.field.selectAll()
        self.save.setObjectName("save_edit")
        self.save.setAccessibleName("Save")
        restyle(self.save, primary=True)
        cancel = QPushButton("Cancel", self)
        cancel.setObjectName("cancel_edit")
        cancel.setAccessibleName("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self._clock, 1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        for each in (heading, self.field, self._says):
            column.addWidget(each)
        column.addLayout(buttons)
        self.setFixedWidth(_WIDTH_PX)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save by Ctrl+Enter; Enter alone breaks the line, as a text may have several."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.save.click()
                return True
        return False

    def _refresh(self) -> None:
        """Say how much time is left and what stands against saving."""
        obstacle = edit_obstacle(self._aim, self._now())
        text = self.field.toPlainText().strip()
        found = check_edit(text) if text else ()
        words = obstacle or (found[0].words if found else "")
        self._clock.setText("" if obstacle else edit_label(self._aim, self._now()))
        self._says.setText(words)
        self._says.setVisible(bool(words))
        restyle(self._says, danger=bool(words))
        self.save.setEnabled(not words and bool(text) and text != self._was)
        if obstacle:
            self._ticking.stop()

    def _on_saved(self) -> None:
        self.saved.emit(self.field.toPlainText().strip())
        self.accept()
