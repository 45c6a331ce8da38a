"""Our line's contact card in a chat: the button that shares it, and its rules."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from linqdesk.domain.chat import Chat
from linqdesk.domain.message import Message
from linqdesk.domain.rules import check_share_card
from linqdesk.domain.rules.cards import SHARE_EVERY
from linqdesk.domain.rules.violation import Violation
from linqdesk.store.view import CacheView
from linqdesk.ui.panels.card import Card
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.panels.reasoned_button import ReasonedButton
from linqdesk.ui.panels.wishes import PanelWishes
from linqdesk.ui.people_commands import PeopleCommands
from linqdesk.ui.theme import FontSize
from linqdesk.ui.wording import time_heading

_ADVICE = "Best after the customer has answered once, and not more than daily."


class ShareCard(Card):
    """Says when the card was shared last, and why it cannot be shared now."""

    def __init__(
        self, cache: CacheView, people: PeopleCommands, wishes: PanelWishes, parent: QWidget
    ) -> None:
        """Start without a chat."""
        super().__init__("Contact card", parent)
        self._cache = cache
        self._people = people
        self._chat: Chat | None = None
        self._is_sharing = False
        self.share = ReasonedButton("Share contact card", "Share contact card", self)
        self._last = PlainLabel(self, FontSize.META, is_secondary=True)
        self._last.setObjectName("card_last_shared")
        self.add(self.share, self._last)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.refresh)
        self.share.clicked.connect(wishes.share_wanted)

    def show_chat(self, chat: Chat) -> None:
        """Judge for a chat."""
        self._chat = chat
        self.refresh()

    def set_sharing(self, *, is_sharing: bool) -> None:
        """Wait for what becomes of a share."""
        self._is_sharing = is_sharing
        self.refresh()

    def refresh(self) -> None:
        """Judge anew."""
        chat = self._chat
        if chat is None:
            return
        now, last = datetime.now(UTC), self._people.card_shared_at(chat.id)
        summary = self._cache.summary(chat.id)
        lock = summary.lock if summary is not None else None
        locked = (Violation("card_locked", lock.words),) if lock is not None else ()
        found = locked or check_share_card(
            chat, has_written=self._has_written(chat), last_shared_at=last, now=now
        )
        self.share.judge(found, _ADVICE)
        self.share.button.setEnabled(not found and not self._is_sharing)
        self.share.button.setText("Sharing…" if self._is_sharing else "Share contact card")
        heading = time_heading(last, now) if last is not None else ""
        self._last.setText(f"Last shared from here: {heading}" if heading else "")
        self._last.setVisible(bool(heading))
        self._wait_for_pace(last, now)

    def _wait_for_pace(self, last: datetime | None, now: datetime) -> None:
        """Judge anew as soon as the wait shows another minute."""
        left = SHARE_EVERY - (now - last) if last is not None else timedelta()
        if left > timedelta():
            self._again.start(int(min(left.total_seconds(), 20.0) * 1_000) + 50)
        else:
            self._again.stop()

    def _has_written(self, chat: Chat) -> bool:
        """Tell whether we wrote before; where older messages are not loaded Linq is to decide."""
        rows = self._cache.rows(chat.id)
        is_mine = any(isinstance(row.content, Message) and row.content.is_from_me for row in rows)
        return is_mine or self._cache.history(chat.id).has_older or not rows
