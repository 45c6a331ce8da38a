"""Lends a test the colour emoji that the program brings."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file

from PySide6.QtGui import QFont, QFontDatabase

from linqdesk.local.resource_files import resource
from linqdesk.ui.theme import FontSize, font


@contextmanager
def emoji_font() -> Iterator[QFont]:
    """Yield the usual font with colour emoji behind it; other tests go without them again."""
    with as_file(resource("fonts", "noto-color-emoji")) as folder:
        (file,) = folder.glob("*.ttf")
        added = QFontDatabase.addApplicationFont(str(file))
    made = font(FontSize.BODY)
    made.setFamilies([*made.families(), *QFontDatabase.applicationFontFamilies(added)])
    yield made
    QFontDatabase.removeApplicationFont(added)
