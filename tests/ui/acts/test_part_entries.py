"""Links and files of a message are opened from its menu, which the keyboard and a screen reader reach."""

from dataclasses import replace

from PySide6.QtCore import Qt

from linqdesk.domain.message import LinkPart, Message, Part, TextPart
from linqdesk.ui.acts.message_menu import Entry
from tests.store.messages import a_message
from tests.ui.acts.conftest import Desk
from tests.ui.thread.rows import a_file, a_photo

SHOP = "See https://shop.example/t/7 and maps.example.org, and https://shop.example/t/7 again"


def _told(desk: Desk, *parts: Part) -> None:
    desk.tell(replace(a_message("told", 9), parts=parts))


def _opened(desk: Desk) -> list[str]:
    """Return the links that are opened from now on, in place of the system's browser."""
    opened: list[str] = []
    desk.view.acts.link_activated.disconnect(desk.desk.links.open)
    desk.view.acts.link_activated.connect(opened.append)
    return opened


def _entries(desk: Desk, part_index: int = 0) -> list[Entry]:
    return [each for each in desk.desk.entries(desk.aim("told", part_index)) if each is not None]


def _press(entries: list[Entry], label: str) -> None:
    act = next(each.act for each in entries if each.label == label)
    assert act is not None
    act()


def test_each_link_of_a_text_is_in_the_menu_by_its_host(at_desk: Desk) -> None:
    _told(at_desk, TextPart(SHOP))
    opened = _opened(at_desk)
    labels = [each.label for each in _entries(at_desk) if each.label.startswith("Open link")]
    assert labels == ["Open link: shop.example", "Open link: maps.example.org"]
    for label in labels:
        _press(_entries(at_desk), label)
    assert opened == ["https://shop.example/t/7", "http://maps.example.org"]


def test_a_card_opens_from_the_menu(at_desk: Desk) -> None:
    _told(at_desk, LinkPart("https://shop.example/t/7"))
    opened = _opened(at_desk)
    _press(_entries(at_desk), "Open link: shop.example")
    assert opened == ["https://shop.example/t/7"]


def test_the_files_of_other_parts_are_reached_from_the_menu_of_any(at_desk: Desk) -> None:
    _told(at_desk, TextPart("Both"), a_photo(), a_file("paper", "application/pdf"))
    done: list[tuple[str, int]] = []
    acts = at_desk.view.acts
    acts.picture_activated.connect(lambda _message, index: done.append(("large", index)))
    acts.file_open_wanted.connect(lambda _message, index: done.append(("open", index)))
    acts.file_save_wanted.connect(lambda _message, index: done.append(("save", index)))
    photo, paper = "cat.jpg", "paper"
    menus = {each.label: list(each.entries) for each in _entries(at_desk) if each.entries}
    _press(menus[photo], "View large")
    _press(menus[paper], "Open in another program")
    _press(menus[paper], "Save…")
    assert done == [("large", 1), ("open", 2), ("save", 2)]
    # The part that has the focus needs no menu of its own.
    assert paper not in {each.label for each in _entries(at_desk, 2)}
    assert photo in {each.label for each in _entries(at_desk, 2)}


def test_a_screen_reader_says_where_links_and_files_are_opened(at_desk: Desk) -> None:
    def described(message: Message) -> str:
        at_desk.tell(message)
        index = at_desk.view.messages.index(at_desk.position(message.id))
        return str(index.data(Qt.ItemDataRole.AccessibleDescriptionRole))

    plain = a_message("plain", 10, text="Nothing to open")
    assert "menu" not in described(plain)
    linked = replace(a_message("linked", 11), parts=(TextPart(SHOP), a_photo()))
    assert described(linked).endswith("its links and files are in its menu, Shift+F10")
