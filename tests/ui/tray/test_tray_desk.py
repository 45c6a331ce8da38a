"""The tray over a composer, with files that exist in name only."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QToolButton

from linqdesk.domain.chat import ChatHealth, HealthStatus
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId
from linqdesk.domain.outgoing import Content, Draft, OutgoingText
from linqdesk.domain.outgoing_files import (
    DraftFile,
    DraftText,
    FileChange,
    OutgoingFile,
    OutgoingVoiceMemo,
    Refused,
    Taken,
)
from linqdesk.store.cache import Cache
from linqdesk.ui.composer.composer import Composer
from linqdesk.ui.theme import DARK
from linqdesk.ui.tray.tray_view import TrayView
from tests.domain.files import a_file
from tests.store.messages import ANA, a_chat
from tests.ui.conftest import Wishes
from tests.ui.drop.drags import Drag, files_data

CAT, DOG = Path("/nowhere/cat.jpg"), Path("/nowhere/dog.jpg")
TOM = ChatId("tom")
MEMO = Path("/nowhere/memo.m4a")


def told(wishes: Wishes, at: int, answer: Taken | Refused) -> None:
    """Let the services answer the question at a place."""
    wishes.files.taking[at][1](answer)


def given(composer: Composer, wishes: Wishes, *files: OutgoingFile) -> None:
    """Give files to the open chat, which are all taken."""
    composer.take_files([Path("/nowhere") / each.name for each in files])
    for index, file in enumerate(files):
        told(wishes, -1, Taken(index, file))


def view_of(composer: Composer) -> TrayView:
    return composer.tray.panel.view


def names(composer: Composer) -> list[str]:
    model = view_of(composer).tiles
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def notes(composer: Composer) -> list[str]:
    return [each.words for each in composer.tray.panel.notes.notes]


def plain(said: list[str]) -> list[str]:
    """Return words without the marks that keep a name's direction to itself."""
    return ["".join(sign for sign in each if sign not in "\u2068\u2069") for each in said]


def crosses(composer: Composer) -> list[QToolButton]:
    """Return what dismisses the notes that are shown, from the first to the last."""
    found = composer.tray.panel.notes.findChildren(QToolButton)
    return [each for each in found if each.isVisibleTo(composer)]


def press(composer: Composer, label: str) -> None:
    """Press a button beside the notes."""
    buttons = composer.tray.panel.notes.findChildren(QPushButton)
    (button,) = (each for each in buttons if each.accessibleName() == label and each.isVisible())
    button.click()


def says(composer: Composer) -> str:
    label = composer.findChild(QLabel, "composer_says")
    return label.text() if label is not None and not label.isHidden() else ""


def test_files_are_shown_once_they_are_safe_and_counted(composer: Composer, wishes: Wishes) -> None:
    composer.take_files([CAT, DOG])
    assert wishes.files.taking[0][0] == (CAT, DOG)
    count = composer.tray.panel.count_words
    assert count() == "Copying 2 files…"
    told(wishes, 0, Taken(0, a_file("cat.jpg", size_bytes=2_000_000)))
    assert names(composer) == ["cat.jpg", "Your text"]
    assert count() == "1 file · 2 MB · Copying dog.jpg…"
    told(wishes, 0, Taken(1, a_file("dog.jpg", size_bytes=1_000_000)))
    assert count() == "2 files · 3 MB"
    assert composer.send_button.isEnabled()


def test_files_stand_in_the_order_in_which_they_were_given(composer: Composer, wishes: Wishes) -> None:
    composer.take_files([CAT, DOG])
    told(wishes, 0, Taken(1, a_file("dog.jpg")))
    told(wishes, 0, Taken(0, a_file("cat.jpg")))
    assert names(composer) == ["cat.jpg", "dog.jpg", "Your text"]


def test_a_file_goes_to_the_chat_to_which_it_was_given(
    composer: Composer, wishes: Wishes, cache: Cache
) -> None:
    composer.take_files([CAT])
    composer.show_chat(TOM)
    told(wishes, 0, Taken(0, a_file("cat.jpg")))
    assert names(composer) == []
    composer.show_chat(ANA)
    assert names(composer) == ["cat.jpg", "Your text"]
    summary = cache.summary(ANA)
    assert summary is not None
    assert summary.draft is not None
    assert [each.name for each in summary.draft.files] == ["cat.jpg"]


def test_a_draft_with_files_is_there_again(composer: Composer, cache: Cache) -> None:
    cache.set_draft(TOM, Draft("hi", tray=(DraftFile(a_file("cat.jpg")), DraftText("more")), text_at=0))
    composer.show_chat(TOM)
    assert names(composer) == ["hi", "cat.jpg", "more"]


