"""Words on one line and icons, as every painter of the thread draws them."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from linqdesk.ui.icons import icon_pixmap

LEFT, RIGHT, CENTRE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter
# Combined once: Python takes longer to combine flags than Qt to draw a word.
_FLAGS = {
    each: (each | Qt.AlignmentFlag.AlignVCenter).value | Qt.TextFlag.TextSingleLine.value
    for each in (LEFT, RIGHT, CENTRE)
}


@dataclass(frozen=True, slots=True)
class Ink:
    """How words on one line are drawn."""

    font: QFont
    colour: QColor
    alignment: Qt.AlignmentFlag = LEFT
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight


def draw_words(painter: QPainter, place: QRectF, words: str, ink: Ink) -> None:
    """Draw words on one line, cut with an ellipsis where they do not fit."""
    painter.setFont(ink.font)
    painter.setPen(ink.colour)
    shown = QFontMetricsF(ink.font).elidedText(words, ink.elide, place.width())
    painter.drawText(place, _FLAGS[ink.alignment], shown)


def draw_icon(painter: QPainter, centre_of: QRectF, name: str, colour: QColor, size_px: int) -> None:
    """Draw an icon in the middle of a place."""
    ratio = painter.device().devicePixelRatio()
    pixmap = icon_pixmap(name, colour.name(), size_px, ratio)
    x, y = centre_of.center().x() - size_px / 2, centre_of.center().y() - size_px / 2
    # On whole pixels of the screen, or its lines blur.
    painter.drawPixmap(
        QRectF(round(x * ratio) / ratio, round(y * ratio) / ratio, size_px, size_px),
        pixmap,
        QRectF(pixmap.rect()),
    )
