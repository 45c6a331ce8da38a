from dataclasses import replace
from pathlib import Path

from PySide6.QtMultimedia import QMediaDevices

from linqdesk.domain.ids import AttachmentId, FileKey, MessageId
from linqdesk.domain.message import MediaPart, Message
from linqdesk.domain.outgoing_files import own_attachment_id
from linqdesk.local.recording_reader import LevelsRequest, PosterRequest, RecordingError, RecordingFault
from linqdesk.store.media import MediaFile, MediaState
from linqdesk.ui.media.recordings import POSTER_BYTES
from tests.ui.media.recorded import MEDIA, Desk, a_recording

MEMO = a_recording("voice memo.m4a")
MEMO_ID = AttachmentId("voice memo.m4a")


def recorded_part(message: Message) -> MediaPart:
    part = message.parts[0]
    assert isinstance(part, MediaPart)
    return part


def test_looking_at_a_recording_fetches_it_and_then_reads_it_once(recorded: Desk) -> None:
    assert recorded.look(MEMO).state is MediaState.WAITING
    assert recorded.wishes.media.wanted == [(MEMO.id, 0)]
    recorded.arrive("voice memo.m4a")
    recorded.look(MEMO)
    recorded.look(MEMO)
    assert [request for _, request, _ in recorded.wishes.media.reading] == [LevelsRequest()]
    recorded.read()
    seen = recorded.look(MEMO)
    assert seen.duration_ms == 4_226
    assert len(seen.levels) == 200
    assert seen.words == ""
    assert not seen.is_current
    assert recorded.changed[-1] == MEMO_ID


def test_a_video_has_a_poster_its_length_and_its_own_shape(recorded: Desk) -> None:
    film = a_recording("rolling.mp4")
    recorded.arrive("rolling.mp4")
    recorded.recordings.look_at(film, 0, 2.0)
    assert recorded.wishes.media.reading[0][1] == PosterRequest(760, 840)
    recorded.read()
    seen = recorded.look(film)
    assert seen.duration_ms == 4_000
    assert seen.picture is not None
    assert not seen.picture.isNull()
    assert recorded.recordings.natural_size(recorded_part(film)) == (640, 352)


def test_what_is_pressed_before_it_is_here_plays_once_it_is(recorded: Desk) -> None:
    recorded.recordings.toggle(MEMO, 0)
    assert recorded.wishes.media.retried == [(MEMO.id, 0)]
    assert recorded.look(MEMO).is_wished
    recorded.arrive("voice memo.m4a")
    recorded.look(MEMO)
    assert recorded.playback.key is None
    recorded.read()
    assert recorded.playback.key is not None
    recorded.until(lambda: recorded.look(MEMO).position_ms > 100)
    seen = recorded.look(MEMO)
    assert seen.is_playing
    assert 0 < seen.share < 1
    assert seen.remaining_ms is not None
    assert seen.remaining_ms < 4_226


def test_pressing_again_pauses_and_another_one_takes_over(recorded: Desk) -> None:
    memo, film = recorded.known("voice memo.m4a"), recorded.known("rolling.mp4")
    recorded.recordings.toggle(memo, 0)
    recorded.until(lambda: recorded.look(memo).position_ms > 0)
    recorded.recordings.toggle(memo, 0)
    assert recorded.look(memo).is_current
    assert not recorded.look(memo).is_playing
    recorded.recordings.toggle(film, 0)
    assert recorded.look(film).is_current or recorded.look(memo).is_current


def test_the_same_file_in_two_messages_plays_in_one(recorded: Desk) -> None:
    memo = recorded.known("voice memo.m4a")
    again = a_recording("voice memo.m4a", number=2)
    recorded.recordings.toggle(memo, 0)
    assert recorded.look(memo).is_current
    assert not recorded.look(again).is_current


