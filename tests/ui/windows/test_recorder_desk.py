"""Where a voice memo goes when it is recorded; the journeys drive the same over real files."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from linqdesk.domain.beginning import UNBEGUN, Beginning, provisional_chat
from linqdesk.domain.chat import ChatHealth, HealthStatus
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.domain.outgoing import Draft
from linqdesk.domain.outgoing_files import DraftFile, OutgoingFile, OutgoingVoiceMemo, Refused, Taken
from linqdesk.domain.recording import RecordedMemo, RecordingId
from linqdesk.domain.send_gate import HeldBackError
from linqdesk.local.settings import Settings
from linqdesk.store.cache import Cache
from linqdesk.ui.composer.composer import Composer
from linqdesk.ui.media.playback import Playback
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.theme import DARK, LIGHT
from linqdesk.ui.windows.recorder_desk import RecorderDesk
from tests.domain.files import a_file
from tests.store.messages import ANA, a_chat
from tests.ui.composer.conftest import composer
from tests.ui.conftest import Wishes
from tests.ui.recorder.virtual import Microphones

__all__ = ["composer"]

TOM, LATER, LOCAL = ChatId("tom"), ChatId("later"), ChatId("local")
FILE = a_file("Voice memo.m4a")


class Studio:
    """A desk over a composer, and what it asks for."""

    def __init__(self, cache: Cache, wishes: Wishes, composer: Composer) -> None:
        self.cache, self.wishes, self.composer = cache, wishes, composer
        self.owner = QObject()
        self.desk = RecorderDesk(cache, wishes, composer, Playback(self.owner), LIGHT)
        self.microphones = Microphones()
        self.desk.make_microphone = self.microphones
        self.said: list[str] = []
        self.desk.said.connect(self.said.append)
        self.desk.show_chat(composer.chat_id)

    def record(self, *, is_to_be_sent: bool) -> RecordedMemo:
        self.desk.toggle()
        self.microphones.newest.say(2_000)
        self.desk.recorder.finish(is_to_be_sent=is_to_be_sent)
        return self.wishes.recording.encode()

    def take(self, file: OutgoingFile = FILE) -> None:
        """Let the services take in what was recorded."""
        self.wishes.files.taking.pop()[1](Taken(0, file))

    def draft_of(self, chat_id: ChatId) -> list[object]:
        self.composer.show_chat(None)
        summary = self.cache.summary(chat_id)
        assert summary is not None
        return list(summary.draft.tray) if summary.draft is not None else []


@pytest.fixture
def studio(cache: Cache, wishes: Wishes, composer: Composer, qtbot: QtBot) -> Iterator[Studio]:
    del qtbot
    made = Studio(cache, wishes, composer)
    yield made
    made.desk.recorder.discard()


def test_a_memo_to_be_listened_to_waits_in_the_draft_of_its_chat(studio: Studio) -> None:
    memo = studio.record(is_to_be_sent=False)
    ((sources, _told),) = studio.wishes.files.taking
    assert sources == (memo.file,)
    studio.take()
    assert len(studio.desk.shelf.players) == 1
    assert studio.draft_of(ANA) == [DraftFile(FILE, is_voice_memo=True, duration_ms=2_000)]
    assert studio.wishes.contents == []
    assert studio.wishes.recording.forgotten == []


def test_a_memo_whose_chat_was_left_goes_to_that_chat_all_the_same(studio: Studio) -> None:
    studio.desk.toggle()
    studio.microphones.newest.say(1_000)
    studio.composer.show_chat(TOM)
    studio.desk.show_chat(TOM)
    wanted: list[object] = []
    studio.desk.chat_wanted.connect(wanted.append)
    studio.desk.toggle()
    assert wanted == [ANA]
    studio.desk.recorder.finish(is_to_be_sent=False)
    studio.wishes.recording.encode()
    studio.take()
    assert studio.draft_of(TOM) == []
    assert len(studio.draft_of(ANA)) == 1


def test_a_memo_to_be_sent_is_sent_and_forgotten_once_it_is_safe(studio: Studio) -> None:
    memo = studio.record(is_to_be_sent=True)
    studio.take()
    assert studio.wishes.contents[0].parts == (OutgoingVoiceMemo(FILE, 2_000),)
    assert studio.wishes.recording.forgotten == []
    studio.wishes.sent[0][2](None)
    assert studio.wishes.recording.forgotten == [memo.id]
    assert studio.draft_of(ANA) == []


@pytest.mark.parametrize("error", [HeldBackError(), LocalFaultError("The disk is full.")])
def test_what_may_not_go_yet_waits_in_the_draft(studio: Studio, error: LocalFaultError) -> None:
    studio.record(is_to_be_sent=True)
    studio.take()
    studio.wishes.sent[0][2](error)
    assert studio.said[0].startswith("The voice memo waits in the draft.")
    assert len(studio.draft_of(ANA)) == 1


def test_a_memo_that_cannot_be_taken_in_stays_where_it_was_recorded(studio: Studio) -> None:
    studio.record(is_to_be_sent=True)
    studio.wishes.files.taking.pop()[1](Refused(0, "Voice memo.m4a", "The disk is full."))
    assert studio.said == ["The voice memo cannot be sent. The disk is full."]
    assert studio.wishes.recording.forgotten == []
    assert studio.wishes.contents == []


def test_what_an_earlier_run_recorded_waits_until_its_chat_is_here(studio: Studio) -> None:
    assert studio.wishes.recording.found is not None
    studio.wishes.recording.found(RecordedMemo(RecordingId("r"), LATER, Path("r.m4a"), 4_000, 1_000))
    assert studio.wishes.files.taking == []
    studio.cache.merge_chats([a_chat(LATER, name="Lena")])
    studio.take()
    assert studio.said == ["A voice memo for Lena was not finished: it is in the draft."]
    assert studio.draft_of(LATER) == [DraftFile(FILE, is_voice_memo=True, duration_ms=4_000)]


def test_a_broken_memo_of_an_earlier_run_is_explained_once(studio: Studio) -> None:
    assert studio.wishes.recording.found is not None
    studio.wishes.recording.found(RecordedMemo(RecordingId("r"), ANA, Path("r.m4a"), 4_000, 1_000))
    studio.wishes.files.taking.pop()[1](Refused(0, "Voice memo.m4a", "The recording is cut off."))
    assert studio.said == ["The voice memo cannot be sent. The recording is cut off."]
    assert studio.draft_of(ANA) == []


def test_what_an_earlier_run_recorded_for_somebody_new_is_put_to_what_was_begun(studio: Studio) -> None:
    studio.cache.set_draft(UNBEGUN, Draft("Hello"))
    assert studio.wishes.recording.found is not None
    studio.wishes.recording.found(RecordedMemo(RecordingId("r"), UNBEGUN, Path("r.m4a"), 4_000, 1_000))
    studio.take()
    memo = DraftFile(FILE, is_voice_memo=True, duration_ms=4_000)
    assert studio.cache.draft(UNBEGUN) == Draft("Hello", tray=(memo,))
    assert studio.said == ["A voice memo for a new chat was not finished: it is in the draft."]


def test_what_is_recorded_for_somebody_new_is_left_to_their_dialog(studio: Studio) -> None:
    studio.desk.recorder.start(UNBEGUN)
    studio.microphones.newest.say(2_000)
    studio.desk.show_chat(ANA)
    assert studio.desk.bar.accessibleName() == "Voice memo for a new chat"
    wanted: list[bool] = []
    studio.desk.new_chat_wanted.connect(lambda: wanted.append(True))
    studio.desk.bar.go_there.click()
    studio.desk.toggle()
    assert wanted == [True, True]
    studio.desk.recorder.finish(is_to_be_sent=True)
    studio.wishes.recording.encode()
    assert studio.wishes.files.taking == []


def test_nothing_is_recorded_for_who_may_not_be_written_to(studio: Studio) -> None:
    health = ChatHealth(HealthStatus.OPTED_OUT, "OPTED_OUT")
    studio.cache.merge_chats([replace(a_chat(), health=health)])
    studio.desk.refresh()
    assert not studio.desk.button.isEnabled()
    studio.desk.toggle()
    assert studio.microphones.made == []


def test_the_button_ends_a_recording_too_and_the_limit_is_told_before(studio: Studio) -> None:
    assert "10 MB" in studio.desk.button.toolTip()
    studio.desk.button.click()
    studio.microphones.newest.say(1_000)
    studio.desk.button.click()
    assert len(studio.wishes.recording.finishing) == 1


def test_a_chat_that_linq_names_keeps_what_is_recorded_for_it(studio: Studio) -> None:
    studio.desk.toggle()
    studio.microphones.newest.say(1_000)
    studio.desk.adopt(ANA, LATER)
    assert studio.desk.recorder.chat_id == LATER


def test_a_memo_is_noted_as_taken_before_the_draft_holds_it(studio: Studio) -> None:
    memo = studio.record(is_to_be_sent=False)
    studio.take()
    assert studio.wishes.recording.taken == [(memo.id, FILE.key)]


def test_a_memo_that_the_agent_removes_is_forgotten_at_once(studio: Studio) -> None:
    memo = studio.record(is_to_be_sent=False)
    studio.take()
    studio.composer.edit.setPlainText("some words beside it")
    assert studio.wishes.recording.forgotten == []
    studio.composer.tray.panel.view.removed.emit(0)
    assert studio.wishes.recording.forgotten == [memo.id]


def test_a_memo_for_a_chat_that_linq_named_meanwhile_goes_there(studio: Studio, cache: Cache) -> None:
    line, customer = Handle("+14155550110"), Handle("+14155550199")
    begun = provisional_chat(Beginning(line, (customer,)), LOCAL, datetime(2026, 11, 21, tzinfo=UTC))
    cache.merge_chats([begun])
    studio.composer.show_chat(LOCAL)
    studio.desk.show_chat(LOCAL)
    studio.desk.toggle()
    studio.microphones.newest.say(2_000)
    cache.adopt(LOCAL, a_chat(LATER, name="Lena"))
    studio.composer.adopt(LOCAL, LATER)
    studio.desk.adopt(LOCAL, LATER)
    assert studio.wishes.recording.adopted == [(LOCAL, LATER)]
    studio.desk.recorder.finish(is_to_be_sent=True)
    studio.wishes.recording.encode()
    studio.take()
    assert studio.wishes.sent[0][0] == LATER
    studio.wishes.sent[0][2](HeldBackError())
    assert len(studio.draft_of(LATER)) == 1


def test_the_chosen_microphone_is_followed(studio: Studio) -> None:
    preferences = Preferences(Settings(microphone="headset"))
    studio.desk.follow(preferences)
    studio.desk.toggle()
    assert studio.microphones.newest.device_id == "headset"
    preferences.set(Settings(microphone="other"))
    assert studio.desk.recorder.device_id == "other"


def test_less_motion_and_other_colours_reach_the_bar(studio: Studio) -> None:
    studio.desk.toggle()
    studio.microphones.newest.say(1_000)
    moving = studio.desk.bar.meter.grab().toImage()
    studio.desk.set_reduced(lambda: True)
    still = studio.desk.bar.meter.grab().toImage()
    assert still != moving
    studio.desk.set_theme(DARK)
    assert studio.desk.bar.meter.grab().toImage() != still
