"""What becomes of a voice memo once it is recorded: its copy in the outbox's folder."""

from collections.abc import Callable
from functools import partial

from linqdesk.domain.outgoing_files import DraftFile, Refused, Taken
from linqdesk.domain.recording import RecordedMemo
from linqdesk.ui.commands import Commands

# By then the draft has long been written.
FORGET_AFTER_MS = 5_000


def take_memo(
    commands: Commands,
    memo: RecordedMemo,
    then: Callable[[DraftFile], None],
    say: Callable[[str], None],
) -> None:
    """Have a memo copied into the outbox; until that is done its own file keeps it.

    Args:
        commands: who copies.
        memo: what was recorded.
        then: takes the copy, later, on the UI thread.
        say: is told why there is none.
    """

    def told(outcome: Taken | Refused) -> None:
        if isinstance(outcome, Refused):
            say(f"The voice memo cannot be sent. {outcome.words}")
            return
        item = DraftFile(outcome.file, is_voice_memo=True, duration_ms=memo.duration_ms)
        commands.recording.note_taken(memo.id, outcome.file.key, partial(then, item))

    commands.files.take_in((memo.file,), told)
