"""Asks whether a link goes as a card or as the text that it is."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from linqdesk.domain.link_cards import CardOffer
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.style import restyle
from linqdesk.ui.theme import FontSize

_WORDS = {
    CardOffer.ALONE: ("Send this link", "As plain text", "As a card"),
    CardOffer.BESIDE_TEXT: (
        "A card stands alone",
        "One message with plain link",
        "Text and card as two messages",
    ),
}


class LinkStrip(QWidget):
    """Shown while what is written has one link that could be a card."""

    card_chosen = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setObjectName("link_strip")
        self._words = PlainLabel(self, FontSize.META, is_secondary=True)
        self.as_text = self._button("link_as_text")
        self.as_card = self._button("link_as_card")
        both = QButtonGroup(self)
        both.addButton(self.as_text)
        both.addButton(self.as_card)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words)
        row.addWidget(self.as_text)
        row.addWidget(self.as_card)
        row.addStretch()
        self.as_card.toggled.connect(self.card_chosen)
        self.hide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put one below the other what has no room side by side."""
        super().resizeEvent(event)
        shown = (self._words, self.as_text, self.as_card)
        needed_px = sum(each.sizeHint().width() + self._row.spacing() for each in shown)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if needed_px > self.width() else ways.LeftToRight)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.setCheckable(True)
        restyle(button, small=True)
        return button

    def ask(self, offer: CardOffer | None, *, is_card: bool) -> None:
        """Ask, with the choice as it stands; hide where there is nothing to ask."""
        if offer is not None:
            words, as_text, as_card = _WORDS[offer]
            self._words.setText(f"{words}:")
            for button, label in ((self.as_text, as_text), (self.as_card, as_card)):
                button.setText(label)
                button.setAccessibleName(label)
            with QSignalBlocker(self.as_card):
                (self.as_card if is_card else self.as_text).setChecked(True)
        self.setVisible(offer is not None)
