"""A stage for each test, in the fonts that the program ships."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from linqdesk.ui.fonts import install_fonts
from linqdesk.ui.theme import LIGHT
from tests.looks.stage import Stage


@pytest.fixture
def stage(qapp: QApplication) -> Iterator[Stage]:
    own_font, own_sheet = qapp.font(), qapp.styleSheet()
    install_fonts(qapp)
    made = Stage(LIGHT)
    yield made
    made.close()
    qapp.setFont(own_font)
    qapp.setStyleSheet(own_sheet)
