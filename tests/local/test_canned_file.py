import stat
from pathlib import Path

import pytest

from linqdesk.domain.canned import CannedReply
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.message import Effect
from linqdesk.local.canned_file import (
    LARGEST_BYTES,
    change_canned,
    keep_file,
    load_canned,
    look_at,
    path_of,
)
from tests.local.written_replies import write_replies

DECORATIONS = (Decoration(0, 5, style="bold"), Decoration(6, 9, animation="shake"))


def test_replies_come_back_as_they_were(tmp_path: Path) -> None:
    file = tmp_path / "own" / "canned.toml"
    replies = (
        CannedReply("thanks", 'Thank "you"\nvery much 👍🏽', DECORATIONS, Effect("screen", "confetti")),
        CannedReply("hours", "9 to 18"),
    )
    write_replies(file, replies)
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
    # The name of the draft beside it is longer than a name may be.
    with pytest.raises(LocalFaultError, match="could not be saved"):
        write_replies(tmp_path / ("x" * 250), (CannedReply("a", "b"),))
    with pytest.raises(LocalFaultError, match="larger than 1 MB"):
        write_replies(tmp_path / "large.toml", (CannedReply("a", "b" * LARGEST_BYTES),))
    assert [each.name for each in tmp_path.iterdir()] == ["canned.toml"]


def test_a_teams_file_stays_readable_to_them_and_a_link_a_link(tmp_path: Path) -> None:
    shared, link = tmp_path / "team.toml", tmp_path / "canned.toml"
    shared.write_text("# ours\n")
    shared.chmod(0o664)
    link.symlink_to(shared)
    write_replies(link, (CannedReply("a", "b"),))
    assert link.is_symlink()
    assert stat.S_IMODE(shared.stat().st_mode) == 0o664
    assert shared.read_text().startswith("# ours\n")


def test_what_a_colleague_writes_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    file, colleague = tmp_path / "canned.toml", CannedReply("theirs", "Hi")
    seen: list[tuple[CannedReply, ...]] = []

    def change(there: tuple[CannedReply, ...]) -> tuple[CannedReply, ...]:
        seen.append(there)
        if len(seen) == 1:
            write_replies(file, (colleague,))
        return (*there, CannedReply("ours", "Ho"))

    kept = change_canned(file, change)
    assert seen == [(), (colleague,)]
    assert load_canned(file) == kept == (colleague, CannedReply("ours", "Ho"))


def test_a_file_that_changes_all_the_time_is_left_alone_and_said(tmp_path: Path) -> None:
    file = tmp_path / "canned.toml"

    def change(there: tuple[CannedReply, ...]) -> tuple[CannedReply, ...]:
        write_replies(file, (*there, CannedReply(f"theirs {len(there)}", "Hi")))
        return (CannedReply("ours", "Ho"),)

    with pytest.raises(LocalFaultError, match="keeps changing"):
        change_canned(file, change)
    assert "ours" not in {each.name for each in load_canned(file)}


def test_files_are_looked_at_where_they_are(tmp_path: Path) -> None:
    file, source = tmp_path / "canned.toml", tmp_path / "a.pdf"
    source.write_bytes(b"1234")
    kept = keep_file(file, source, "a.pdf")
    there, missing = look_at(file, (kept, "canned files/gone.pdf"))
    assert (there.name, there.size_bytes) == ("a.pdf", 4)
    assert (missing.name, missing.size_bytes) == ("gone.pdf", None)
    assert look_at(file, ("x" * 400,))[0].size_bytes is None


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
    write_replies(file, (CannedReply("price", "Our prices", files=("canned files/a.pdf",)),))
    assert load_canned(file)[0].files == ("canned files/a.pdf",)
    file.write_text(
        "[[reply]]\nname = 'x'\ntext = 'y'\n"
        "files = ['/etc/passwd', '../secret', 'C:\\\\x', 'a/../../b', '', 3, 'b.pdf']"
    )
    assert load_canned(file)[0].files == ("b.pdf",)
