"""Shows over a chat where what is dragged will go: one lane for files, two where there are sounds."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from linqdesk.ui.theme import FOCUS_RING_PX, RADIUS_BUBBLE_PX, FontSize, Theme, font, mixed
from linqdesk.ui.thread.lettering import CENTRE, Ink, draw_icon, draw_words

_MARGIN_PX, _GAP_PX, _ICON_PX, _LINE_PX = 16, 12, 32, 22
_UNSEEN = QSize(480, 240)
_SHARE, _CHOSEN_SHARE = 0.06, 0.16


@dataclass(frozen=True, slots=True)
class Lane:
    """One place to drop: what it is, what happens there, and whether sounds become voice memos in it."""

    icon: str
    title: str
    detail: str
    is_memo: bool = False


class DropLanes(QWidget):
    """Lies over a chat while something is dragged over it; the chat itself hears of the drag."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.theme = theme
        self._lanes: tuple[Lane, ...] = ()
        self._refusal = ""
        self._chosen: Lane | None = None
        self.setObjectName("drop_lanes")
        self.setAccessibleName("Where files go")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        # Nothing shines through, so that Qt need not paint the chat below for every move of the drag.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hide()

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes that are offered."""
        return self._lanes

    @property
    def chosen(self) -> Lane | None:
        """The lane over which the drag is, None where nothing can be dropped."""
        return self._chosen

    def prepare(self, lanes: tuple[Lane, ...]) -> None:
        """Draw lanes unseen, so that the first drag finds style, icons and letters ready."""
        if self.isHidden():
            self._lanes = lanes
            self.resize(_UNSEEN)
            self.grab()
            self._lanes = ()

    def offer(self, lanes: tuple[Lane, ...]) -> None:
        """Offer lanes, side by side."""
        self._lanes, self._refusal, self._chosen = lanes, "", None
        self.setAccessibleDescription(". ".join(f"{each.title}: {each.detail}" for each in lanes))
        self._cover()

    def refuse(self, words: str) -> None:
        """Say why nothing can be dropped here."""
        self._lanes, self._refusal, self._chosen = (), words, None
        self.setAccessibleDescription(words)
        self._cover()

    def choose_at(self, point: QPointF) -> None:
        """Choose the lane under a point; beside all of them the nearest."""
        places = self.places()
        if not places:
            return
        distances = [abs(point.x() - place.center().x()) for place in places]
        chosen = self._lanes[distances.index(min(distances))]
        if chosen is not self._chosen:
            self._chosen = chosen
            self.update()

    def places(self) -> list[QRectF]:
        """Return where the lanes are, from left to right."""
        count = len(self._lanes)
        whole = QRectF(self.rect()).adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
        width = (whole.width() - _GAP_PX * (count - 1)) / max(1, count)
        return [
            QRectF(whole.left() + number * (width + _GAP_PX), whole.top(), width, whole.height())
            for number in range(count)
        ]

    def _cover(self) -> None:
        over = self.parentWidget()
        if over is not None:
            self.setGeometry(over.rect())
        self.show()
        self.raise_()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lanes in place of the chat."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), self.theme.window)
            for lane, place in zip(self._lanes, self.places(), strict=True):
                self._paint_lane(painter, place, lane)
            if self._refusal:
                self._paint_refusal(painter)

    def _paint_lane(self, painter: QPainter, place: QRectF, lane: Lane) -> None:
        theme, is_chosen = self.theme, lane is self._chosen
        share = _CHOSEN_SHARE if is_chosen else _SHARE
        painter.setBrush(mixed(theme.window, theme.accent, share))
        style = Qt.PenStyle.SolidLine if is_chosen else Qt.PenStyle.DashLine
        painter.setPen(QPen(theme.accent, FOCUS_RING_PX, style))
        painter.drawRoundedRect(place, RADIUS_BUBBLE_PX, RADIUS_BUBBLE_PX)
        self._paint_words(painter, place, (lane.icon, theme.accent), lane.title, lane.detail)

    def _paint_refusal(self, painter: QPainter) -> None:
        place = QRectF(self.rect()).adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
        danger = self.theme.danger
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(danger, FOCUS_RING_PX, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(place, RADIUS_BUBBLE_PX, RADIUS_BUBBLE_PX)
        self._paint_words(painter, place, ("octagon-x", danger), "Nothing can be sent here", self._refusal)

    def _paint_words(
        self, painter: QPainter, place: QRectF, icon: tuple[str, QColor], title: str, detail: str
    ) -> None:
        theme = self.theme
        top = place.center().y() - (_ICON_PX + 2 * _LINE_PX + 8) / 2
        name, colour = icon
        draw_icon(painter, QRectF(place.left(), top, place.width(), _ICON_PX), name, colour, _ICON_PX)
        line = QRectF(place.left() + _GAP_PX, top + _ICON_PX + 8, place.width() - 2 * _GAP_PX, _LINE_PX)
        strong = font(FontSize.HEADER, QFont.Weight.DemiBold)
        draw_words(painter, line, title, Ink(strong, theme.text, CENTRE))
        small = font(FontSize.PREVIEW)
        painter.setFont(small)
        painter.setPen(theme.text_secondary)
        room = line.translated(0, _LINE_PX + 2)
        room.setHeight(3 * _LINE_PX)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(room, int(flags) | int(Qt.TextFlag.TextWordWrap), detail)
