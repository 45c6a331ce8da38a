"""The colours of celebration: of pictures, not of controls, hence apart from the theme."""

from PySide6.QtGui import QColor


def _colours(*names: str) -> tuple[QColor, ...]:
    return tuple(QColor(name) for name in names)


PAPER = _colours("#FF3B5C", "#FF9500", "#FFCC00", "#34C759", "#00B7D4", "#2F7BFF", "#AF52DE", "#FF5FA8")
BALLOON = _colours("#FF3B45", "#FF9F0A", "#FFCC00", "#30B94D", "#0A9BFF", "#7D5CFF", "#FF5FA2")
HEART = _colours("#FF2D55", "#FF375F", "#E0245E", "#FF6482", "#FF8FA3")
GOLD = _colours("#FFC53D", "#FFB020", "#FFD874", "#FFE9AE")
GLINT_ON_LIGHT = _colours("#F2A900", "#FFB931", "#E58CFF", "#6AA8FF")
GLINT_ON_DARK = _colours("#FFE08A", "#FFFFFF", "#E5C4FF", "#A9D0FF")
FIRE = _colours("#FF5A5F", "#FFD166", "#5AC8FA", "#7CFF9B", "#C792FF", "#FF8AD8")
NIGHT = QColor("#06070F")
BLACK = QColor("#000000")
WHITE = QColor("#FFFFFF")
PLAIN_BUBBLE = QColor("#0A6CFF")
LASER_HUES = (338, 20, 52, 128, 188, 220, 280)
