"""Which refusals of a voice memo lead to its address, and which to the agent."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from linqdesk.domain.errors import LinqDeskError, NotFoundError, OfflineError, RequestRejectedError
from linqdesk.domain.ids import LocalId
from linqdesk.domain.outgoing import Content, OutgoingMessage
from linqdesk.domain.outgoing_files import OutgoingVoiceMemo
from linqdesk.services.verdict import NOT_READY_CODES, is_certainly_undone
from linqdesk.services.voice_memos import send_memo
from tests.domain.files import a_file
from tests.services.virtual import Network
from tests.store.messages import ANA

FILE = a_file("hello.m4a", "audio/x-m4a", attachment="a1")
MEMO = OutgoingMessage(
    LocalId("memo"), ANA, None, datetime(2026, 3, 1, tzinfo=UTC), Content((OutgoingVoiceMemo(FILE),))
)
ADDRESS = "https://cdn.test/hello.m4a"


class Linq:
    """Refuses memos by attachment with one code, and answers one look at the attachment."""

    def __init__(self, code: int, attachment: tuple[int, Any] | httpx.ConnectError) -> None:
        self._code = code
        self._attachment = attachment
        self.network = Network(self._answer)

    def _answer(self, request: httpx.Request) -> tuple[int, Any]:
        if request.method == "GET":
            if isinstance(self._attachment, httpx.ConnectError):
                raise self._attachment
            return self._attachment
        if b"attachment_id" in request.content:
            return 422, {"error": {"status": 422, "code": self._code, "message": "no"}}
        return 202, {"voice_memo": {"id": "m1", "chat_id": ANA, "created_at": "2026-03-01T00:00:00Z"}}

    async def refusal(self, memo: OutgoingMessage = MEMO) -> LinqDeskError:
        with pytest.raises(LinqDeskError) as caught:
            await send_memo(self.network.client(), memo)
        return caught.value


def looked_at(url: str | None) -> tuple[int, Any]:
    return 200, {"id": "a1", "filename": "hello.m4a", "download_url": url}


async def test_a_refused_attachment_goes_by_its_address() -> None:
    linq = Linq(1003, looked_at(ADDRESS))
    assert (await send_memo(linq.network.client(), MEMO)).id == "m1"
    assert ADDRESS.encode() in linq.network.asked[-1].content


async def test_a_recording_that_is_itself_refused_is_not_tried_by_address() -> None:
    linq = Linq(5004, looked_at(ADDRESS))
    assert (await linq.refusal()).details.code == 5004
    assert len(linq.network.asked) == 1


async def test_an_attachment_without_an_address_is_not_ready_for_some_tries() -> None:
    linq = Linq(1003, looked_at(None))
    assert (await linq.refusal()).details.code in NOT_READY_CODES
    assert isinstance(await linq.refusal(replace(MEMO, attempts=6)), RequestRejectedError)


async def test_a_look_that_fails_never_passes_for_an_ambiguous_send() -> None:
    assert isinstance(await Linq(1003, (500, {})).refusal(), RequestRejectedError)
    offline = await Linq(1003, httpx.ConnectError("")).refusal()
    assert isinstance(offline, OfflineError)
    assert is_certainly_undone(offline)
    assert is_certainly_undone(NotFoundError()) is False


async def test_a_recording_that_is_not_uploaded_never_leaves() -> None:
    linq = Linq(1003, looked_at(ADDRESS))
    memo = OutgoingVoiceMemo(replace(FILE, attachment_id=None))
    assert isinstance(await linq.refusal(replace(MEMO, content=Content((memo,)))), RequestRejectedError)
    assert linq.network.asked == []
