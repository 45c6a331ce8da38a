"""Everything about the open chat: who takes part, over which line, how healthy it is."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from linqdesk.domain.chat import Chat
from linqdesk.domain.group_changes import expected, has_left
from linqdesk.domain.rules import check_add_participant
from linqdesk.store.view import CacheView
from linqdesk.ui.handle_drag import dragged_handles
from linqdesk.ui.media.pictures import Pictures
from linqdesk.ui.panels.card import Card
from linqdesk.ui.panels.group_card import FailureNotice, GroupCard
from linqdesk.ui.panels.health_card import HealthCard
from linqdesk.ui.panels.identity import Identity
from linqdesk.ui.panels.line_card import LineCard
from linqdesk.ui.panels.media_card import MediaCard
from linqdesk.ui.panels.notes_card import NotesCard
from linqdesk.ui.panels.participants import ParticipantList
from linqdesk.ui.panels.reasoned_button import ReasonedButton
from linqdesk.ui.panels.share_card import ShareCard
from linqdesk.ui.panels.wishes import PanelWishes
from linqdesk.ui.people_commands import PeopleCommands
from linqdesk.ui.theme import GUTTER_PX, Theme

# Every handle is valid where adding is judged before anybody is named.
_ANYBODY = "+10000000000"


@dataclass(frozen=True, slots=True)
class PanelSources:
    """What the details are read from."""

    cache: CacheView
    people: PeopleCommands
    pictures: Pictures


class DetailsPanel(QScrollArea):
    """The right column; what is wished for in it goes out through `wishes`."""

    def __init__(self, sources: PanelSources, theme: Theme, parent: QWidget) -> None:
        """Start without a chat."""
        super().__init__(parent)
        self._cache = sources.cache
        self._chat: Chat | None = None
        self.wishes = PanelWishes(self)
        self.setObjectName("details_panel")
        self.setAccessibleName("Details of the chat")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(True)
        inside = self._inside = QWidget(self)
        self.identity = Identity(sources.cache, self.wishes, theme, inside)
        self.notice = FailureNotice(inside)
        self.health = HealthCard(theme, inside)
        self.line = LineCard(sources.cache, inside)
        self.group = GroupCard(self.wishes, inside)
        self.people = ParticipantList(sources.cache, self.wishes, theme, inside)
        self.add = ReasonedButton("Add participant…", "Add participant", inside)
        self.share = ShareCard(sources.cache, sources.people, self.wishes, inside)
        self.notes = NotesCard(sources.people, self.wishes, inside)
        self.media = MediaCard(sources.cache, sources.pictures, self.wishes, theme, inside)
        self._members = Card("Participants", inside)
        self.everybody = QPushButton(inside)
        self.everybody.setObjectName("show_everybody")
        self.everybody.setProperty("small", "true")
        self.everybody.hide()
        self._members.add(self.people, self.everybody, self.add)
        self._lay_out(inside)
        self.add.clicked.connect(lambda: self.wishes.add_wanted.emit(()))
        self.people.row_shown.connect(self._on_row_shown)
        self.people.cut.connect(self._on_people_cut)
        self.everybody.clicked.connect(self.people.show_all)

    def _lay_out(self, inside: QWidget) -> None:
        column = QVBoxLayout(inside)
        column.setContentsMargins(GUTTER_PX, GUTTER_PX + 8, GUTTER_PX, GUTTER_PX)
        column.setSpacing(8)
        cards = (self.health, self.line, self._members, self.group, self.share, self.notes, self.media)
        for each in (self.identity, self.notice, *cards):
            column.addWidget(each)
        column.addStretch()
        self.setWidget(inside)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        for each in (self.identity, self.health, self.people, self.media):
            each.set_theme(theme)

    def show_chat(self, chat: Chat) -> None:
        """Show everything about a chat."""
        is_other = self._chat is None or self._chat.id != chat.id
        self._chat = chat
        summary = self._cache.summary(chat.id)
        changes = tuple(each.change for each in summary.changes) if summary is not None else ()
        after = expected(chat, changes)
        self.identity.show_chat(chat)
        self.health.show_chat(chat, summary.lock if summary is not None else None)
        self.line.show_chat(chat)
        self.group.show_chat(chat, changes)
        self.people.show_chat(chat, changes)
        self.add.setVisible(chat.is_group and not has_left(chat))
        self.add.judge(check_add_participant(after, _ANYBODY))
        self.share.setVisible(not has_left(chat))
        self.share.show_chat(chat)
        self.notes.show_chat(chat)
        self.media.show_chat(chat)
        if is_other:
            self.verticalScrollBar().setValue(0)

    def _on_people_cut(self, count: int) -> None:
        words = f"Show {count} more people"
        self.everybody.setText(words)
        self.everybody.setAccessibleName(words)
        self.everybody.setVisible(count > 0)

    def _on_row_shown(self, place: QRect) -> None:
        corner = self.people.viewport().mapTo(self._inside, place.bottomLeft())
        self.ensureVisible(0, corner.y() - place.height(), 0, 8)
        self.ensureVisible(0, corner.y(), 0, 8)

    # Handles that are dropped here are to be added.

    def _takes(self, event: QDropEvent) -> bool:
        chat, handles = self._chat, dragged_handles(event.mimeData())
        if chat is None or not handles:
            return False
        return all(not check_add_participant(chat, each) for each in handles)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take handles of people who may join."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(self._takes(event))

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Ask whether they are to be added."""
        if self._takes(event):
            event.acceptProposedAction()
            self.wishes.add_wanted.emit(dragged_handles(event.mimeData()))
