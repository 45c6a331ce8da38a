import pytest
from PySide6.QtGui import QFont, QFontMetricsF
from pytestqt.qtbot import QtBot

from linqdesk.domain.ids import RowKey
from linqdesk.store.cache import Cache
from linqdesk.store.view import ThreadRow
from linqdesk.ui.models.message_words import sender_name, sender_number
from linqdesk.ui.thread.name_painting import Who
from tests.store.messages import a_chat, a_message

NUMBER = "+1 415 555 0177"


@pytest.mark.parametrize(("room_px", "shown"), [(400, NUMBER), (150, "…0177"), (0, "…0177")])
def test_a_name_never_stands_without_at_least_the_end_of_its_number(
    qtbot: QtBot, room_px: float, shown: str
) -> None:
    del qtbot
    metrics = QFontMetricsF(QFont())
    assert Who("Tom Baker", NUMBER).number_within(room_px, 90, metrics) == shown


def test_a_number_stands_beside_nothing_where_there_is_none(qtbot: QtBot) -> None:
    del qtbot
    assert Who(NUMBER).number_within(10, 90, QFontMetricsF(QFont())) == ""


def test_a_customer_without_a_name_is_shown_by_the_number_alone() -> None:
    cache = Cache()
    cache.merge_chats([a_chat()])
    row = ThreadRow(RowKey("m"), a_message("m", 1))
    written = sender_name(row, cache)
    assert sender_number(row, written) == ""
    assert sender_number(row, "Ana") == written
