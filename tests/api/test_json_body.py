import gzip
import json

import pytest

from linqdesk.api.json_body import MAX_BODY_BYTES, packed, parsed, unpacked
from linqdesk.domain.errors import UnexpectedReplyError


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b'{"a": 1',
        b'{"a": NaN}',
        b"[Infinity]",
        b"-Infinity",
        b'{"a": 1, "a": 2}',
        b'[{"deep": {"a": 1, "b": 2, "a": 1}}]',
        b"[" * 100_000,
        b"[" * 66 + b"]" * 66,
        b'{"a":' * 70 + b"1" + b"}" * 70,
        b"1" * 5_000,
        b'{"a": ' + b"9" * 5_000 + b"}",
        b'"\xff\xff"',
        b'{"a": 1} {"b": 2}',
    ],
)
def test_what_is_no_clean_json_is_unexpected(body: bytes) -> None:
    with pytest.raises(UnexpectedReplyError):
        parsed(body)


@pytest.mark.parametrize(
    ("body", "tree"),
    [
        (b"[" * 60 + b"]" * 60, None),
        (b'{"a": {"a": [1, 2.5, null, true]}}', {"a": {"a": [1, 2.5, None, True]}}),
        ("{}".encode("utf-16"), {}),
        ('{"a": "é"}'.encode("utf-16"), {"a": "é"}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
    ],
)
def test_what_json_allows_is_read(body: bytes, tree: object) -> None:
    assert tree is None or parsed(body) == tree
    assert parsed(body) is not None


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb'"a\ud800b"', "a\ufffdb"),
        (rb'"\udc00\ud800"', "\ufffd\ufffd"),
        (rb'"\ud83d\ude00"', "😀"),
        (b'"a\xed\xa0\x80b"', "a\ufffdb"),
    ],
)
def test_lone_surrogates_become_the_replacement_character(body: bytes, text: str) -> None:
    assert parsed(body) == text
    assert parsed(b'[{"k": ' + body + b"}]") == [{"k": text}]
    parsed(body).encode("utf-8")


def test_a_lone_surrogate_in_a_name_is_mended_too() -> None:
    assert parsed(rb'{"\ud800": 1}') == {"\ufffd": 1}


def test_a_small_bomb_makes_no_large_answer() -> None:
    bomb = gzip.compress(bytes(MAX_BODY_BYTES + 1))
    assert len(bomb) < 20_000
    with pytest.raises(UnexpectedReplyError, match="too large"):
        unpacked(bomb, "gzip")
    fits = bytes(MAX_BODY_BYTES)
    assert unpacked(gzip.compress(fits), "x-gzip") == fits


@pytest.mark.parametrize(("body", "encoding"), [(b"no gzip", "gzip"), (b"x", "br"), (b"x", "gzip, gzip")])
def test_what_cannot_be_unpacked_is_unexpected(body: bytes, encoding: str) -> None:
    with pytest.raises(UnexpectedReplyError):
        unpacked(body, encoding)


def test_a_gzip_that_breaks_off_is_unexpected() -> None:
    half = gzip.compress(json.dumps(list(range(1_000))).encode())[:200]
    with pytest.raises(UnexpectedReplyError):
        parsed(unpacked(half, "gzip"))


def test_a_request_is_the_same_bytes_for_the_same_values() -> None:
    assert packed({"b": "é\ud800", "a": [1]}) == rb'{"b":"\u00e9\ud800","a":[1]}'
