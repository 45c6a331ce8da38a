"""Says how near the open chat is to Linq's limit of 30 messages a minute, where it is near."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from linqdesk.domain.ids import ChatId
from linqdesk.services.clock import Clock, SystemClock
from linqdesk.services.pair_meter import LIMIT, PairMeter
from linqdesk.store.changes import Change, MessagesChanged
from linqdesk.store.view import CacheView
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.theme import FontSize

# Below this nobody who types by hand needs to know.
_SHOWN_FROM = 15
_LOOK_AGAIN_MS = 1_000


class PaceLabel(PlainLabel):
    """Hidden while there is room enough; it looks again each second only while it is shown."""

    def __init__(self, cache: CacheView, parent: QWidget, clock: Clock | None = None) -> None:
        """Start without a chat."""
        super().__init__(parent, FontSize.META, is_secondary=True)
        self.setObjectName("pace")
        self._meter = PairMeter(cache, clock or SystemClock())
        self._chat_id: ChatId | None = None
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_LOOK_AGAIN_MS)
        self._looking.timeout.connect(self.refresh)
        # Held, or the connection to its method would go with it.
        self._subscription = cache.subscribe(self._on_cache_changed)
        self.destroyed.connect(self._subscription.close)
        self.destroyed.connect(self._meter.close)
        self.hide()

    def show_chat(self, chat_id: ChatId | None) -> None:
        """Measure another chat, or none."""
        self._chat_id = chat_id
        self.refresh()

    def refresh(self) -> None:
        """Say it anew."""
        count = self._meter.count(self._chat_id) if self._chat_id is not None else 0
        is_near = count >= _SHOWN_FROM
        self.setVisible(is_near)
        if is_near:
            words = f"{count} of {LIMIT} messages this minute"
            if count >= LIMIT:
                words = f"{words}: the next one waits"
            self.setText(words)
            self.setAccessibleName(words)
            self._looking.start()
        else:
            self._looking.stop()

    def _on_cache_changed(self, change: Change) -> None:
        if isinstance(change, MessagesChanged) and change.chat_id == self._chat_id:
            self.refresh()
