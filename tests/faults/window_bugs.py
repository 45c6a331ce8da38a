"""Bugs put into the window on purpose, each as a class that takes the place of the real one."""

import asyncio
from collections.abc import Callable, Sequence
from types import ModuleType

from typing_extensions import override

from linqdesk import unsent
from linqdesk.domain.ids import ChatId
from linqdesk.domain.outgoing import Draft, OutgoingMessage
from linqdesk.local.journal import JournalFile
from linqdesk.services.outbox_journal import KeptJournal
from linqdesk.ui.composer import composer
from linqdesk.ui.composer.open_sheet import OpenSheet

_LATE_S = 0.1


class LateJournal(KeptJournal):
    """Says that a message is kept before it is."""

    def __init__(self, open_file: Callable[[], JournalFile]) -> None:
        super().__init__(open_file)
        self._late: list[asyncio.Task[None]] = []

    @override
    async def add(self, taken: Sequence[OutgoingMessage]) -> None:
        asyncio.get_running_loop().call_later(_LATE_S, self._add_late, tuple(taken))

    def _add_late(self, taken: Sequence[OutgoingMessage]) -> None:
        self._late.append(asyncio.get_running_loop().create_task(super().add(taken)))


class StubbornJournal(KeptJournal):
    """Goes on keeping the draft of what was sent."""

    def __init__(self, open_file: Callable[[], JournalFile]) -> None:
        super().__init__(open_file)
        self._drafts: dict[ChatId, Draft] = {}

    @override
    def note_draft(self, chat_id: ChatId, draft: Draft | None) -> None:
        if draft is not None:
            self._drafts[chat_id] = draft
            super().note_draft(chat_id, draft)

    @override
    async def add(self, taken: Sequence[OutgoingMessage]) -> None:
        await super().add(taken)
        for chat_id in {each.chat_id for each in taken} & self._drafts.keys():
            super().note_draft(chat_id, self._drafts[chat_id])


class ForgetfulSheet(OpenSheet):
    """Turns to another chat without keeping what was written last in the one before."""

    _is_turning = False

    @override
    def open(self, chat_id: ChatId | None) -> None:
        self._is_turning = True
        super().open(chat_id)
        self._is_turning = False

    @override
    def keep(self) -> None:
        if not self._is_turning:
            super().keep()


WINDOW_BUGS = {
    "bubble-before-journal": "a bubble is drawn before its message is on the disk",
    "draft-stays": "the draft of what was sent is kept",
    "draft-left-behind": "a draft is not kept when another chat is opened",
}
_PLACES: dict[str, tuple[ModuleType, str, type]] = {
    "bubble-before-journal": (unsent, "KeptJournal", LateJournal),
    "draft-stays": (unsent, "KeptJournal", StubbornJournal),
    "draft-left-behind": (composer, "OpenSheet", ForgetfulSheet),
}


def plant(bug: str | None) -> None:
    """Put a bug into this process, which must not have made a window yet; None leaves it as it is."""
    if bug is not None:
        module, name, wrong = _PLACES[bug]
        setattr(module, name, wrong)