def test_text_and_files_go_as_one_message_and_the_tray_is_empty_then(
    composer: Composer, wishes: Wishes
) -> None:
    cat = a_file("cat.jpg")
    given(composer, wishes, cat)
    QTest.keyClicks(composer.edit, "look")
    composer.submit()
    assert wishes.contents == [Content((cat, OutgoingText("look")))]
    wishes.sent[0][2](None)
    assert composer.draft() == Draft("")
    assert not composer.tray.panel.isVisible()
    assert wishes.files.discarded == []


def test_files_alone_can_be_sent(composer: Composer, wishes: Wishes) -> None:
    given(composer, wishes, a_file("cat.jpg"))
    composer.submit()
    assert wishes.contents == [Content((a_file("cat.jpg"),))]


def test_sounds_dropped_as_voice_memos_are_messages_of_their_own(composer: Composer, wishes: Wishes) -> None:
    memo = a_file("memo.m4a", "audio/x-m4a")
    composer.take_files([MEMO, CAT], as_memos=True)
    told(wishes, 0, Taken(0, memo))
    told(wishes, 0, Taken(1, a_file("cat.jpg")))
    composer.submit()
    assert wishes.contents == [Content((OutgoingVoiceMemo(memo),)), Content((a_file("cat.jpg"),))]


def test_what_cannot_be_a_voice_memo_is_offered_as_a_file(composer: Composer, wishes: Wishes) -> None:
    large = a_file("memo.m4a", "audio/x-m4a", size_bytes=11 * 1024 * 1024)
    composer.take_files([MEMO], as_memos=True)
    told(wishes, 0, Taken(0, large))
    assert names(composer) == []
    assert "10 MB" in notes(composer)[0]
    press(composer, "Send as a file")
    assert names(composer) == ["memo.m4a", "Your text"]
    assert notes(composer) == []


def test_what_is_refused_says_why_and_holds_up_nothing_else(composer: Composer, wishes: Wishes) -> None:
    composer.take_files([Path("/nowhere/evil\u202egpj.exe"), CAT])
    told(wishes, 0, Refused(0, "evil\u202egpj.exe", "Linq does not carry programs."))
    told(wishes, 0, Taken(1, a_file("cat.jpg")))
    assert names(composer) == ["cat.jpg", "Your text"]
    assert notes(composer) == ["\u2068evilgpj.exe\u2069: Linq does not carry programs."]


def test_a_message_without_what_was_refused_is_held_once(composer: Composer, wishes: Wishes) -> None:
    composer.take_files([CAT])
    told(wishes, 0, Refused(0, "cat.jpg", "The file is empty."))
    QTest.keyClicks(composer.edit, "look")
    composer.submit()
    assert wishes.sent == []
    assert "1 file is not among what is sent" in says(composer)
    composer.submit()
    assert wishes.contents == [Content((OutgoingText("look"),))]


def test_a_message_waits_for_what_is_still_copied(composer: Composer, wishes: Wishes) -> None:
    composer.take_files([CAT])
    QTest.keyClicks(composer.edit, "look")
    composer.submit()
    composer.submit()
    assert wishes.sent == []
    assert says(composer).startswith("Still copying 1 file")


def test_a_format_that_linq_refuses_is_converted_on_request(composer: Composer, wishes: Wishes) -> None:
    copy, made = a_file("a.webp", "image/webp"), a_file("a.jpg")
    composer.take_files([Path("/nowhere/a.webp")])
    told(wishes, 0, Refused(0, "a.webp", "Not carried.", (FileChange.CONVERT,), copy))
    press(composer, "Convert")
    assert wishes.files.changing[0][:2] == (copy, FileChange.CONVERT)
    wishes.files.changing[0][2](LocalFaultError("It is damaged."))
    assert "It is damaged." in notes(composer)[0]
    press(composer, "Convert")
    wishes.files.changing[1][2](made)
    assert names(composer) == ["a.jpg", "Your text"]
    assert wishes.files.discarded == [copy]


def test_what_is_made_of_a_dismissed_file_is_dropped(composer: Composer, wishes: Wishes) -> None:
    copy, made = a_file("a.webp", "image/webp"), a_file("a.jpg")
    composer.take_files([Path("/nowhere/a.webp")])
    told(wishes, 0, Refused(0, "a.webp", "Not carried.", (FileChange.CONVERT,), copy))
    press(composer, "Convert")
    crosses = composer.tray.panel.notes.findChildren(QToolButton)
    crosses[0].click()
    assert wishes.files.discarded == [copy]
    wishes.files.changing[0][2](made)
    assert names(composer) == []
    assert made in wishes.files.discarded


