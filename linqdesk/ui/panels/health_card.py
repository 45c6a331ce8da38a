"""A chat's health: what it is, what that means, and what to do."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from linqdesk.domain.chat import Chat, ChatHealth, HealthStatus
from linqdesk.domain.send_gate import Lock
from linqdesk.ui.panels.card import Card
from linqdesk.ui.panels.health_chip import ADVICE, HealthChip
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.theme import FontSize, Theme
from linqdesk.ui.wording import lock_sentence, time_heading

# No source says which score is which status; S0: a higher score is healthier.
_SCORE_ADVICE = "A higher score is healthier: the lower it is, the more slowly and sparingly to write."


class HealthCard(Card):
    """Reads both of Linq's shapes: a status, or a score of 0 to 100 with its reason."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start without a chat."""
        super().__init__("Health", parent)
        self._chip = HealthChip(theme, self)
        self._advice = PlainLabel(self, FontSize.PREVIEW)
        self._advice.setObjectName("health_advice")
        self._facts = PlainLabel(self, FontSize.META, is_secondary=True)
        self._facts.setObjectName("health_facts")
        self._chip_row = QWidget(self)
        row = QHBoxLayout(self._chip_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self._chip_row, self._advice, self._facts)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._chip.theme = theme

    def show_chat(self, chat: Chat, lock: Lock | None) -> None:
        """Say how healthy a chat is; a lock is explained in its place."""
        self._chip.show_state(chat.health, lock)
        self._chip_row.setVisible(not self._chip.isHidden())
        self._advice.setText(lock_sentence(lock) if lock is not None else advice_words(chat.health))
        facts = fact_words(chat.health, datetime.now(UTC))
        self._facts.setText(facts)
        self._facts.setVisible(bool(facts))


def advice_words(health: ChatHealth | None) -> str:
    """Return what a health means and what to do."""
    if health is None:
        return "Linq has not assessed this chat yet."
    reason = health.reason.strip().rstrip(".") if health.reason else ""
    reason = f"{reason[:1].upper()}{reason[1:]}. " if reason else ""
    if health.status is HealthStatus.UNKNOWN and health.score is not None:
        return f"{reason}{_SCORE_ADVICE}"
    return f"{reason}{ADVICE[health.status] or f'Linq says: {health.word}.'}"


def fact_words(health: ChatHealth | None, now: datetime) -> str:
    """Return the score where there is one, and since when it is so."""
    if health is None:
        return ""
    score = f"Score {health.score:.0f} of 100" if health.score is not None else ""
    since = time_heading(health.updated_at, now) if health.updated_at is not None else ""
    since = f"as of {since[:1].lower() + since[1:] if since[:1] in 'TY' else since}" if since else ""
    words = " · ".join(each for each in (score, since) if each)
    return words[:1].upper() + words[1:]
