"""The chip over the field that says with which effect the message goes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from linqdesk.domain.message import Effect
from linqdesk.ui.icon_button import IconButton
from linqdesk.ui.models.effect_words import effect_name
from linqdesk.ui.text_size import wear_font
from linqdesk.ui.theme import FontSize, Theme

HEIGHT_PX = 28
_ON = True


class _Name(QPushButton):
    """The name: pressing it previews, Delete removes."""

    removed = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class EffectChip(QWidget):
    """Shows "✨ Confetti ×"; hidden where the message has no effect."""

    preview_wanted = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setObjectName("effect_strip")
        chip = QFrame(self)
        chip.setObjectName("effect_chip")
        chip.setFixedHeight(HEIGHT_PX)
        self.name = _Name(chip)
        self.name.setObjectName("effect_name")
        wear_font(self.name, FontSize.META)
        self.name.setAutoDefault(not _ON)
        self.remove = IconButton("x", "Remove effect", chip, HEIGHT_PX)
        self.remove.setIconSize(self.remove.iconSize() * 0.7)
        inside = QHBoxLayout(chip)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.name)
        inside.addWidget(self.remove)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(chip)
        row.addStretch()
        self.name.clicked.connect(self.preview_wanted)
        self.name.removed.connect(self.removed)
        self.remove.clicked.connect(self.removed)
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.remove.wear(theme)

    def show_effect(self, effect: Effect | None) -> None:
        """Say with which effect the message goes, or hide."""
        self.setVisible(effect is not None)
        if effect is not None:
            name = effect_name(effect).capitalize()
            self.name.setText(f"✨ {name}")
            self.name.setAccessibleName(f"{name} effect: play it")
            self.name.setToolTip(f"{name}: play it (Space), remove it (Delete)")
            self.remove.setAccessibleName(f"Remove {name} effect")
