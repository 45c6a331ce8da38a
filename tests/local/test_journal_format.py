import json
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linqdesk.domain.beginning import Beginning
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.errors import ApiDetails, LinqDeskError, NotAllowedError, RateLimitedError
from linqdesk.domain.ids import AttachmentId, FileKey, Handle, LocalId, MessageId
from linqdesk.domain.message import Effect, ReplyTo
from linqdesk.domain.outgoing import (
    Content,
    Draft,
    OutgoingLink,
    OutgoingMedia,
    OutgoingMessage,
    OutgoingState,
    OutgoingText,
)
from linqdesk.domain.outgoing_files import DraftFile, DraftText, OutgoingFile, OutgoingVoiceMemo
from linqdesk.domain.service import Service
from linqdesk.local.journal_format import read_draft, read_message, write_draft, write_message
from tests.local.unsent import ANA, unsent

# Lone surrogates included: what an editor holds must not stop the journal.
TEXTS = st.text(st.characters(), max_size=40)
DECORATIONS = st.builds(
    Decoration, st.integers(0, 50), st.integers(0, 50), st.none() | TEXTS, st.none() | TEXTS
)
FILES = st.builds(
    OutgoingFile,
    TEXTS.map(FileKey),
    TEXTS,
    TEXTS,
    st.integers(1, 2**40),
    TEXTS,
    st.none() | TEXTS.map(AttachmentId),
)
MEMOS = st.builds(OutgoingVoiceMemo, FILES, st.none() | st.integers(0))
PARTS = (
    st.builds(OutgoingText, TEXTS, st.lists(DECORATIONS, max_size=3).map(tuple))
    | st.builds(OutgoingLink, TEXTS)
    | st.builds(OutgoingMedia, TEXTS.map(AttachmentId), st.none())
    | st.builds(OutgoingMedia, st.none(), TEXTS)
    | FILES
    | MEMOS
)
EFFECTS = st.none() | st.builds(Effect, TEXTS, TEXTS)
REPLIES = st.none() | st.builds(ReplyTo, TEXTS.map(MessageId), st.integers(0, 99))
SERVICES = st.none() | st.sampled_from(Service)
CONTENTS = st.builds(Content, st.lists(PARTS, max_size=4).map(tuple), EFFECTS, REPLIES, SERVICES)
BEGINNINGS = st.none() | st.builds(
    Beginning, TEXTS.map(Handle), st.lists(TEXTS.map(Handle)).map(tuple), st.none() | TEXTS
)
DRAFTS = st.builds(
    Draft,
    TEXTS,
    st.integers(0, 50),
    st.lists(DECORATIONS, max_size=3).map(tuple),
    EFFECTS,
    REPLIES,
    SERVICES,
    st.booleans(),
    st.lists(
        st.builds(DraftFile, FILES, st.booleans(), st.none() | st.integers(0))
        | st.builds(DraftText, TEXTS, st.lists(DECORATIONS, max_size=2).map(tuple)),
        max_size=3,
    ).map(tuple),
    st.none() | st.integers(0, 3),
    BEGINNINGS,
)
MESSAGES = st.builds(
    OutgoingMessage,
    st.builds(lambda: LocalId(str(uuid4()))),
    st.just(ANA),
    st.none() | TEXTS.map(Handle),
    st.datetimes(timezones=st.just(UTC)),
    CONTENTS,
    st.sampled_from(OutgoingState),
    st.none(),
    st.integers(0, 100),
    BEGINNINGS,
)


@given(MESSAGES)
def test_a_message_comes_back_as_it_was(outgoing: OutgoingMessage) -> None:
    assert read_message(write_message(outgoing)) == outgoing


@given(DRAFTS)
def test_a_draft_comes_back_as_it_was(draft: Draft) -> None:
    assert read_draft(write_draft(draft)) == draft


@pytest.mark.parametrize(
    "failure",
    [
        NotAllowedError("opted out", ApiDetails(403, 2024, "https://docs.test", "trace", is_final=True)),
        RateLimitedError("slower", retry_after_s=7.5),
    ],
)
def test_the_reason_of_a_failure_comes_back(failure: LinqDeskError) -> None:
    back = read_message(write_message(replace(unsent(1), failure=failure))).failure
    assert type(back) is type(failure)
    assert back is not None
    assert (back.message, back.details) == (failure.message, failure.details)
    assert getattr(back, "retry_after_s", None) == getattr(failure, "retry_after_s", None)


@pytest.mark.parametrize("spoil", [{"format": 2}, {"state": "far away"}, {"content": {}}, {"created_at": 1}])
def test_what_cannot_be_understood_is_refused(spoil: dict[str, object]) -> None:
    text = json.dumps({**json.loads(write_message(unsent(1))), **spoil})
    with pytest.raises(ValueError, match=r"."):
        read_message(text)


def test_a_part_of_another_version_is_refused() -> None:
    tree = json.loads(write_message(unsent(1)))
    tree["content"]["parts"] = [{"kind": "hologram"}]
    with pytest.raises(ValueError, match="no such part"):
        read_message(json.dumps(tree))


def test_a_draft_of_another_version_is_refused() -> None:
    for text in ("[]", '{"format": 1}', json.dumps({"format": 9, "text": "x"})):
        with pytest.raises(ValueError, match=r"."):
            read_draft(text)


def test_a_draft_of_before_there_were_files_is_still_read() -> None:
    tree = json.loads(write_draft(Draft("half a thought", 4)))
    del tree["tray"], tree["text_at"], tree["as_card"]
    assert read_draft(json.dumps(tree)) == Draft("half a thought", 4)


def test_times_keep_their_zone() -> None:
    outgoing = replace(unsent(1), created_at=datetime(2026, 3, 29, 2, 30, tzinfo=UTC))
    assert read_message(write_message(outgoing)).created_at.tzinfo is not None
