"""Hostile words in every place of the window: plain text, within bounds, nothing of theirs obeyed."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.decorations import Decoration, clip
from linqdesk.domain.ids import AttachmentId, ChatId, Handle, MessageId
from linqdesk.domain.message import (
    Effect,
    LinkPart,
    MediaPart,
    Message,
    Part,
    Reaction,
    ReplyTo,
    TextPart,
    UnknownPart,
)
from linqdesk.domain.outgoing import Draft
from linqdesk.store.cache import Cache
from linqdesk.ui.acts.aim import Aim
from linqdesk.ui.theme import LIGHT
from linqdesk.ui.thread.thread_view import ThreadView
from linqdesk.ui.windows.main_window import MainWindow
from tests.store.messages import a_chat, a_message
from tests.ui.conftest import Wishes
from tests.ui.hostile import HOSTILE_TEXTS, RED

_LIES = ((5, 2), (-1, 3), (0, 10**9), (3, 4), (7, 7), (1, 2))
_KINDS = ("image/jpeg", "video/mp4", "audio/amr", "text/vcard", "application/x-evil")


def _parts(text: str) -> list[tuple[Part, ...]]:
    lies = (Decoration(start, end, "bold") for start, end in _LIES)
    crowd = (
        Reaction(Handle(text or "+0"), is_me=False, kind="custom", custom_emoji=text),
        Reaction(Handle("+14155550110"), is_me=True, kind=text),
    )
    files = [MediaPart(AttachmentId(kind), text, kind, -1, text, crowd) for kind in _KINDS]
    return [
        (TextPart(text, clip(lies, text), crowd),),
        tuple(files),
        (LinkPart(text, crowd),),
        (UnknownPart(text, text),),
        (UnknownPart("imessage_app", json.dumps({"app": {"name": text}, "layout": {"caption": text}})),),
        (UnknownPart("app_clip", json.dumps({"url": text})),),
        (),
    ]


def _messages(chat_id: ChatId, text: str) -> list[Message]:
    """Return what somebody says who puts one text wherever Linq takes any."""
    made = []
    for number, parts in enumerate(_parts(text)):
        for is_mine in (False, True):
            name = f"{chat_id}-{number}-{is_mine}"
            plain = a_message(name, 2 * number + is_mine, is_mine=is_mine)
            made.append(
                replace(
                    plain,
                    chat_id=chat_id,
                    parts=parts,
                    sender=Handle(text) if text and not is_mine else plain.sender,
                    effect=Effect(text, text),
                    reply_to=ReplyTo(MessageId(f"{chat_id}-0-False"), 99 * is_mine),
                )
            )
    return made


def _told(cache: Cache, text: str, number: int) -> ChatId:
    """Tell the cache of a chat in which everything is called alike, and which is renamed meanwhile."""
    chat_id = ChatId(f"hostile-{number}")
    chat = replace(a_chat(chat_id, minute=number + 1, name=text), is_group=number % 2 == 0)
    cache.merge_chats([replace(chat, display_name="before")])
    cache.merge_messages(chat_id, _messages(chat_id, text), cache.next_sequence())
    cache.merge_chats([replace(chat, updated_at=chat.updated_at.replace(hour=23))])
    cache.set_draft(chat_id, Draft(text))
    return chat_id


def _has_canary(image: QImage) -> bool:
    pixels = bytes(image.convertToFormat(QImage.Format.Format_RGB32).constBits())
    red = QColor(RED)
    wanted = bytes((red.blue(), red.green(), red.red(), 255))
    at = pixels.find(wanted)
    while at > 0 and at % 4:
        at = pixels.find(wanted, at + 1)
    return at >= 0


def _guesses(tip: str) -> bool:
    """Tell whether a tooltip would take words for markup."""
    return Qt.mightBeRichText(tip) and not tip.startswith("<p>")


def _faults(root: QWidget) -> list[str]:
    """Return what could show markup: found by walking all widgets that live in a window."""
    faults = []
    for each in [root, *root.findChildren(QWidget)]:
        name = f"{type(each).__name__} {each.objectName()}"
        if isinstance(each, QLabel) and each.text() and each.textFormat() != Qt.TextFormat.PlainText:
            faults.append(f"{name}: not PlainText")
        if isinstance(each, QTextEdit):
            faults.append(f"{name}: a rich editor")
        if _guesses(each.toolTip()):
            faults.append(f"{name}: tooltip {each.toolTip()[:40]}")
        if isinstance(each, QAbstractItemView) and each.model() is not None:
            model = each.model()
            tips = [
                str(model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) or "")
                for row in range(model.rowCount())
            ]
            faults += [f"{name}: row tooltip {tip[:40]}" for tip in tips if _guesses(tip)]
    return faults


def _check_bounds(view: ThreadView) -> None:
    width = view.viewport().width()
    for row in range(view.messages.rowCount()):
        layout = view.arrangement.layout_of(row)
        for piece in layout.pieces:
            assert piece.box.left() >= 0, piece
            assert piece.box.right() <= width, piece
            assert piece.box.bottom() <= layout.height_px, piece


def _pages(window: MainWindow) -> list[QImage]:
    """Return pictures of a whole thread, page by page."""
    view = window.area.messages
    bar, pages = view.verticalScrollBar(), []
    bar.setValue(0)
    while True:
        pages.append(window.grab().toImage())
        before = bar.value()
        bar.setValue(before + view.viewport().height())
        if bar.value() == before:
            return pages


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(RED))
    path = tmp_path / "canary.png"
    assert image.save(str(path))
    return path


@pytest.fixture
def window(cache: Cache, wishes: Wishes, qtbot: QtBot) -> MainWindow:
    made = MainWindow(cache, wishes, LIGHT)
    qtbot.addWidget(made)
    made.resize(1_100, 900)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.mark.parametrize("number", range(len(HOSTILE_TEXTS)))
def test_hostile_words_stay_words_wherever_they_stand(
    window: MainWindow, cache: Cache, wishes: Wishes, canary: Path, number: int
) -> None:
    text = HOSTILE_TEXTS[number].replace("CANARY", str(canary))
    chat_id = _told(cache, text, number)
    window.open_chat(chat_id)
    window.open_panel()
    _check_bounds(window.area.messages)
    assert not any(map(_has_canary, _pages(window)))
    assert _faults(window) == []
    for dialog in _dialogs(window, text):
        assert not _has_canary(dialog.grab().toImage())
        assert _faults(dialog) == []
    assert wishes.media.opening == []
    assert wishes.media.saving == []


def _dialogs(window: MainWindow, text: str) -> list[QDialog]:
    """Open every dialog that a message leads to, and return them."""
    page, view = window.area.build(), window.area.messages
    page.toast.say(text or "x")
    row = view.messages.row_at(0)
    assert isinstance(row.content, Message)
    for entry in page.desk.entries(Aim(row, row.content)):
        if entry is not None and entry.act is not None and entry.label.endswith("…"):
            entry.act()
    page.desk.links.open(text or "x")
    return [each for each in window.findChildren(QDialog) if each.isVisible()]


def test_a_canary_would_be_seen(qtbot: QtBot, canary: Path) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    label.setText(f'<img src="{canary}">')
    assert _has_canary(label.grab().toImage())
    assert _faults(label) == ["QLabel : not PlainText"]
