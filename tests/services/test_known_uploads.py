from dataclasses import replace

from linqdesk.domain.ids import AttachmentId
from linqdesk.services.known_uploads import KnownUploads
from tests.domain.files import a_file
from tests.services.virtual import VirtualClock

CAT = a_file("cat.jpg")


async def test_an_upload_is_known_for_half_a_day_by_its_bytes_type_and_name() -> None:
    clock = VirtualClock()
    known = KnownUploads(clock)
    known.note(CAT, AttachmentId("a1"))
    again = replace(CAT, key=a_file("other").key)
    assert known.find(again) == "a1"
    assert known.find(replace(CAT, name="tom.jpg")) is None
    assert known.find(replace(CAT, sha256="other")) is None
    await clock.run(11 * 3_600)
    assert known.find(again) == "a1"
    await clock.run(3_601)
    assert known.find(again) is None


def test_what_linq_has_lost_or_another_account_had_is_forgotten() -> None:
    known = KnownUploads(VirtualClock())
    known.note(CAT, AttachmentId("a1"))
    known.forget(CAT)
    assert known.find(CAT) is None
    known.note(CAT, AttachmentId("a2"))
    known.clear()
    assert known.find(CAT) is None


def test_an_attachment_is_used_again_only_by_a_later_message() -> None:
    known = KnownUploads(VirtualClock())
    assert known.take(CAT) is None
    known.note(CAT, AttachmentId("a1"))
    sent = replace(CAT, attachment_id=AttachmentId("a1"))
    assert not known.is_used_again(sent)
    assert known.take(CAT) == "a1"
    assert known.is_used_again(sent)
    known.forget(CAT)
    known.forget(CAT)
    assert not known.is_used_again(sent)
