"""Films what moves as strips of frames, to look at: `python -m tests.ui.effects.film_strips FOLDER`.

A file instead of a folder, such as README's picture, gets one frame of each screen effect.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from linqdesk.domain.decorations import Decoration, utf16_length
from linqdesk.ui.effects.bubble_motion import motion
from linqdesk.ui.effects.pose import take
from linqdesk.ui.effects.screen.catalogue import SCREEN_EFFECTS
from linqdesk.ui.effects.screen.scene import Scene
from linqdesk.ui.effects.text_animation import MovingText
from linqdesk.ui.effects.text_motion import SHAPES, TURN_S
from linqdesk.ui.fonts import install_fonts
from linqdesk.ui.theme import DARK, LIGHT, RADIUS_BUBBLE_PX, Fill, FontSize, Theme, font
from tests.ui.effects.laid_out import laid_out

_FRAMES = 10
_SHEET_COLUMNS, _SHEET_FRAME = 4, 4
_AREA = QRectF(0, 0, 640, 480)
_BUBBLE = QRectF(396, 360, 220, 36)
_WORDS = "Congratulations, you did it!"
_MOVED = "It moves 👩🏽\u200d🚀 e\u0301 سلام"


def _draw_bubble(painter: QPainter, box: QRectF, words: str, fill: Fill) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill.surface)
    painter.drawRoundedRect(box, RADIUS_BUBBLE_PX, RADIUS_BUBBLE_PX)
    painter.setPen(fill.text)
    painter.setFont(font(FontSize.BODY))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _frame(theme: Theme, area: QRectF = _AREA) -> QImage:
    image = QImage(area.size().toSize(), QImage.Format.Format_RGB32)
    image.fill(theme.window)
    return image


def _screen(name: str, theme: Theme) -> list[QImage]:
    picture = QPixmap(_BUBBLE.size().toSize())
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_bubble(painter, QRectF(picture.rect()), _WORDS, theme.imessage)
    effect = SCREEN_EFFECTS[name](Scene(_AREA, theme.is_dark, 1.0, _BUBBLE, picture), 7)
    frames = []
    for number in range(_FRAMES):
        frames.append(_frame(theme))
        with QPainter(frames[-1]) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for row in range(6):
                _draw_bubble(
                    painter, QRectF(24, 24 + 52 * row, 300, 36), "What was said before", theme.incoming
                )
            _draw_bubble(painter, _BUBBLE, _WORDS, theme.imessage)
            effect.paint(painter, effect.duration_s * (number + 0.5) / _FRAMES)
    return frames


def _bubble(name: str, theme: Theme) -> list[QImage]:
    box = QRectF(200, 90, 160, 36)
    way = motion(name, box.width())
    assert way is not None
    frames = []
    for number in range(_FRAMES):
        frames.append(_frame(theme, QRectF(0, 0, 380, 140)))
        with QPainter(frames[-1]) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            time_s = way.duration_s * number / (_FRAMES - 1)
            _draw_bubble(painter, QRectF(20, 20 - way.jolt(time_s), 90, 36), "Hello?", theme.incoming)
            pivot = QPointF(box.right() - 12, box.top() + box.height() * way.pivot_share)
            take(painter, way.at(time_s), pivot)
            _draw_bubble(painter, box, "Congratulations", theme.imessage)
    return frames


def _text(name: str, theme: Theme) -> list[QImage]:
    moving = MovingText(laid_out(_MOVED), [Decoration(0, utf16_length(_MOVED), animation=name)])
    frames = []
    for number in range(_FRAMES):
        frames.append(_frame(theme, QRectF(0, 0, 190, 48)))
        with QPainter(frames[-1]) as painter:
            painter.setPen(theme.text)
            moving.paint(painter, QPointF(14, 14), TURN_S * number / _FRAMES)
    return frames


def _strip(frames: list[QImage]) -> QImage:
    width, height = frames[0].width(), frames[0].height()
    strip = QImage((width + 4) * len(frames), height, QImage.Format.Format_RGB32)
    strip.fill(Qt.GlobalColor.gray)
    with QPainter(strip) as painter:
        for number, frame in enumerate(frames):
            painter.drawImage(number * (width + 4), 0, frame)
    return strip


def _sheet(theme: Theme) -> QImage:
    """Return one frame of each screen effect, each with its name."""
    step = QRectF(0, 0, _AREA.width() / 2 + 8, _AREA.height() / 2 + 30)
    rows = -(-len(SCREEN_EFFECTS) // _SHEET_COLUMNS)
    sheet = QImage(
        round(step.width()) * _SHEET_COLUMNS, round(step.height()) * rows, QImage.Format.Format_RGB32
    )
    sheet.fill(theme.panel)
    with QPainter(sheet) as painter:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(font(FontSize.META))
        painter.setPen(theme.text)
        for number, name in enumerate(SCREEN_EFFECTS):
            row, column = divmod(number, _SHEET_COLUMNS)
            corner = QPointF(column * step.width() + 4, row * step.height() + 4)
            frame = _screen(name, theme)[_SHEET_FRAME]
            painter.drawImage(QRectF(corner.x(), corner.y(), _AREA.width() / 2, _AREA.height() / 2), frame)
            painter.drawText(corner + QPointF(4, _AREA.height() / 2 + 17), name.replace("_", " "))
    return sheet


def main() -> None:
    folder = Path(sys.argv[1])
    application = QApplication(sys.argv[:1])
    install_fonts(application)
    if folder.suffix:
        _sheet(LIGHT).save(str(folder))
        return
    folder.mkdir(parents=True, exist_ok=True)
    for theme in (LIGHT, DARK):
        films = [(_screen, name) for name in SCREEN_EFFECTS]
        films += [(_bubble, name) for name in ("slam", "loud", "gentle")]
        films += [(_text, name) for name in SHAPES]
        for film, name in films:
            _strip(film(name, theme)).save(str(folder / f"{name}-{theme.name}.png"))


if __name__ == "__main__":
    main()
