from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton

from linqdesk.domain.ids import ChatId, MessageId
from linqdesk.domain.message import ReplyTo
from linqdesk.store.cache import Cache
from linqdesk.ui.composer.composer import Composer
from tests.store.messages import ANA, a_message
from tests.ui.conftest import Wishes

REPLY = ReplyTo(MessageId("m1"))


def _lines(composer: Composer) -> tuple[str, str] | None:
    if composer.reply_strip.isHidden():
        return None
    title, words = (composer.findChild(QLabel, f"reply_strip_{each}") for each in ("title", "words"))
    assert isinstance(title, QLabel)
    assert isinstance(words, QLabel)
    return title.text(), words.text()


def test_the_quote_stands_over_the_field_and_the_answer_carries_it(
    composer: Composer, cache: Cache, wishes: Wishes
) -> None:
    cache.merge_messages(ANA, [a_message("m1", 1, text="When do\nyou open?")], cache.next_sequence())
    assert _lines(composer) is None
    composer.set_reply_to(REPLY)
    assert _lines(composer) == ("Replying to +1 415 555 0134", "When do you open?")
    QTest.keyClicks(composer.edit, "At 9")
    QTest.keyClick(composer.edit, Qt.Key.Key_Return)
    assert wishes.contents[0].reply_to == REPLY
    wishes.sent[0][2](None)
    assert _lines(composer) is None


def test_escape_and_the_cross_drop_the_quote_and_keep_the_text(composer: Composer) -> None:
    QTest.keyClicks(composer.edit, "At 9")
    composer.set_reply_to(REPLY)
    QTest.keyClick(composer.edit, Qt.Key.Key_Escape)
    assert _lines(composer) is None
    composer.set_reply_to(REPLY)
    drop = composer.findChild(QToolButton, "reply_strip_drop")
    assert isinstance(drop, QToolButton)
    drop.click()
    assert _lines(composer) is None
    assert composer.draft().text == "At 9"
    assert composer.draft().reply_to is None


def test_each_chat_has_its_own_quote(composer: Composer, cache: Cache) -> None:
    cache.merge_messages(ANA, [a_message("m1", 1, is_mine=True)], cache.next_sequence())
    composer.set_reply_to(REPLY)
    assert _lines(composer) == ("Replying to yourself", "m1")
    composer.show_chat(ChatId("tom"))
    assert _lines(composer) is None
    composer.show_chat(ANA)
    assert _lines(composer) == ("Replying to yourself", "m1")


def test_a_quote_of_what_is_not_loaded_says_so(composer: Composer) -> None:
    composer.set_reply_to(ReplyTo(MessageId("far")))
    assert _lines(composer) == ("Replying", "Original not loaded")
