from typing import Any

import pytest

from linqdesk.api.told_before import ToldBefore


class Reader:
    """Reads a name, and keeps which it was asked to read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, tree: Any) -> list[str]:
        self.read.append(tree["name"])
        return [tree["name"]]


@pytest.fixture
def reader() -> Reader:
    return Reader()


def test_an_item_that_is_told_as_before_is_not_read_again(reader: Reader) -> None:
    told = ToldBefore[list[str]](2)
    first = told.read({"id": "a", "name": "Ana"}, reader)
    assert told.read({"id": "a", "name": "Ana"}, reader) is first
    assert reader.read == ["Ana"]


@pytest.mark.parametrize("changed", [{"is_group": True}, {"is_group": 1.0}, {"is_group": "1"}])
def test_an_item_that_differs_in_any_way_is_read_again(reader: Reader, changed: dict[str, Any]) -> None:
    told = ToldBefore[list[str]](2)
    told.read({"id": "a", "name": "Ana", "is_group": 1}, reader)
    told.read({"id": "a", "name": "Ana", **changed}, reader)
    assert reader.read == ["Ana", "Ana"]


def test_an_item_is_read_for_each_place_in_which_it_is_told(reader: Reader) -> None:
    told = ToldBefore[list[str]](2)
    told.read({"id": "a", "name": "Ana"}, reader, "here")
    told.read({"id": "a", "name": "Ana"}, reader, "there")
    assert reader.read == ["Ana", "Ana"]


def test_items_without_a_name_are_told_apart(reader: Reader) -> None:
    told = ToldBefore[list[str]](2)
    assert told.read({"name": "Ana"}, reader) == ["Ana"]
    assert told.read({"name": "Ben"}, reader) == ["Ben"]


def test_what_was_told_longest_ago_is_forgotten(reader: Reader) -> None:
    told = ToldBefore[list[str]](2)
    for name in ("Ana", "Ben", "Ana", "Cleo", "Ana", "Ben"):
        told.read({"id": name, "name": name}, reader)
    assert reader.read == ["Ana", "Ben", "Cleo", "Ben"]


def test_an_item_that_cannot_be_read_is_tried_again(reader: Reader) -> None:
    told = ToldBefore[list[str]](2)
    for _ in range(2):
        with pytest.raises(KeyError):
            told.read({"id": "a"}, reader)
    assert told.read({"id": "a", "name": "Ana"}, reader) == ["Ana"]
