import pytest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.domain.chat import Line
from linqdesk.domain.ids import Handle
from linqdesk.ui.style import wear
from linqdesk.ui.theme import LIGHT
from linqdesk.ui.windows.sign_in_dialog import SignInDialog


@pytest.mark.parametrize(("count", "scrolls"), [(1, False), (5, False), (12, True)])
def test_lines_scroll_only_where_there_are_many(
    qtbot: QtBot, qapp: QApplication, count: int, *, scrolls: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    wear(qapp, LIGHT)
    dialog = SignInDialog(LIGHT, window)
    dialog.welcome([Line(str(each), Handle(f"+1415555{each:04}")) for each in range(count)], "kept")
    dialog.show()
    qapp.processEvents()
    lines = dialog.findChild(QScrollArea, "opened_lines")
    assert isinstance(lines, QScrollArea)
    assert (lines.verticalScrollBar().maximum() > 0) is scrolls