def test_the_focus_goes_to_the_neighbour_of_a_dismissed_note(composer: Composer, wishes: Wishes) -> None:
    composer.take_files([CAT, DOG, MEMO])
    for index, name in enumerate(("cat.jpg", "dog.jpg", "memo.m4a")):
        told(wishes, 0, Refused(index, name, "It is damaged."))
    for place, neighbour in ((1, "memo.m4a"), (1, "cat.jpg")):
        cross = crosses(composer)[place]
        cross.setFocus()
        QTest.keyClick(cross, Qt.Key.Key_Space)
        focused = composer.window().focusWidget()
        assert focused is not None
        assert focused.accessibleName() == "Dismiss"
        assert neighbour in focused.accessibleDescription()
    QTest.keyClick(crosses(composer)[0], Qt.Key.Key_Space)
    assert notes(composer) == []
    assert composer.window().focusWidget() is composer.edit


def test_that_the_location_was_removed_is_said_and_undone(composer: Composer, wishes: Wishes) -> None:
    bare, whole = a_file("cat.jpg"), a_file("cat with place.jpg")
    composer.take_files([CAT])
    told(wishes, 0, Taken(0, bare, (FileChange.KEEP_LOCATION,)))
    assert "removed" in notes(composer)[0]
    press(composer, "Keep location")
    wishes.files.changing[0][2](whole)
    assert names(composer) == ["cat with place.jpg", "Your text"]
    assert notes(composer) == []
    assert wishes.files.discarded == [bare]


def test_keys_walk_move_and_remove(composer: Composer, wishes: Wishes) -> None:
    cat, dog = a_file("cat.jpg"), a_file("dog.jpg")
    given(composer, wishes, cat, dog)
    view = view_of(composer)
    view.setFocus()
    view.setCurrentIndex(view.tiles.index(0))
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert names(composer) == ["dog.jpg", "cat.jpg", "Your text"]
    assert view.currentIndex().row() == 1
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert names(composer) == ["cat.jpg", "Your text"]
    assert view.currentIndex().row() == 0
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert names(composer) == []
    assert composer.edit.hasFocus()


def test_what_was_removed_comes_back_where_it_stood(composer: Composer, wishes: Wishes) -> None:
    given(composer, wishes, *(a_file(f"{name}.jpg") for name in ("cat", "dog", "owl")))
    view = view_of(composer)
    view.setFocus()
    view.setCurrentIndex(view.tiles.index(1))
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert plain(notes(composer)) == ["dog.jpg removed."]
    assert names(composer) == ["cat.jpg", "owl.jpg", "Your text"]
    QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert names(composer) == ["cat.jpg", "dog.jpg", "owl.jpg", "Your text"]
    assert view.currentIndex().row() == 1
    assert view.hasFocus()
    assert notes(composer) == []
    assert wishes.files.discarded == []


def test_all_that_was_removed_comes_back_with_its_texts(composer: Composer, wishes: Wishes) -> None:
    given(composer, wishes, a_file("cat.jpg"))
    QTest.keyClicks(composer.edit, "before")
    view_of(composer).moved.emit(1, 0)
    composer.tray.panel.text_added.emit()
    before = names(composer)
    assert len(before) == 3
    composer.tray.panel.all_removed.emit()
    assert plain(notes(composer)) == ["2 items removed."]
    assert names(composer) == []
    press(composer, "Undo")
    assert names(composer) == before
    assert notes(composer) == []
    assert view_of(composer).hasFocus()


def test_a_removal_is_final_with_the_next_and_when_the_message_goes(
    composer: Composer, wishes: Wishes
) -> None:
    cat, dog, owl = (a_file(f"{name}.jpg") for name in ("cat", "dog", "owl"))
    given(composer, wishes, cat, dog, owl)
    view = view_of(composer)
    view.removed.emit(0)
    assert wishes.files.discarded == []
    view.removed.emit(0)
    assert wishes.files.discarded == [cat]
    QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    assert wishes.files.discarded == [cat, dog]
    assert [each.files for each in wishes.contents] == [(owl,)]
    assert notes(composer) == []


def test_a_removal_that_is_dismissed_is_final(composer: Composer, wishes: Wishes) -> None:
    cat = a_file("cat.jpg")
    given(composer, wishes, cat)
    view_of(composer).removed.emit(0)
    crosses(composer)[0].click()
    assert wishes.files.discarded == [cat]
    assert not composer.tray.panel.isVisible()
    view_of(composer).undo_wished.emit()
    assert names(composer) == []