def test_a_place_in_one_that_rests_is_where_it_begins(recorded: Desk) -> None:
    memo = recorded.known("voice memo.m4a")
    recorded.recordings.play_from(memo, 0, 3_000)
    assert recorded.look(memo).position_ms == 3_000
    recorded.until(lambda: recorded.look(memo).position_ms > 3_050)
    recorded.recordings.play_from(memo, 0, 1_000)
    assert recorded.look(memo).position_ms <= 1_200


def test_after_its_end_it_can_be_played_again(recorded: Desk) -> None:
    memo = recorded.known("voice memo.m4a")
    recorded.recordings.play_from(memo, 0, 4_000)
    recorded.until(lambda: recorded.playback.key is None)
    assert recorded.look(memo).remaining_ms == 4_226
    assert recorded.recordings.is_settled
    recorded.recordings.toggle(memo, 0)
    recorded.until(lambda: recorded.look(memo).is_playing)
    assert not recorded.recordings.is_settled


def test_what_the_reader_cannot_make_sense_of_never_reaches_the_player(recorded: Desk) -> None:
    fake = a_recording("voice memo.m4a")
    recorded.recordings.toggle(fake, 0)
    recorded.arrive("voice memo.m4a", MEDIA / "manuals.zip")
    recorded.look(fake)
    recorded.read()
    assert recorded.playback.key is None
    seen = recorded.look(fake)
    assert (seen.state, seen.words) == (MediaState.FAILED, "Recordings of this kind are not played here")
    assert not seen.can_retry


def test_what_the_disk_gave_up_is_fetched_anew(recorded: Desk, tmp_path: Path) -> None:
    recorded.arrive("voice memo.m4a", tmp_path / "gone")
    recorded.look(MEMO)
    recorded.read()
    assert recorded.look(MEMO).words == ""
    assert recorded.wishes.media.retried == [(MEMO.id, 0)]


def test_what_vanished_before_it_was_played_is_fetched_anew(recorded: Desk, tmp_path: Path) -> None:
    memo = recorded.known("voice memo.m4a")
    recorded.arrive("voice memo.m4a", tmp_path / "gone")
    recorded.recordings.toggle(memo, 0)
    recorded.until(lambda: recorded.playback.key is None)
    recorded.look(memo)
    assert recorded.wishes.media.retried == [(memo.id, 0)]


def test_a_file_that_cannot_be_had_says_why_and_whether_to_ask_again(recorded: Desk) -> None:
    recorded.cache.set_media(MEMO_ID, MediaFile(MediaState.GONE))
    assert recorded.look(MEMO).words == "No longer available"
    assert not recorded.look(MEMO).can_retry
    recorded.cache.set_media(MEMO_ID, MediaFile(MediaState.FAILED))
    assert recorded.look(MEMO).can_retry
    recorded.recordings.retry(MEMO, 0)
    assert recorded.wishes.media.retried == [(MEMO.id, 0)]


def test_a_wish_for_what_cannot_be_had_is_forgotten(recorded: Desk) -> None:
    recorded.recordings.toggle(MEMO, 0)
    recorded.cache.set_media(MEMO_ID, MediaFile(MediaState.GONE))
    assert not recorded.look(MEMO).is_wished


def test_a_fault_is_forgotten_when_the_file_comes_anew(recorded: Desk) -> None:
    recorded.arrive("voice memo.m4a")
    recorded.look(MEMO)
    recorded.wishes.media.reading.pop()[2](RecordingError(RecordingFault.DAMAGED))
    assert recorded.look(MEMO).words == "This recording cannot be played here"
    recorded.cache.set_media(MEMO_ID, MediaFile(MediaState.LOADING, 100, 1_000))
    seen = recorded.look(MEMO)
    assert (seen.words, seen.progress) == ("", 0.1)


def test_an_order_that_was_dropped_is_given_again(recorded: Desk) -> None:
    recorded.arrive("voice memo.m4a")
    recorded.look(MEMO)
    recorded.wishes.media.reading.pop()[2](None)
    recorded.look(MEMO)
    assert len(recorded.wishes.media.reading) == 1


