"""A recipient as a chip: who it is, how they can be reached, and a way to take them out again."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from linqdesk.domain.capability import Reach
from linqdesk.ui.avatars import paint_avatar
from linqdesk.ui.names import format_handle
from linqdesk.ui.new_chat.people import Person
from linqdesk.ui.new_chat.reach_words import is_out_of_reach, reach_words
from linqdesk.ui.theme import FOCUS_RING_PX, FontSize, Theme, font, grown, mixed
from linqdesk.ui.tooltips import plain_tip

_HEIGHT_PX, _WORDS_PX = 28, 18
_AVATAR_PX, _PAD_PX, _GAP_PX, _CROSS_PX = 20, 4, 6, 22
_MAX_NAME_PX = 220
_REMOVING = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}


def chip_height_px() -> int:
    """Return how high a chip is, and the field beside it."""
    return grown(_HEIGHT_PX, _WORDS_PX)


class RecipientChip(QAbstractButton):
    """Taken out by its cross, or by Delete while it has the focus; the arrow keys go to its neighbours."""

    removal_wanted = Signal(object)
    stepped = Signal(object, int)

    def __init__(self, person: Person, theme: Theme, parent: QWidget) -> None:
        """Show a person of whose reach nothing is known yet."""
        super().__init__(parent)
        self.person = person
        self.reach: Reach | None = None
        self.theme = theme
        self._is_over_cross = False
        self.setObjectName("recipient")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.show_reach(None)

    def show_reach(self, reach: Reach | None) -> None:
        """Say how the person can be reached."""
        self.reach = reach
        written = format_handle(self.person.handle)
        facts = [self.person.name, written if written != self.person.name else "", reach_words(reach)]
        spoken = ", ".join(fact for fact in facts if fact)
        self.setAccessibleName(f"Recipient {spoken}")
        self.setAccessibleDescription("Delete removes")
        self.setToolTip(plain_tip(spoken))
        self.resize(self.sizeHint())
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Return the size that all words need."""
        return QSize(self._cross_left() + _CROSS_PX, chip_height_px())

    def _name(self) -> str:
        metrics = QFontMetrics(_name_font())
        return metrics.elidedText(self.person.name, Qt.TextElideMode.ElideRight, _MAX_NAME_PX)

    def _cross_left(self) -> int:
        left = _PAD_PX + _AVATAR_PX + _GAP_PX + QFontMetrics(_name_font()).horizontalAdvance(self._name())
        words = reach_words(self.reach)
        if words:
            left += _GAP_PX + QFontMetrics(font(FontSize.META)).horizontalAdvance(words)
        return left + _PAD_PX

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a pill."""
        theme, is_lost = self.theme, is_out_of_reach(self.reach)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_pill(painter, is_lost=is_lost)
            middle = self.height() / 2
            disc = QRectF(_PAD_PX, middle - _AVATAR_PX / 2, _AVATAR_PX, _AVATAR_PX)
            paint_avatar(painter, disc, self.person.name, self.person.handle, theme)
            left = _PAD_PX + _AVATAR_PX + _GAP_PX
            name = self._name()
            self._paint_words(painter, left, name, _name_font(), theme.text)
            left += QFontMetrics(_name_font()).horizontalAdvance(name) + _GAP_PX
            colour = theme.danger if is_lost else theme.text_secondary
            self._paint_words(painter, left, reach_words(self.reach), font(FontSize.META), colour)
            self._paint_cross(painter)

    def _paint_pill(self, painter: QPainter, *, is_lost: bool) -> None:
        theme = self.theme
        painter.setBrush(mixed(theme.field, theme.text, 0.08))
        line = theme.danger if is_lost else theme.text if theme.outline_px else None
        painter.setPen(Qt.PenStyle.NoPen if line is None else QPen(line, 1))
        inset = 0.5 if line is not None else 0.0
        if self.hasFocus():
            painter.setPen(QPen(theme.accent, FOCUS_RING_PX))
            inset = FOCUS_RING_PX / 2
        rect = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)

    def _paint_words(self, painter: QPainter, left: int, words: str, face: QFont, colour: QColor) -> None:
        painter.setFont(face)
        painter.setPen(colour)
        rect = QRectF(left, 0, self.width(), self.height())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)

    def _paint_cross(self, painter: QPainter) -> None:
        centre = QPointF(self._cross_left() + _CROSS_PX / 2 - 2, self.height() / 2)
        if self._is_over_cross:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.hover)
            painter.drawEllipse(centre, 9, 9)
        colour = self.theme.text if self._is_over_cross else self.theme.text_secondary
        painter.setPen(QPen(colour, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for way in (1, -1):
            painter.drawLine(centre + QPointF(-3.5, -3.5 * way), centre + QPointF(3.5, 3.5 * way))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where a click removes."""
        self._note_over(is_over=event.position().x() >= self._cross_left() - _PAD_PX)
        super().mouseMoveEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        """Take the mark of the cross away."""
        self._note_over(is_over=False)
        super().leaveEvent(event)

    def _note_over(self, *, is_over: bool) -> None:
        if is_over != self._is_over_cross:
            self._is_over_cross = is_over
            self.setCursor(Qt.CursorShape.PointingHandCursor if is_over else Qt.CursorShape.ArrowCursor)
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Remove by a click on the cross."""
        super().mouseReleaseEvent(event)
        is_inside = self.rect().contains(event.position().toPoint())
        if is_inside and event.position().x() >= self._cross_left() - _PAD_PX:
            self.removal_wanted.emit(self.person.handle)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove, or go to a neighbour."""
        key = Qt.Key(event.key())
        if key in _REMOVING:
            self.removal_wanted.emit(self.person.handle)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.stepped.emit(self.person.handle, 1 if key == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)


def _name_font() -> QFont:
    return font(FontSize.PREVIEW)
