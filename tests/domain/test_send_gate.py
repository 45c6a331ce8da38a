from dataclasses import replace
from datetime import timedelta

import pytest

from linqdesk.domain.blocking import BlockedHandle, BlockList
from linqdesk.domain.chat import Chat, ChatHandle, ChatHealth, HealthStatus, MemberStatus
from linqdesk.domain.errors import ApiDetails, NotAllowedError
from linqdesk.domain.ids import AttachmentId, Handle
from linqdesk.domain.message import MediaPart, TextPart
from linqdesk.domain.outgoing import OutgoingMessage, OutgoingState
from linqdesk.domain.send_gate import Lock, LockReason, is_critical, lock_of, opening_lock, stop_word
from linqdesk.domain.service import Service
from tests.store.messages import BEGAN, LINE, a_chat, a_message, a_send


def _with_health(status: HealthStatus) -> Chat:
    return replace(a_chat(), health=ChatHealth(status, status.value))


@pytest.mark.parametrize(
    "said",
    ["STOP", " STOP\n", "UNSUBSCRIBE", "OPTOUT", "CANCEL", "END", "QUIT", "opt out", "Opt-Out", "OPT  OUT"],
)
def test_a_stop_word_as_the_whole_message_locks_at_once(said: str) -> None:
    message = a_message("m", 1, text=said)
    assert lock_of(a_chat(), message) == Lock(LockReason.STOP_WORD, said.strip())


@pytest.mark.parametrize("said", ["stop", "Stop", "STOP it", "please STOP", "ENDE", "START", "opting out"])
def test_other_words_lock_nothing(said: str) -> None:
    assert stop_word(a_message("m", 1, text=said)) is None
    assert lock_of(a_chat(), a_message("m", 1, text=said)) is None


def test_a_stop_word_beside_a_file_is_none() -> None:
    photo = MediaPart(AttachmentId("a"), "a.jpg", "image/jpeg", 1, None)
    assert stop_word(replace(a_message("m", 1), parts=(TextPart("STOP"), photo))) is None
    assert stop_word(replace(a_message("m", 1), parts=(photo,))) is None


def test_groups_are_never_locked_by_a_word() -> None:
    assert lock_of(replace(a_chat(), is_group=True), a_message("m", 1, text="STOP")) is None


@pytest.mark.parametrize("status", list(HealthStatus))
def test_of_all_states_of_health_opted_out_alone_locks(status: HealthStatus) -> None:
    expected = Lock(LockReason.HEALTH) if status is HealthStatus.OPTED_OUT else None
    assert lock_of(_with_health(status), None) == expected
    assert is_critical(_with_health(status)) is (status is HealthStatus.CRITICAL)


def test_a_chat_without_health_is_free() -> None:
    assert lock_of(a_chat(), None) is None
    assert not is_critical(a_chat())


def test_a_chat_that_our_line_left_is_locked() -> None:
    gone = ChatHandle("me", LINE, Service.IMESSAGE, is_me=True, status=MemberStatus.LEFT)
    assert lock_of(replace(a_chat(), handles=(gone,)), None) == Lock(LockReason.LEFT)


def test_who_refused_messages_over_one_line_gets_none_over_any() -> None:
    chat, lock = a_chat(), Lock(LockReason.STOP_WORD, "STOP")
    person = chat.others[0].handle
    assert opening_lock([person], [(a_chat(), None), (chat, lock)]) == lock
    assert opening_lock([Handle("+14155559001")], [(chat, lock)]) is None
    assert opening_lock([person], [(replace(chat, is_group=True), lock)]) is None
    assert opening_lock([person], [(chat, Lock(LockReason.LEFT))]) is None
    assert opening_lock([person, Handle("+14155559001")], [(chat, lock)]) is None


def test_who_is_blocked_is_locked_until_heard_again_and_never_in_a_group() -> None:
    refused = replace(a_send("m", OutgoingState.FAILED), failure=NotAllowedError("no", ApiDetails(403, 2026)))
    other = replace(refused, failure=NotAllowedError("no", ApiDetails(403, 2006)))
    blocked = Lock(LockReason.BLOCKED)
    assert lock_of(a_chat(), None, [other, refused]) == blocked
    assert lock_of(a_chat(), a_message("m", -1), [refused]) == blocked
    assert lock_of(a_chat(), a_message("m", 1), [refused]) is None
    assert lock_of(a_chat(), None, [other]) is None
    assert lock_of(replace(a_chat(), is_group=True), None, [refused]) is None


def _refused(code: int) -> OutgoingMessage:
    return replace(a_send("m", OutgoingState.FAILED), failure=NotAllowedError("no", ApiDetails(403, code)))


def _blocks(*handles: Handle, minutes: int = 0) -> BlockList:
    read_at = _refused(0).created_at + timedelta(minutes=minutes)
    return BlockList(read_at, {each: BlockedHandle(each, "Spam") for each in handles})


def test_who_stands_in_the_list_of_blocks_is_locked_with_its_note_in_direct_chats() -> None:
    chat = a_chat()
    person = chat.others[0].handle
    lock = Lock(LockReason.BLOCKED, "Spam")
    assert lock_of(chat, None, (), _blocks(person)) == lock
    assert "(“Spam”)" in lock.words
    assert lock_of(replace(chat, is_group=True), None, (), _blocks(person)) is None
    assert lock_of(chat, None, (), _blocks(Handle("+14155559001"))) is None
    assert lock_of(replace(chat, handles=()), None, (), _blocks(person)) is None
    assert opening_lock([person], [], _blocks(person)) == lock
    assert opening_lock([person, Handle("+14155559001")], [], _blocks(person)) is None


def test_an_address_is_found_however_it_is_written() -> None:
    blocks = BlockList(BEGAN, {Handle("a@b.test"): BlockedHandle(Handle("a@b.test"))})
    assert blocks.find(Handle("A@b.test")) is not None


def test_a_refusal_for_a_block_counts_until_a_later_list_says_otherwise() -> None:
    chat = a_chat()
    assert lock_of(chat, None, [_refused(2026)], _blocks(minutes=-1)) == Lock(LockReason.BLOCKED)
    assert lock_of(chat, None, [_refused(2026)], _blocks(minutes=1)) is None


def test_a_refusal_for_an_opt_out_locks_a_chat_that_does_not_say_so_until_they_are_heard() -> None:
    healthy = _with_health(HealthStatus.HEALTHY)
    lock = lock_of(healthy, a_message("m", -1), [_refused(2024)], _blocks(minutes=1))
    assert lock == Lock(LockReason.REFUSED)
    assert not lock.is_final
    assert "opted out" in lock.words
    assert lock_of(healthy, a_message("m", 1), [_refused(2024)]) is None
    assert lock_of(replace(healthy, is_group=True), None, [_refused(2024)]) is None
