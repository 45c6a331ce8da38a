"""The states of the details beside a chat, and of signing in."""

from dataclasses import replace
from datetime import UTC, datetime

from linqdesk.domain.chat import Chat, ChatHandle, HealthStatus, Line, MemberStatus, Reputation
from linqdesk.domain.errors import OfflineError, SignInRejectedError
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.domain.service import Service
from linqdesk.ui.names import format_handle
from tests.looks.stage import LINE, SECOND_LINE, Stage
from tests.looks.states import State

_GROUP = ChatId("neighbours")
_SIZE_PX = (1180, 820)
_LINES = tuple(
    Line(str(number), Handle(f"+141555501{number}0"), reputation)
    for number, reputation in enumerate((Reputation.HEALTHY, Reputation.AT_RISK, Reputation.CRITICAL), 1)
)


def _details(stage: Stage) -> None:
    stage.window.resize(*_SIZE_PX)
    stage.window.open_panel()


def _a_group(count: int, status: MemberStatus = MemberStatus.ACTIVE) -> Chat:
    """Return a group of so many, us included."""
    now = datetime.now(UTC)
    me = ChatHandle("me", LINE, Service.IMESSAGE, is_me=True, status=status)
    others = [
        ChatHandle(f"n{number}", Handle(f"+141555530{number:02}"), Service.IMESSAGE)
        for number in range(1, count)
    ]
    name = "Neighbours of the long street behind the harbour"
    return Chat(_GROUP, now, now, name, (me, *others), is_group=True, service=Service.IMESSAGE)


def _show_group(stage: Stage, group: Chat) -> None:
    stage.cache.merge_chats([group])
    stage.say(_GROUP, "Is the parcel with somebody of you?", minutes_ago=3)
    stage.window.open_chat(_GROUP)
    _details(stage)


def _left_group(stage: Stage) -> None:
    left = replace(_a_group(4, MemberStatus.LEFT))
    _show_group(stage, left)


def _with_health(status: HealthStatus, *words: str) -> State:
    def enter(stage: Stage) -> None:
        stage.judge(status)
        _details(stage)

    return State(f"health-{status.value.lower().replace('_', '-')}", enter, words)


def _ask(stage: Stage) -> None:
    stage.window.ask_to_sign_in()


def _refused(stage: Stage) -> None:
    _ask(stage)
    stage.window.sign_in.refuse(SignInRejectedError("no"))


def _offline(stage: Stage) -> None:
    _ask(stage)
    stage.window.sign_in.refuse(OfflineError("no"))


def _trying(stage: Stage) -> None:
    _ask(stage)
    dialog = stage.window.sign_in.dialog
    assert dialog is not None
    dialog.wait()


def _other_account(stage: Stage) -> None:
    _ask(stage)
    stage.window.sign_in.warn(
        _LINES, "It opens other lines. What waits to be sent stays on this computer for the account before."
    )


def _opened(stage: Stage) -> None:
    _ask(stage)
    stage.window.sign_in.welcome(_LINES, "The token is in your system's keyring.")


STATES = (
    State("details", _details, ("Ana Ruiz", format_handle(Handle("+14155550134")))),
    State("details-of-4", lambda stage: _show_group(stage, _a_group(4)), ("Neighbours", "4")),
    State("details-of-31", lambda stage: _show_group(stage, _a_group(31)), ("Neighbours", "31")),
    State("details-left", _left_group, ("no longer in this chat",)),
    _with_health(HealthStatus.HEALTHY, "Ana Ruiz"),
    _with_health(HealthStatus.AT_RISK, "At risk"),
    _with_health(HealthStatus.CRITICAL, "Critical"),
    _with_health(HealthStatus.OPTED_OUT, "Opted out"),
    _with_health(HealthStatus.UNKNOWN, "Ana Ruiz"),
    State("sign-in", _ask, ("Sign in to Linq", "Explore the demo")),
    State("sign-in-refused", _refused, ("does not accept this token",)),
    State("sign-in-offline", _offline, ("Sign in to Linq",)),
    State("sign-in-trying", _trying, ("Asking Linq", "Cancel")),
    State("sign-in-other-account", _other_account, ("This is another account", "Back")),
    State("sign-in-opened", _opened, ("Signed in", format_handle(SECOND_LINE), "Start")),
)
