from PySide6.QtCore import QTimer

from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.recording import MAX_RECORDING_MS, SoundForm
from linqdesk.ui.recorder.microphone import NO_MICROPHONE
from linqdesk.ui.recorder.recorder import FULL, TOO_SHORT, RecorderState
from tests.ui.recorder.conftest import Studio
from tests.ui.recorder.virtual import tone

ANA, TOM = ChatId("ana"), ChatId("tom")


def test_what_is_said_is_kept_as_it_is_heard(studio: Studio) -> None:
    studio.recorder.start(ANA)
    studio.say(1_500)
    assert studio.stands(RecorderState.RECORDING)
    assert studio.recorder.duration_ms == 1_500
    assert studio.tape.chat_id == ANA
    assert studio.tape.kept == tone(1_500)
    assert len(studio.recorder.levels) == 30
    assert max(studio.recorder.levels) > 150


def test_nothing_is_heard_in_a_pause(studio: Studio) -> None:
    recorder = studio.recorder
    recorder.start(ANA)
    studio.say(1_000)
    recorder.toggle_pause()
    assert studio.stands(RecorderState.PAUSED)
    studio.say(1_000)
    recorder.toggle_pause()
    studio.say(500)
    assert recorder.duration_ms == 1_500


def test_it_is_listened_to_first_or_sent_at_once_as_the_agent_wishes(studio: Studio) -> None:
    for is_to_be_sent in (False, True):
        studio.recorder.start(ANA)
        studio.say(1_000)
        studio.recorder.finish(is_to_be_sent=is_to_be_sent)
        assert not studio.microphones.newest.is_on
        assert studio.stands(RecorderState.FINISHING)
        memo = studio.tape.encode()
        assert studio.wishes.pop() == (memo, is_to_be_sent)
        assert studio.stands(RecorderState.RESTING)
        assert studio.recorder.chat_id is None


def test_what_is_discarded_is_forgotten_and_the_microphone_let_go(studio: Studio) -> None:
    studio.recorder.start(ANA)
    studio.say(1_000)
    studio.recorder.discard()
    assert studio.tape.dropped == 1
    assert not studio.microphones.newest.is_on
    assert studio.stands(RecorderState.RESTING)
    assert studio.wishes == []


def test_pressing_twice_by_mistake_records_nothing(studio: Studio) -> None:
    studio.recorder.start(ANA)
    studio.say(200)
    studio.recorder.finish(is_to_be_sent=True)
    assert studio.said == [TOO_SHORT]
    assert studio.tape.finishing == []
    assert studio.tape.dropped == 1


def test_a_recording_stays_with_its_chat_whatever_else_is_pressed(studio: Studio) -> None:
    studio.recorder.start(ANA)
    studio.say(1_000)
    studio.recorder.start(TOM)
    studio.say(1_000)
    assert studio.recorder.chat_id == ANA
    assert studio.recorder.duration_ms == 2_000
    studio.recorder.finish(is_to_be_sent=False)
    studio.recorder.start(TOM)
    assert studio.tape.encode().chat_id == ANA


def test_a_chat_that_begins_here_keeps_its_recording(studio: Studio) -> None:
    studio.recorder.start(ANA)
    studio.recorder.adopt(ANA, TOM)
    studio.recorder.adopt(ANA, ANA)
    assert studio.recorder.chat_id == TOM


def test_without_a_microphone_it_says_so_and_tries_again_when_asked(studio: Studio) -> None:
    studio.microphones.fails_with = NO_MICROPHONE
    studio.recorder.start(ANA)
    assert studio.stands(RecorderState.TROUBLED)
    assert studio.recorder.words == NO_MICROPHONE
    studio.microphones.fails_with = ""
    studio.recorder.start(ANA)
    assert studio.stands(RecorderState.RECORDING)


def test_a_microphone_that_is_pulled_out_loses_nothing(studio: Studio) -> None:
    studio.recorder.start(ANA)
    studio.say(2_000)
    studio.microphones.newest.failed.emit("Gone.")
    assert studio.said == ["Gone."]
    assert studio.tape.encode().duration_ms == 2_000
    assert not studio.wishes[0].is_to_be_sent


def test_a_full_disk_ends_it_and_keeps_what_there_is(studio: Studio) -> None:
    studio.recorder.start(ANA)
    studio.say(2_000)
    assert studio.tape.failed is not None
    studio.tape.failed(LocalFaultError("The disk is full."))
    studio.tape.failed(LocalFaultError("The disk is full."))
    assert studio.said == ["The disk is full."]
    assert studio.stands(RecorderState.FINISHING)
    assert studio.tape.encode().duration_ms == 2_000


def test_a_memo_that_could_not_be_made_is_said(studio: Studio) -> None:
    studio.recorder.start(ANA)
    studio.say(1_000)
    studio.recorder.finish(is_to_be_sent=True)
    studio.tape.finishing.pop()(LocalFaultError("This recording cannot be read."))
    assert studio.said == ["This recording cannot be read."]
    assert studio.stands(RecorderState.RESTING)
    assert studio.wishes == []


def test_a_recording_that_nothing_can_keep_is_explained_once(studio: Studio) -> None:
    studio.recorder.start(ANA)
    studio.say(1_000)
    assert studio.tape.failed is not None
    fault = LocalFaultError("The folder cannot be written.")
    studio.tape.failed(fault)
    studio.tape.finishing.pop()(fault)
    assert studio.said == ["The folder cannot be written."]
    assert studio.stands(RecorderState.RESTING)


def test_it_ends_by_itself_before_it_is_too_large_for_linq(studio: Studio) -> None:
    studio.microphones.form = SoundForm(8_000, 1)
    studio.recorder.start(ANA)
    minute = tone(60_000, form=studio.microphones.form)
    for _ in range(MAX_RECORDING_MS // 60_000):
        studio.microphones.newest.heard.emit(minute)
    assert studio.said == [FULL]
    assert studio.stands(RecorderState.FINISHING)
    assert len(studio.recorder.levels) <= 600


def test_what_the_agent_chose_is_the_microphone_that_is_used(studio: Studio) -> None:
    studio.recorder.device_id = "headset"
    studio.recorder.start(ANA)
    assert studio.microphones.newest.device_id == "headset"


def test_nothing_runs_before_and_after_a_recording(studio: Studio) -> None:
    studio.recorder.toggle_pause()
    studio.recorder.finish(is_to_be_sent=True)
    studio.recorder.discard()
    studio.recorder.start(ANA)
    studio.say(1_000)
    studio.recorder.discard()
    assert not [timer for timer in studio.owner.findChildren(QTimer) if timer.isActive()]
    assert studio.recorder.duration_ms == 0