def test_posters_are_let_go_of_when_there_are_many(recorded: Desk) -> None:
    films = []
    for number in range(20):
        part = MediaPart(AttachmentId(f"film-{number}"), "f.mp4", "video/mp4", 1, None)
        films.append(replace(a_recording("rolling.mp4", number=number), parts=(part,)))
        file = MediaFile(MediaState.READY, path=MEDIA / "rolling.mp4")
        recorded.cache.set_media(part.attachment_id, file)
        recorded.recordings.look_at(films[-1], 0, 2.0)
        recorded.read()
    assert 0 < recorded.recordings.held_bytes <= POSTER_BYTES
    assert recorded.look(films[-1]).picture is not None
    # Its shape is not forgotten, so nothing jumps when it is looked at again.
    assert recorded.recordings.natural_size(recorded_part(films[0])) == (640, 352)


def test_another_chat_ends_what_plays_and_what_is_wished(recorded: Desk) -> None:
    memo = recorded.known("voice memo.m4a")
    recorded.recordings.toggle(memo, 0)
    recorded.recordings.rest()
    assert recorded.playback.key is None
    recorded.recordings.toggle(a_recording("tune.mp3"), 0)
    recorded.recordings.rest()
    recorded.arrive("tune.mp3")
    recorded.look(a_recording("tune.mp3"))
    recorded.read()
    assert recorded.playback.key is None


def test_without_a_sound_output_that_is_said_once(recorded: Desk) -> None:
    memo = recorded.known("voice memo.m4a")
    for _ in range(2):
        recorded.recordings.toggle(memo, 0)
    sentence = "This computer has no sound output: it plays without sound."
    assert recorded.said == ([] if QMediaDevices.audioOutputs() else [sentence])


OWN = own_attachment_id(FileKey("ab12.m4a"))


def _own_memo(recorded: Desk) -> Message:
    """A memo of ours that waits to be sent, read already."""
    part = MediaPart(OWN, "voice memo.m4a", "audio/x-m4a", 1_000, None)
    waiting = replace(MEMO, id=MessageId("local"), parts=(part,))
    recorded.cache.set_media(OWN, MediaFile(MediaState.READY, path=MEDIA / "voice memo.m4a"))
    recorded.look(waiting)
    recorded.read()
    return waiting


def _confirm(recorded: Desk) -> None:
    """Let Linq have it: it lies among its files now, by its name for it."""
    path = MEDIA / "voice memo.m4a"
    recorded.cache.set_media(MEMO_ID, MediaFile(MediaState.READY, path=path, twin=OWN))


def test_what_plays_while_linq_takes_it_plays_on_and_can_be_paused(recorded: Desk) -> None:
    waiting = _own_memo(recorded)
    recorded.recordings.toggle(waiting, 0)
    recorded.until(lambda: recorded.look(waiting).position_ms > 0)
    _confirm(recorded)
    seen = recorded.look(MEMO)
    assert seen.is_current
    assert seen.is_playing
    assert seen.duration_ms == 4_226
    recorded.changed.clear()
    recorded.recordings.toggle(MEMO, 0)
    assert not recorded.look(MEMO).is_playing
    assert MEMO_ID in recorded.changed
    assert recorded.wishes.media.reading == []


def test_what_linq_takes_before_it_is_read_is_read_once_and_plays_as_wished(recorded: Desk) -> None:
    part = MediaPart(OWN, "voice memo.m4a", "audio/x-m4a", 1_000, None)
    waiting = replace(MEMO, id=MessageId("local"), parts=(part,))
    recorded.cache.set_media(OWN, MediaFile(MediaState.READY, path=MEDIA / "voice memo.m4a"))
    recorded.recordings.toggle(waiting, 0)
    _confirm(recorded)
    recorded.read()
    assert recorded.look(MEMO).is_current
    assert not recorded.look(MEMO).is_wished
    assert recorded.wishes.media.reading == []
