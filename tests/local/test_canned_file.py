from pathlib import Path

import pytest

from linqdesk.domain.canned import CannedReply
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.message import Effect
from linqdesk.local.canned_file import LARGEST_BYTES, keep_file, load_canned, path_of, save_canned

DECORATIONS = (Decoration(0, 5, style="bold"), Decoration(6, 9, animation="shake"))


def test_replies_come_back_as_they_were(tmp_path: Path) -> None:
    file = tmp_path / "own" / "canned.toml"
    replies = (
        CannedReply("thanks", 'Thank "you"\nvery much 👍🏽', DECORATIONS, Effect("screen", "confetti")),
        CannedReply("hours", "9 to 18"),
    )
    save_canned(file, replies)
    assert load_canned(file) == replies
    assert [each.name for each in file.parent.iterdir()] == ["canned.toml"]


def test_a_file_written_by_hand_is_read_and_nonsense_in_it_left_out(tmp_path: Path) -> None:
    file = tmp_path / "canned.toml"
    file.write_text(
        """
        [[reply]]
        name = " two  words "
        text = "Hi"
        effect = {type = "bubble", name = 3}
        decorations = [{range = [0, 2], style = "bold"}, {range = [2, 1], style = "bold"}, {range = 3}, 7]
        [[reply]]
        name = "without text"
        [[reply]]
        name = 3
        text = "x"
        """
    )
    assert load_canned(file) == (CannedReply("two words", "Hi", (Decoration(0, 2, style="bold"),)),)


@pytest.mark.parametrize("content", ['reply = "no list"', "reply = [3]", ""])
def test_a_file_without_replies_has_none(tmp_path: Path, content: str) -> None:
    file = tmp_path / "canned.toml"
    file.write_text(content)
    assert load_canned(file) == ()


def test_no_file_is_no_fault(tmp_path: Path) -> None:
    assert load_canned(tmp_path / "none.toml") == ()


@pytest.mark.parametrize(
    ("content", "said"), [("reply = ", "not valid TOML"), ("#" * (LARGEST_BYTES + 1), "too large")]
)
def test_a_damaged_file_is_left_as_it_is_and_said(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "canned.toml"
    file.write_text(content)
    with pytest.raises(LocalFaultError, match=said):
        load_canned(file)
    assert file.read_text() == content


def test_what_cannot_be_read_or_written_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "canned.toml"
    folder.mkdir()
    with pytest.raises(LocalFaultError, match="could not be read"):
        load_canned(folder)
    with pytest.raises(LocalFaultError, match="could not be saved"):
        save_canned(folder, (CannedReply("a", "b"),))


def test_files_lie_beside_the_replies_under_names_of_their_own(tmp_path: Path) -> None:
    file, source = tmp_path / "team" / "canned.toml", tmp_path / "price list.pdf"
    source.write_bytes(b"cheap")
    first = keep_file(file, source, "../price list.pdf")
    assert first == keep_file(file, source, "../price list.pdf")
    source.write_bytes(b"dear")
    second = keep_file(file, source, "../price list.pdf")
    assert second != first
    assert [path_of(file, each).read_bytes() for each in (first, second)] == [b"cheap", b"dear"]
    assert {each.parent for each in (path_of(file, first), path_of(file, second))} == {
        file.parent / "canned files"
    }
    with pytest.raises(LocalFaultError, match="could not be kept"):
        keep_file(file, tmp_path / "vanished", "a.pdf")


def test_files_of_a_reply_come_back_and_none_from_outside_the_folder(tmp_path: Path) -> None:
    file = tmp_path / "canned.toml"
    save_canned(file, (CannedReply("price", "Our prices", files=("canned files/a.pdf",)),))
    assert load_canned(file)[0].files == ("canned files/a.pdf",)
    file.write_text(
        "[[reply]]\nname = 'x'\ntext = 'y'\n"
        "files = ['/etc/passwd', '../secret', 'C:\\\\x', 'a/../../b', '', 3, 'b.pdf']"
    )
    assert load_canned(file)[0].files == ("b.pdf",)
