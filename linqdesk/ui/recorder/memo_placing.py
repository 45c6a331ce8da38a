"""Where a voice memo goes once it is recorded: into the outbox, then to its customer or into a draft."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from linqdesk.domain.beginning import UNBEGUN
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.ids import ChatId, FileKey
from linqdesk.domain.outgoing import Content, Draft
from linqdesk.domain.outgoing_files import DraftFile, OutgoingVoiceMemo
from linqdesk.domain.recording import RecordedMemo
from linqdesk.store.changes import Change
from linqdesk.store.view import CacheView
from linqdesk.ui.commands import Commands
from linqdesk.ui.composer.composer import Composer
from linqdesk.ui.names import chat_title
from linqdesk.ui.recorder.memo_intake import FORGET_AFTER_MS, take_memo
from linqdesk.ui.recorder.recorder import MemoWish
from linqdesk.ui.wording import fault_sentence


class MemoPlacing(QObject):
    """Lets go of a recording only where something else has kept the memo; a crash brings it once."""

    said = Signal(str)
    """A sentence about a voice memo."""

    def __init__(self, cache: CacheView, commands: Commands, composer: Composer) -> None:
        """Place nothing yet."""
        super().__init__(composer)
        self._cache = cache
        self._commands = commands
        self._composer = composer
        self._found: list[RecordedMemo] = []
        self.put_unbegun: Callable[[DraftFile], None] = self._put_unbegun
        self._drafted: dict[FileKey, RecordedMemo] = {}
        self._subscription = cache.subscribe(self._on_cache_changed)
        self.destroyed.connect(self._subscription.close)
        composer.content_changed.connect(self._on_content_changed)

    def place(self, wish: MemoWish) -> None:
        """Send a memo, or put it into the draft of its chat, to be listened to.

        What is for a chat that has not begun is left to the dialog that begins it.
        """
        if wish.memo.chat_id != UNBEGUN:
            self._take(wish.memo, partial(self._send if wish.is_to_be_sent else self._put, wish.memo))

    def _take(self, memo: RecordedMemo, then: Callable[[DraftFile], None]) -> None:
        take_memo(self._commands, memo, then, self.said.emit)

    def _put(self, memo: RecordedMemo, item: DraftFile) -> None:
        if memo.chat_id == UNBEGUN:
            self.put_unbegun(item)
        else:
            self._composer.add_to_tray(self._chat_of(memo), item)
        key = item.file.key
        self._drafted[key] = memo
        QTimer.singleShot(FORGET_AFTER_MS, self, partial(self._forget, key))

    def _put_found(self, memo: RecordedMemo, item: DraftFile) -> None:
        """Say of a memo of an earlier run that it is there, once it is; else why it is not is said alone."""
        self._put(memo, item)
        summary = self._cache.summary(memo.chat_id)
        name = chat_title(summary.chat, self._cache) if summary is not None else "a new chat"
        self.said.emit(f"A voice memo for {name} was not finished: it is in the draft.")

    def _put_unbegun(self, item: DraftFile) -> None:
        """Put a memo to what an earlier run began to write to somebody new: the dialog takes that up."""
        draft = self._cache.draft(UNBEGUN) or Draft("")
        self._commands.sending.keep_draft(UNBEGUN, replace(draft, tray=(*draft.tray, item)))

    def _send(self, memo: RecordedMemo, item: DraftFile) -> None:
        """Send a memo; what the gate holds back waits in the draft, where Send asks what there is to ask."""
        content = Content((OutgoingVoiceMemo(item.file, item.duration_ms),))

        def done(error: LinqDeskError | None) -> None:
            if error is None:
                self._commands.recording.forget(memo.id)
            else:
                self._put(memo, item)
                self.said.emit(f"The voice memo waits in the draft. {fault_sentence(error)}")

        self._commands.sending.send(self._chat_of(memo), content, done)

    def _chat_of(self, memo: RecordedMemo) -> ChatId:
        """Return the chat's present id: Linq may have named it since the recording began."""
        summary = self._cache.summary(memo.chat_id)
        return summary.chat.id if summary is not None else memo.chat_id

    def _forget(self, key: FileKey) -> None:
        memo = self._drafted.pop(key, None)
        if memo is not None:
            self._commands.recording.forget(memo.id)

    def _on_content_changed(self) -> None:
        """Forget at once what the agent sent or removed: after a crash it must not come again."""
        composer = self._composer
        if not self._drafted or composer.edit_mode.is_active:
            return
        here = {key for key, memo in self._drafted.items() if self._chat_of(memo) == composer.chat_id}
        for key in here - {file.key for file in composer.draft().files}:
            self._forget(key)

    def place_found(self, memo: RecordedMemo) -> None:
        """Put a memo of an earlier run into its chat's draft, once that chat is here."""
        self._found.append(memo)
        self._place_found()

    def _on_cache_changed(self, change: Change) -> None:
        del change
        if self._found:
            self._place_found()

    def _place_found(self) -> None:
        """Put what an earlier run recorded into its chat's draft, once that chat and its draft are here."""
        for memo in tuple(self._found):
            summary = self._cache.summary(memo.chat_id)
            if summary is not None or memo.chat_id == UNBEGUN:
                self._found.remove(memo)
                self._take(memo, partial(self._put_found, memo))
