import pytest

from linqdesk.domain.errors import (
    ApiDetails,
    LinqDeskError,
    LocalFaultError,
    NotAllowedError,
    RequestRejectedError,
    ServerFaultError,
)
from linqdesk.ui.wording import CODE_WORDS, fault_reason, fault_sentence
from tests.api.error_codes import DOCUMENTED

CODES = sorted({code for code, _, _ in DOCUMENTED})


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence_for_a_person(code: int) -> None:
    sentence = fault_sentence(RequestRejectedError("raw words", ApiDetails(code=code, status=400)))
    assert sentence == f"{CODE_WORDS[code][:1].upper()}{CODE_WORDS[code][1:]}."
    assert "raw words" not in sentence
    assert str(code) not in sentence


def test_no_code_has_a_sentence_that_is_not_documented() -> None:
    assert sorted(CODE_WORDS) == CODES


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (1999, RequestRejectedError, "Linq did not accept this: as said"),
        (2020, NotAllowedError, "Linq does not allow this: as said"),
        (3999, ServerFaultError, "Linq has a problem of its own"),
        (4006, RequestRejectedError, "it could not be delivered: as said"),
        (5999, RequestRejectedError, "Linq could not handle the file: as said"),
        (None, ServerFaultError, "Linq has a problem of its own"),
    ],
)
def test_an_unknown_code_is_told_by_its_range_and_kind(
    code: int | None, kind: type[LinqDeskError], words: str
) -> None:
    assert fault_reason(kind("as said.", ApiDetails(code=code, status=400))) == words


def test_what_never_left_is_not_blamed_on_linq() -> None:
    words = "A chat has 1 to 31 recipients; this one would have 0."
    assert fault_sentence(RequestRejectedError(words)) == words
    assert fault_sentence(LocalFaultError("The disk is full.")) == "The disk is full."
    assert fault_reason(RequestRejectedError("", ApiDetails(status=400))) == "Linq did not accept this"
