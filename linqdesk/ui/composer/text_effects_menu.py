"""The menu of text animations: each name shows what it does."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget
from typing_extensions import override

from linqdesk.ui.composer.decoration_words import ANIMATIONS
from linqdesk.ui.composer.effect_label import EffectLabel
from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.theme import Theme

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

    def __init__(self, clock: FrameClock, theme: Theme, parent: QWidget) -> None:
        """Stay closed."""
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.NoDropShadowWindowHint)
        self.setObjectName("text_effects_menu")
        self.setAccessibleName("Text effects")
        self._labels = [EffectLabel(each, clock, theme, self) for each in ANIMATIONS]
        grid = QGridLayout(self)
        grid.setContentsMargins(6, 6, 6, 6)
        grid.setSpacing(2)
        for number, label in enumerate(self._labels):
            grid.addWidget(label, number // _COLUMNS, number % _COLUMNS)
            label.clicked.connect(self._on_clicked)

    def wear(self, theme: Theme) -> None:
        """Wear other colours."""
        for label in self._labels:
            label.wear(theme)

    def open_at(self, corner: QPoint, current: str | None, *, can_move: bool) -> None:
        """Open with its lower left corner at a point of the screen; all names perform once."""
        for label in self._labels:
            label.setChecked(label.animation == current)
            label.can_move = can_move
            label.perform()
        self.adjustSize()
        self.move(corner - QPoint(0, self.height()))
        self.show()
        first = next((each for each in self._labels if each.isChecked()), self._labels[0])
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_clicked(self) -> None:
        label = self.sender()
        if isinstance(label, EffectLabel):
            self.close()
            self.chosen.emit(label.animation)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between the names."""
        step = _STEPS.get(Qt.Key(event.key()))
        focused = next((at for at, each in enumerate(self._labels) if each.hasFocus()), 0)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._labels[focused].click()
        elif step is None:
            super().keyPressEvent(event)
        elif 0 <= focused + step < len(self._labels):
            self._labels[focused + step].setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Come to rest."""
        super().hideEvent(event)
        for label in self._labels:
            label.rest()
