"""The menu of text animations: each name shows what it does."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget
from typing_extensions import override

from linqdesk.ui.composer.animation_marks import AnimationMarks
from linqdesk.ui.composer.decoration_words import ANIMATIONS
from linqdesk.ui.composer.effect_label import EffectLabel
from linqdesk.ui.theme import Theme
from linqdesk.ui.toggles import show_toggled

_COLUMNS = 2
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_COLUMNS,
    Qt.Key.Key_Down: _COLUMNS,
}


class TextEffectsMenu(QFrame):
    """Eight animations in two columns; arrows move, Enter and Space choose, Esc closes."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, marks: AnimationMarks, theme: Theme, parent: QWidget) -> None:
        """Stay closed; it moves as the marks in the editor do."""
        super().__init__(parent)
        self._marks = marks
        self._theme = theme
        self._labels: list[EffectLabel] = []
        self.setObjectName("text_effects_menu")
        self.setAccessibleName("Text effects")
        self.hide()

    def wear(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        for label in self._labels:
            label.wear(theme)

    def open_at(self, corner: QPoint, current: str | None) -> None:
        """Open with its lower right corner at a point of its parent; all names perform once."""
        if not self._labels:
            self._build()
        self.adjustSize()
        self.move(max(0, corner.x() - self.width()), max(0, corner.y() - self.height()))
        self.show()
        self.raise_()
        for label in self._labels:
            show_toggled(label, is_on=label.animation == current)
            label.perform()
        first = next((each for each in self._labels if each.isChecked()), self._labels[0])
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_up(self) -> None:
        """Close, and come to rest."""
        if self.isVisible():
            self.hide()
            for label in self._labels:
                label.rest()
            self.closed.emit()

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(6, 6, 6, 6)
        grid.setSpacing(2)
        for number, animation in enumerate(ANIMATIONS):
            label = EffectLabel(animation, self._marks, self._theme, self)
            label.toggled.connect(self._on_toggled)
            label.left.connect(self._on_left)
            self._labels.append(label)
            grid.addWidget(label, number // _COLUMNS, number % _COLUMNS)

    def _on_toggled(self) -> None:
        label = self.sender()
        if isinstance(label, EffectLabel):
            self.close_up()
            self.chosen.emit(label.animation)

    def _on_left(self) -> None:
        """Close once the keyboard is elsewhere."""
        if not any(label.hasFocus() for label in self._labels):
            self.close_up()

    @override
    def event(self, event: QEvent) -> bool:
        """Take Esc before the window hears of it."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.close_up()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between the names, choose one."""
        step = _STEPS.get(Qt.Key(event.key()))
        focused = next((at for at, each in enumerate(self._labels) if each.hasFocus()), 0)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._labels[focused].click()
        elif step is None:
            super().keyPressEvent(event)
        elif 0 <= focused + step < len(self._labels):
            self._labels[focused + step].setFocus(Qt.FocusReason.OtherFocusReason)
