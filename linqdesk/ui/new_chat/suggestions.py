"""The list of known people under the field of recipients."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from linqdesk.ui.avatars import paint_avatar
from linqdesk.ui.elided_text import draw_elided
from linqdesk.ui.new_chat.people import Person, second_line
from linqdesk.ui.theme import FontSize, Theme, font, scaled
from linqdesk.ui.wording import SERVICE_NAMES

_ROW_PX, _AVATAR_PX, _PAD_PX, _SERVICE_PX = 44, 28, 10, 72
_PERSON = int(Qt.ItemDataRole.UserRole) + 1


class SuggestionList(QListWidget):
    """Floats over the dialog; the keyboard stays in the field, whose arrow keys move through it."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self._delegate = _PersonDelegate(theme, self)
        self.setObjectName("suggestions")
        self.setAccessibleName("Known people")
        self.setItemDelegate(self._delegate)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(lambda item: self.chosen.emit(item.data(_PERSON)))
        self.itemEntered.connect(self.setCurrentItem)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._delegate.theme = theme
        self.viewport().update()

    def show_people(self, people: Sequence[Person], *, marks_first: bool) -> None:
        """Offer people; nobody hides the list.

        Args:
            people: the likeliest first.
            marks_first: whether Enter takes the first one without an arrow key before.
        """
        self.clear()
        for person in people:
            item = QListWidgetItem(person.name, self)
            item.setData(_PERSON, person)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _spoken(person))
        self.setCurrentRow(0 if people and marks_first else -1)
        self.setFixedHeight(len(people) * scaled(_ROW_PX) + 10)
        self.setVisible(bool(people))
        self.raise_()

    def step(self, by: int) -> None:
        """Mark a neighbour."""
        if self.count():
            at = self.currentRow() if self.currentRow() >= 0 or by > 0 else self.count()
            self.setCurrentRow((at + by) % self.count())

    def current_person(self) -> Person | None:
        """Return who is marked, None while the list is hidden."""
        if self.isHidden() or self.currentRow() < 0:
            return None
        person = self.item(self.currentRow()).data(_PERSON)
        return person if isinstance(person, Person) else None


class _PersonDelegate(QStyledItemDelegate):
    """Paints a person: face, name, handle, service."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of every row."""
        return QSize(0, scaled(_ROW_PX))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw a row."""
        person = index.data(_PERSON)
        if not isinstance(person, Person):
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.selected)
            painter.drawRoundedRect(QRectF(rect), 8, 8)
        top = rect.top() + (rect.height() - _AVATAR_PX) / 2
        disc = QRectF(rect.left() + _PAD_PX, top, _AVATAR_PX, _AVATAR_PX)
        paint_avatar(painter, disc, person.name, person.handle, self.theme)
        self._paint_words(painter, rect, person)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, person: Person) -> None:
        left = rect.left() + _PAD_PX + _AVATAR_PX + 10
        room = QRect(left, rect.top(), rect.right() - left - _SERVICE_PX, rect.height())
        below = second_line(person)
        first = room.adjusted(0, scaled(5), 0, -scaled(20)) if below else room
        draw_elided(painter, first, person.name, font(FontSize.BODY, QFont.Weight.DemiBold), self.theme.text)
        second = room.adjusted(0, scaled(23), 0, -scaled(4))
        draw_elided(painter, second, below, font(FontSize.META), self.theme.text_secondary)
        service = SERVICE_NAMES[person.service] if person.service is not None else ""
        aside = QRect(room.right(), rect.top(), _SERVICE_PX - _PAD_PX, rect.height())
        painter.drawText(aside, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), service)


def _spoken(person: Person) -> str:
    service = SERVICE_NAMES[person.service] if person.service is not None else ""
    return ", ".join(fact for fact in (person.name, second_line(person), service) if fact)
