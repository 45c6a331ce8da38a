from linqdesk.domain.ids import ChatId
from linqdesk.late_commands import LateCommands
from linqdesk.services.pace import Pace
from linqdesk.store.cache import Cache
from tests.ui.conftest import Wishes

CHAT = ChatId("chat")


class Maker:
    """Makes a session, and counts how often."""

    def __init__(self) -> None:
        self.wishes = Wishes(Cache())
        self.count = 0

    def make(self) -> Wishes:
        self.count += 1
        return self.wishes


def test_what_the_window_tells_of_itself_makes_no_session() -> None:
    maker = Maker()
    commands = LateCommands(maker.make)
    commands.set_pace(Pace.UNFOCUSED)
    commands.want_previews([CHAT])
    commands.open_chat(None)
    assert maker.count == 0


def test_a_session_is_made_once_and_hears_how_the_window_stands() -> None:
    maker = Maker()
    commands = LateCommands(maker.make)
    commands.set_pace(Pace.FOCUSED)
    commands.set_pace(Pace.MINIMISED)
    commands.want_previews([CHAT])
    commands.open_chat(CHAT)
    commands.refresh()
    assert (maker.count, maker.wishes.opened, maker.wishes.refreshed) == (1, [CHAT], 1)
    assert maker.wishes.paces == [Pace.MINIMISED]


def test_each_subject_is_the_sessions_own() -> None:
    maker = Maker()
    commands = LateCommands(maker.make)
    for subject in (
        "sending",
        "acts",
        "media",
        "recording",
        "files",
        "people",
        "account",
        "reading",
        "spelling",
    ):
        assert getattr(commands, subject) is getattr(maker.wishes, subject)
    assert maker.count == 1


def test_what_is_told_later_goes_on_to_the_session() -> None:
    maker = Maker()
    commands = LateCommands(maker.make)
    commands.refresh()
    commands.set_pace(Pace.UNFOCUSED)
    commands.open_chat(None)
    assert maker.wishes.paces == [Pace.UNFOCUSED]
    assert maker.wishes.opened == [None]
