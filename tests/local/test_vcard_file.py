from pathlib import Path

import pytest

from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.vcard_file import MAX_CARDS, VCard, read_vcards

IPHONE = """BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iPhone OS 18.0//EN
N:Ruiz;Ana;;;
FN:Ana
  Ruiz
item1.TEL;type=CELL;type=VOICE;type=pref:+1 (415) 555-0134
item1.X-ABLabel:_$!<Mobile>!$_
EMAIL;type=INTERNET:ana@example.com
PHOTO;ENCODING=b;TYPE=JPEG:AAAA
 BBBB
NOTE:secret
END:VCARD
"""
OLD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=C3=AB;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB M=C3=BCller
TEL;CELL:0176 5550123
END:VCARD
"""
NEW = """BEGIN:VCARD
VERSION:4.0
FN:Tom Becker
TEL;VALUE=uri;TYPE=cell:tel:+14155550147
EMAIL:mailto:tom@example.com
END:VCARD
"""
FIRM = "BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nFN:\nORG:Fernhill Cycles;Repairs\nTEL:+14155550199\nEND:VCARD\n"


def read(tmp_path: Path, content: str | bytes) -> tuple[tuple[VCard, ...], int]:
    file = tmp_path / "people.vcf"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_vcards(file)


def test_cards_of_every_version_are_read(tmp_path: Path) -> None:
    cards, damaged_count = read(tmp_path, (IPHONE + OLD + NEW + FIRM).replace("\n", "\r\n"))
    assert damaged_count == 0
    assert cards == (
        VCard("Ana Ruiz", ("+1 (415) 555-0134", "ana@example.com")),
        VCard("Zoë Müller", ("0176 5550123",)),
        VCard("Tom Becker", ("+14155550147", "tom@example.com")),
        VCard("Fernhill Cycles Repairs", ("+14155550199",)),
    )


def test_old_letters_are_read_too(tmp_path: Path) -> None:
    cards, _ = read(tmp_path, NEW.replace("Tom", "Zo\xeb").encode("latin-1"))
    assert cards[0].name == "Zo\xeb Becker"


def test_a_damaged_card_costs_no_other(tmp_path: Path) -> None:
    broken = "BEGIN:VCARD\nFN:no colon\nTEL no colon at all\nBEGIN:VCALENDAR\nEND:VCARD\n"
    giant = "BEGIN:VCARD\nVERSION:3.0\nFN:" + "x" * 70_000 + "\nEND:VCARD\n"
    cards, damaged_count = read(tmp_path, giant + broken + NEW + "BEGIN:VCARD\nFN:cut off")
    assert [each.name for each in cards][-1] == "Tom Becker"
    assert len(cards) + damaged_count == 3
    assert damaged_count >= 1


def test_a_picture_is_not_even_read(tmp_path: Path) -> None:
    photo = "PHOTO;ENCODING=b:" + "\n ".join(["A" * 76] * 10_000)
    cards, damaged_count = read(tmp_path, NEW.replace("TEL", photo + "\nTEL"))
    assert (len(cards), damaged_count) == (1, 0)


def test_what_is_no_vcard_file_is_told(tmp_path: Path) -> None:
    for content in (b"", b"\x89PNG\r\n", b"BEGIN:VCALENDAR\nEND:VEVENT"):
        with pytest.raises(LocalFaultError, match="no vCard file"):
            read(tmp_path, content)
    with pytest.raises(LocalFaultError, match="could not be read"):
        read_vcards(tmp_path / "nowhere.vcf")
    with (tmp_path / "giant.vcf").open("wb") as opened:
        opened.truncate(50_000_001)
    with pytest.raises(LocalFaultError, match="too large"):
        read_vcards(tmp_path / "giant.vcf")


def test_there_is_an_end_to_what_is_read(tmp_path: Path) -> None:
    with pytest.raises(LocalFaultError, match="more than 50,000"):
        read(tmp_path, "BEGIN:VCARD\nEND:VCARD\n" * (MAX_CARDS + 1))


def _card(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VCARD", "VERSION:2.1", *lines, "END:VCARD", ""])


def test_who_stands_for_somebody_is_not_taken_for_them(tmp_path: Path) -> None:
    agent = _card("FN:Agent", "TEL:+14155550101", "AGENT:", _card("FN:Theirs", "TEL:+14155550103").rstrip())
    boss = _card("FN:Boss", "AGENT;X=Y:", agent.rstrip(), "TEL:+14155550102")
    cards, damaged_count = read(tmp_path, boss + NEW)
    assert cards == (
        VCard("Boss", ("+14155550102",)),
        VCard("Tom Becker", ("+14155550147", "tom@example.com")),
    )
    assert damaged_count == 0


def test_a_card_that_was_cut_off_costs_the_next_one_nothing(tmp_path: Path) -> None:
    cards, _ = read(tmp_path, "BEGIN:VCARD\nVERSION:3.0\nFN:Cut\n" + NEW)
    assert [each.name for each in cards] == ["Tom Becker"]


def test_old_letters_go_on_in_the_next_line(tmp_path: Path) -> None:
    name = "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=90=D0=BD=\r\n=D0=BD=D0=B0"
    cards, _ = read(tmp_path, _card(name, "TEL;CELL:+14155550102"))
    assert cards == (VCard("Анна", ("+14155550102",)),)


@pytest.mark.parametrize(
    "line",
    [
        "TEL;" + "A=B;" * 15_000,
        "TEL;" + "A=B;" * 15_000 + "!:1",
        'TEL;A="' + '\\"' * 30_000 + ":1",
        "N:" + ";" * 60_000,
        "FN:x\r\n" + " y\r\n" * 15_000,
        "FN;ENCODING=QUOTED-PRINTABLE:" + "=\r\n" * 20_000,
        "AGENT:\r\n" + "BEGIN:VCARD\r\n" * 20_000,
    ],
    ids=["no colon", "odd parameters", "quotes", "empty names", "folds", "soft breaks", "nested"],
)
def test_lines_that_are_made_to_hold_the_reader_up_do_not(tmp_path: Path, line: str) -> None:
    # One of these took the parser for ever; what becomes of its own card is of no account.
    cards, _ = read(tmp_path, _card(line) + "\r\n" + NEW * 8)
    assert cards[-1].name == "Tom Becker"


def test_very_many_numbers_are_no_card_of_a_person(tmp_path: Path) -> None:
    cards, damaged_count = read(tmp_path, _card("FN:Many", *["TEL:1"] * 5_000) + NEW)
    assert ([each.name for each in cards], damaged_count) == (["Tom Becker"], 1)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(LocalFaultError, match="is no file"):
        read_vcards(tmp_path)