def test_what_was_removed_from_another_chat_stays_there(
    composer: Composer, wishes: Wishes, cache: Cache
) -> None:
    given(composer, wishes, a_file("cat.jpg"))
    view_of(composer).removed.emit(0)
    cache.merge_chats([a_chat(TOM)])
    composer.show_chat(TOM)
    view_of(composer).undo_wished.emit()
    assert names(composer) == []
    composer.show_chat(ANA)
    press(composer, "Undo")
    assert names(composer) == ["cat.jpg", "Your text"]


def test_a_tile_is_dragged_to_another_place(composer: Composer, wishes: Wishes) -> None:
    given(composer, wishes, a_file("cat.jpg"), a_file("dog.jpg"))
    view = view_of(composer)
    place = view.visualRect(view.tiles.index(0))
    drag = Drag(view.viewport(), view.tile_data(2))
    assert drag.enter(place.center())
    assert drag.drop(QPoint(place.left() + 4, place.center().y()))
    assert names(composer) == ["Your text", "cat.jpg", "dog.jpg"]


def test_the_tray_lets_files_and_foreign_tiles_through(composer: Composer, wishes: Wishes) -> None:
    given(composer, wishes, a_file("cat.jpg"))
    view = view_of(composer)
    assert not Drag(view.viewport(), files_data([DOG])).enter(QPoint(5, 5))
    foreign = QMimeData()
    foreign.setData("application/x-linqdesk-tile", b"\xff 0")
    assert not Drag(view.viewport(), foreign).enter(QPoint(5, 5))


def test_the_cross_of_a_tile_removes_it(composer: Composer, wishes: Wishes) -> None:
    from linqdesk.ui.tray.tile_painting import cross_place

    given(composer, wishes, a_file("cat.jpg"))
    view = view_of(composer)
    place = cross_place(view.visualRect(view.tiles.index(0))).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert names(composer) == []


def test_a_second_text_makes_the_first_a_slip_that_can_be_written_on(
    composer: Composer, wishes: Wishes
) -> None:
    cat = a_file("cat.jpg")
    given(composer, wishes, cat)
    QTest.keyClicks(composer.edit, "before")
    view = view_of(composer)
    view.moved.emit(1, 0)
    assert names(composer) == ["before", "cat.jpg"]
    composer.tray.panel.text_added.emit()
    QTest.keyClicks(composer.edit, "after")
    assert names(composer) == ["before", "cat.jpg", "after"]
    view.chosen.emit(0)
    assert composer.edit.toPlainText() == "before"
    composer.submit()
    assert wishes.contents == [Content((OutgoingText("before"), cat, OutgoingText("after")))]


def test_a_spoken_tile_says_what_it_is_and_where_it_stands(composer: Composer, wishes: Wishes) -> None:
    given(composer, wishes, a_file("cat.jpg", size_bytes=1_200_000))
    model = view_of(composer).tiles
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0).data(role) == "photo cat.jpg, 1.2 MB, 1 of 2"
    assert model.index(1).data(role) == "the text that is being written: nothing yet, 2 of 2"


def test_pasted_files_go_into_the_tray_and_pasted_text_into_the_field(
    composer: Composer, wishes: Wishes
) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setMimeData(files_data([CAT]))
    composer.edit.paste()
    assert [each[0] for each in wishes.files.taking] == [(CAT,)]
    assert composer.edit.toPlainText() == ""
    clipboard.setText("/nowhere/cat.jpg")
    composer.edit.paste()
    assert composer.edit.toPlainText() == "/nowhere/cat.jpg"
    clipboard.clear()


def test_attach_asks_for_files_without_holding_up_the_window(composer: Composer, wishes: Wishes) -> None:
    QTest.keyClick(
        composer.edit,
        Qt.Key.Key_A,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    dialog = composer.findChild(QFileDialog, "attach_files")
    assert dialog is not None
    dialog.filesSelected.emit([str(CAT), str(DOG)])
    assert wishes.files.taking[0][0] == (CAT, DOG)
    dialog.close()


def test_nothing_is_taken_where_nothing_can_be_sent(composer: Composer, wishes: Wishes, cache: Cache) -> None:
    cache.merge_chats([replace(a_chat(), health=ChatHealth(HealthStatus.OPTED_OUT, "OPTED_OUT"))])
    composer.refresh()
    assert not composer.tray.button.isEnabled()
    composer.take_files([CAT])
    composer.show_chat(None)
    composer.take_files([CAT])
    assert wishes.files.taking == []


def test_the_tray_can_be_drawn_in_other_colours(composer: Composer, wishes: Wishes) -> None:
    given(composer, wishes, a_file("cat.jpg"))
    before = composer.tray.panel.grab().toImage()
    composer.set_theme(DARK)
    assert composer.tray.panel.grab().toImage() != before
