"""Asks for older messages before their lack is seen, and says how that goes."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from linqdesk.domain.ids import ChatId
from linqdesk.store.view import CacheView, History
from linqdesk.ui.thread.arrangement import Arrangement
from linqdesk.ui.thread.overlays import HistoryNotice
from linqdesk.ui.wording import fault_sentence

_WANTED_WITHIN_PX = 1_200


class HistoryWatch(QObject):
    """Watches how near the upper end of the loaded thread is."""

    older_wanted = Signal(object)

    def __init__(self, cache: CacheView, arrangement: Arrangement, viewport: QWidget) -> None:
        """Say what there is to say on a viewport."""
        super().__init__(viewport)
        self._cache = cache
        self._arrangement = arrangement
        self._viewport = viewport
        self._chat_id: ChatId | None = None
        self._notice = HistoryNotice(viewport)
        self._notice.retried.connect(self._on_notice_retried)

    def look(self, chat_id: ChatId | None) -> None:
        """See whether older messages are wanted or missing; after a failure only the agent asks again."""
        self._chat_id = chat_id
        history = self._cache.history(chat_id) if chat_id is not None else History(has_older=False)
        is_near = self._arrangement.scrolled_px < _WANTED_WITHIN_PX and self._arrangement.count > 0
        words = _words(history) if is_near else None
        self._notice.say(words, can_retry=history.fault is not None, area=self._viewport.size())
        if is_near and history.has_older and not history.is_loading and history.fault is None:
            self.older_wanted.emit(chat_id)

    def _on_notice_retried(self) -> None:
        if self._chat_id is not None:
            self.older_wanted.emit(self._chat_id)


def _words(history: History) -> str | None:
    if history.fault is not None:
        return f"Older messages could not be loaded. {fault_sentence(history.fault)}"
    return "Loading older messages…" if history.is_loading else None
