"""What the dialog says beside the message: a chat that is there, a link or an effect too early."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from linqdesk.domain.opening import Opening
from linqdesk.domain.outgoing import Content
from linqdesk.ui.panels.labels import ElidedLabel, PlainLabel
from linqdesk.ui.theme import FontSize

_PREVIEW_LETTERS = 200
_CHECKABLE = True


class ExistingNotice(QFrame):
    """Offers the chat that is there instead of a second one."""

    opened = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setObjectName("notice")
        self._words = PlainLabel(self, FontSize.PREVIEW)
        self._words.setObjectName("existing_chat_words")
        self._words.setWordWrap(True)
        button = QPushButton("Open it", self)
        button.setObjectName("open_existing_chat")
        button.setAccessibleName("Open the chat that is there")
        button.setAutoDefault(False)
        button.clicked.connect(self.opened)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(button)
        self.hide()

    def say(self, words: str) -> None:
        """Say which chat there is; nothing hides it."""
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self.setVisible(bool(words))


class FirstRuleNotice(QFrame):
    """Tells what a first message cannot have: a link, which the second can, an effect, a voice memo."""

    changed = Signal()
    effect_unwanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setObjectName("notice")
        self._words = PlainLabel(self, FontSize.PREVIEW)
        self._words.setObjectName("first_message_words")
        self._words.setWordWrap(True)
        self._halves = [self._half(name) for name in ("first_half", "second_half")]
        self._button = QPushButton(self)
        self._button.setObjectName("hold_link")
        self._button.setAutoDefault(False)
        self._button.setCheckable(_CHECKABLE)
        self._button.toggled.connect(self.changed)
        self._drop = QPushButton("Remove the effect", self)
        self._drop.setObjectName("drop_effect")
        self._drop.setAccessibleName("Send without the effect")
        self._drop.setAutoDefault(False)
        self._drop.clicked.connect(self.effect_unwanted)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        row.addWidget(self._drop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(2)
        column.addLayout(row)
        for each in self._halves:
            column.addWidget(each)
        self.hide()

    @property
    def is_held(self) -> bool:
        """Whether the agent wants links held for the second message."""
        return self._button.isChecked()

    def refresh(self, opening: Opening) -> None:
        """Say what the rule means for what is typed."""
        halves = opening.halves
        is_split = halves is not None and not opening.has_early_link
        self._button.setVisible(halves is not None)
        self._button.setText("Send as one" if is_split else "Hold the link")
        self._button.setAccessibleName(
            "Send as one message again" if is_split else "Hold the link for a second message"
        )
        self._drop.setVisible(opening.has_early_effect and not opening.has_early_link)
        self._words.setText(_rule_words(opening, is_split=is_split))
        for label, number, half in zip(self._halves, ("1", "2"), halves or (), strict=False):
            label.setText(f"{number}   {_preview(half)}")
        for label in self._halves:
            label.setVisible(halves is not None)
        is_early = opening.has_early_link or opening.has_early_effect or opening.has_early_memo
        self.setVisible(is_early or is_split)

    def reset(self) -> None:
        """Go back to asking."""
        self._button.setChecked(not _CHECKABLE)

    def _half(self, name: str) -> ElidedLabel:
        label = ElidedLabel(self, FontSize.META, is_secondary=True)
        label.setObjectName(name)
        return label


def _preview(content: Content) -> str:
    return " ".join(content.text[:_PREVIEW_LETTERS].split()) or "What is attached"


def _rule_words(opening: Opening, *, is_split: bool) -> str:
    if is_split:
        return "Goes as two messages, the second right after the first."
    if opening.has_early_memo:
        return "A voice memo cannot open a chat. Write a greeting before it, then it goes second."
    if not opening.has_early_link:
        return "A first message cannot have an effect. Greet without one, and play it with the next message."
    if opening.halves is not None:
        return "A first message cannot hold a link. Send the greeting now and hold the link for the second?"
    return "A first message cannot hold a link. Write a greeting before it, then it can go second."
