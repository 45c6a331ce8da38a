"""Says how near the open chat is to Linq's limit of 30 messages a minute, where it is near."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from linqdesk.store.changes import MessagesChanged
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.theme import FontSize

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from linqdesk.domain.ids import ChatId
    from linqdesk.services.pair_meter import PairLoad
    from linqdesk.store.changes import Change
    from linqdesk.store.view import CacheView

# Below this nobody who types by hand needs to know.
_SHOWN_FROM = 15
_LOOK_AGAIN_MS = 1_000


class PaceLabel(PlainLabel):
    """Hidden while there is room enough; it looks again each second only while it is shown."""

    def __init__(self, cache: CacheView, load: Callable[[ChatId], PairLoad], parent: QWidget) -> None:
        """Start without a chat; `load` is what sends themselves go by."""
        super().__init__(parent, FontSize.META, is_secondary=True)
        self.setObjectName("pace")
        self._load = load
        self._chat_id: ChatId | None = None
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_LOOK_AGAIN_MS)
        self._looking.timeout.connect(self.refresh)
        # Held, or the connection to its method would go with it.
        self._subscription = cache.subscribe(self._on_cache_changed)
        self.destroyed.connect(self._subscription.close)
        self.hide()

    def show_chat(self, chat_id: ChatId | None) -> None:
        """Measure another chat, or none."""
        self._chat_id = chat_id
        self.refresh()

    def refresh(self) -> None:
        """Say it anew."""
        from linqdesk.services.pair_meter import LIMIT, PairLoad

        load = self._load(self._chat_id) if self._chat_id is not None else PairLoad()
        is_near = load.count >= _SHOWN_FROM
        self.setVisible(is_near)
        if is_near:
            words = f"{load.count} of {LIMIT} messages this minute"
            if load.wait_s > 0:
                words = f"{words}: the next one waits"
            self.setText(words)
            self.setAccessibleName(words)
            self._looking.start()
        else:
            self._looking.stop()

    def _on_cache_changed(self, change: Change) -> None:
        if isinstance(change, MessagesChanged) and change.chat_id == self._chat_id:
            self.refresh()
