"""`python -m tests.looks FOLDER SHEETS`: draws all states of the window, light and dark, and sheets."""

import sys
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from linqdesk.ui.fonts import install_fonts
from linqdesk.ui.theme import DARK, LIGHT, FontSize, Theme, font
from tests.looks.composer_states import STATES
from tests.looks.panel_states import STATES as PANEL_STATES
from tests.looks.stage import Stage

# The states of the sheets, row by row, and how much of the window's foot is seen of each.
_ON_SHEETS = {
    "writing": (("decorated", "by-sms", "link"), ("parts", "canned-list", "canned-fields")),
    "sending": (("reply", "editing", "refused"), ("critical", "colleague", "stopped")),
}
_FOOT_PX, _GAP_PX, _TITLE_PX = 232, 12, 26


def picture_of(window: QWidget) -> QImage:
    """Return what a window shows, with its open dialogs upon it."""
    image = window.grab().toImage()
    with QPainter(image) as painter:
        for each in QApplication.topLevelWidgets():
            if each is not window and each.parentWidget() is window and each.isVisible():
                place = each.mapToGlobal(QPoint()) - window.mapToGlobal(QPoint())
                painter.drawPixmap(place, each.grab())
    return image


def _foot_of(stage: Stage, picture: QImage) -> QImage:
    """Return the part of a picture in which is written."""
    area = stage.window.area
    corner = area.mapTo(stage.window, QPoint(0, area.height() - _FOOT_PX))
    return picture.copy(QRect(corner.x(), corner.y(), area.width(), _FOOT_PX))


def _sheet_of(rows: tuple[tuple[str, ...], ...], feet: dict[str, QImage], theme: Theme) -> QImage:
    """Return several states under their names."""
    width = next(iter(feet.values())).width()
    across, down = width + _GAP_PX, _FOOT_PX + _TITLE_PX + _GAP_PX
    sheet = QImage(len(rows[0]) * across, len(rows) * down, QImage.Format.Format_RGB32)
    sheet.fill(theme.panel)
    with QPainter(sheet) as painter:
        painter.setFont(font(FontSize.PREVIEW))
        painter.setPen(theme.text_secondary)
        for row, names in enumerate(rows):
            for column, name in enumerate(names):
                place = QRect(column * across, row * down, width, _TITLE_PX)
                words = name.replace("-", " ").capitalize().replace("sms", "SMS")
                painter.drawText(place.adjusted(_GAP_PX, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
                painter.drawImage(place.bottomLeft(), feet[name])
    return sheet


def draw(theme: Theme, folder: Path, sheets: Path) -> None:
    """Draw all states in one theme."""
    feet = {}
    for state in (*STATES, *PANEL_STATES):
        stage = Stage(theme)
        state.enter(stage)
        stage.settle()
        picture = picture_of(stage.window)
        feet[state.name] = _foot_of(stage, picture)
        _save(picture, folder / f"{state.name}-{theme.name}.png")
        stage.close()
    for name, rows in _ON_SHEETS.items():
        _save(_sheet_of(rows, feet, theme), sheets / f"composer-{name}-{theme.name}.png")


def _save(picture: QImage, path: Path) -> None:
    # The least quality is the best compression: PNG loses nothing.
    if not picture.save(str(path), quality=0):
        sys.exit(f"{path} could not be written")


def main(folder: Path, sheets: Path) -> None:
    """Draw everything."""
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    install_fonts(application)
    for each in (folder, sheets):
        each.mkdir(parents=True, exist_ok=True)
    for theme in (LIGHT, DARK):
        draw(theme, folder, sheets)
    sys.stdout.write(f"The pictures are in {folder}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
