"""The bar over a message: six tapbacks, any emoji, reply and more, as real buttons."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget
from typing_extensions import override

from linqdesk.domain.rules.signals import TAPBACKS
from linqdesk.ui.icons import themed_icon
from linqdesk.ui.models.reaction_groups import TAPBACK_EMOJI
from linqdesk.ui.theme import FontSize, Theme, font
from linqdesk.ui.toggles import on_toggled, show_toggled

_BUTTON_PX, _ICON_PX, _OVERLAP_PX, _EDGE_PX = 30, 18, 6, 4
_NAMES = {
    "love": "Love",
    "like": "Like",
    "dislike": "Dislike",
    "laugh": "Laugh",
    "emphasize": "Emphasize",
    "question": "Question",
}
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


class HoverBar(QFrame):
    """Stands over one part at a time; says by signals what is wished, and knows nothing of messages."""

    reaction_wished = Signal(str)
    emoji_wished = Signal()
    reply_wished = Signal()
    more_wished = Signal()
    left = Signal()

    def __init__(self, theme: Theme, viewport: QWidget) -> None:
        """Start hidden."""
        super().__init__(viewport)
        self._viewport = viewport
        self.setObjectName("hover_bar")
        self.setAccessibleName("Message actions")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(3, 3, 3, 3)
        self._row.setSpacing(1)
        self.tapbacks = {kind: self._tapback(kind, number) for number, kind in enumerate(TAPBACKS, 1)}
        self.emoji = self._button("Any emoji", "Any emoji")
        self.reply = self._button("Reply", "Reply (R)")
        self.more = self._button("More actions", "More actions (Menu key)")
        self.emoji.clicked.connect(self.emoji_wished)
        self.reply.clicked.connect(self.reply_wished)
        self.more.clicked.connect(self.more_wished)
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        for button, name in ((self.emoji, "smile-plus"), (self.reply, "reply"), (self.more, "ellipsis")):
            button.setIcon(themed_icon(name, theme.text_secondary, _ICON_PX))

    def stand_over(self, box: QRect, *, is_own: bool) -> None:
        """Show the bar at a box of the viewport, at the corner away from the tail."""
        self.adjustSize()
        area, size = self._viewport.size(), self.size()
        inward = box.right() - size.width()
        left = min(box.left(), inward) if is_own else max(box.left(), inward)
        top = box.top() + _OVERLAP_PX - size.height()
        if top < _EDGE_PX:
            top = max(_EDGE_PX, box.bottom() - _OVERLAP_PX)
        self.move(
            max(_EDGE_PX, min(left, area.width() - size.width() - _EDGE_PX)),
            max(_EDGE_PX, min(top, area.height() - size.height() - _EDGE_PX)),
        )
        self.show()
        self.raise_()

    def offer(self, own_kind: str | None, no_reaction: str | None, no_reply: str | None) -> None:
        """Mark our own reaction, and say of what cannot be done why."""
        for kind, button in self.tapbacks.items():
            show_toggled(button, is_on=kind == own_kind)
            name = f"Take {_NAMES[kind]} back" if kind == own_kind else _NAMES[kind]
            button.setAccessibleName(name)
            _enable(button, no_reaction, f"{name} ({TAPBACKS.index(kind) + 1})")
        _enable(self.emoji, no_reaction, "Any emoji")
        _enable(self.reply, no_reply, "Reply (R)")

    def enter(self) -> None:
        """Take the keyboard's focus."""
        first = next((each for each in self._buttons() if each.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def has_keyboard(self) -> bool:
        """Tell whether one of the buttons has the focus."""
        return any(each.hasFocus() for each in self._buttons())

    def covers(self, point: QPoint, margin_px: int) -> bool:
        """Tell whether a point of the viewport is on the bar or near it."""
        near = self.geometry().adjusted(-margin_px, -margin_px, margin_px, margin_px)
        return self.isVisible() and near.contains(point)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from button to button by arrow keys, and back to the message by Escape."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            return False
        buttons = [each for each in self._buttons() if each.isEnabled()]
        at = next((number for number, each in enumerate(buttons) if each is watched), 0)
        buttons[(at + step) % len(buttons)].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _buttons(self) -> list[QToolButton]:
        return [*self.tapbacks.values(), self.emoji, self.reply, self.more]

    def _tapback(self, kind: str, number: int) -> QToolButton:
        button = self._button(_NAMES[kind], f"{_NAMES[kind]} ({number})")
        button.setText(TAPBACK_EMOJI[kind])
        button.setFont(font(FontSize.TITLE))
        button.setCheckable(True)
        on_toggled(button, lambda: self.reaction_wished.emit(kind))
        return button

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name.lower().replace(" ", "_"))
        button.setAccessibleName(name)
        button.setToolTip(tip)
        button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.installEventFilter(self)
        self._row.addWidget(button)
        return button


def _enable(button: QToolButton, obstacle: str | None, tip: str) -> None:
    button.setEnabled(obstacle is None)
    button.setToolTip(obstacle or tip)
    button.setAccessibleDescription(obstacle or "")
