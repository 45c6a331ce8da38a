"""The people of a chat as rows of a Qt model: those who are there, those who come, those who went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from linqdesk.domain.chat import Chat, ChatHandle
from linqdesk.domain.group_changes import GONE, AddMember, GroupChange, LeaveGroup, RemoveMember
from linqdesk.domain.ids import Handle
from linqdesk.domain.service import Service
from linqdesk.store.view import CacheView
from linqdesk.ui.handle_drag import handle_data
from linqdesk.ui.names import format_handle, person_name
from linqdesk.ui.panels.group_words import when_words
from linqdesk.ui.tooltips import plain_tip
from linqdesk.ui.wording import SERVICE_NAMES

_NOWHERE = QModelIndex()
MEMBER_ROLE = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member as it is shown.

    `name` is never empty; `number` is, where the name is the handle itself. `change` is what is under way
    with the member. `is_first_gone` where the heading of those who went stands above, `is_blocked` where
    our account refuses what they write.
    """

    member: ChatHandle
    name: str
    number: str
    change: GroupChange | None = None
    is_first_gone: bool = False
    is_blocked: bool = False

    @property
    def is_gone(self) -> bool:
        """Whether the member takes part no longer."""
        return self.member.status in GONE

    def second_line(self) -> str:
        """Return number and service."""
        return " · ".join(each for each in (self.number, SERVICE_NAMES[self.member.service]) if each)

    def standing(self) -> str:
        """Return what is under way, else that our account has blocked them, else since when it is so."""
        if self.is_blocked and self.change is None and not self.is_gone:
            return "blocked"
        return when_words(self.member, self.change, datetime.now(UTC))

    def spoken(self) -> str:
        """Return everything about the member in words."""
        words = (self.name, self.number, SERVICE_NAMES[self.member.service], self.standing())
        return ", ".join(each for each in words if each)


class MemberModel(QAbstractListModel):
    """The members of one chat, us first, those who went at the end."""

    def __init__(self, cache: CacheView, parent: QObject) -> None:
        """Start without a chat."""
        super().__init__(parent)
        self._cache = cache
        self._rows: list[MemberRow] = []

    def show_chat(self, chat: Chat, changes: tuple[GroupChange, ...]) -> bool:
        """Hold the members of a chat; tells whether anything about them is another now."""
        rows = self._rows_of(chat, changes)
        if rows == self._rows:
            return False
        if [each.member.handle for each in rows] == [each.member.handle for each in self._rows]:
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1), [])
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        return True

    def _rows_of(self, chat: Chat, changes: tuple[GroupChange, ...]) -> list[MemberRow]:
        known = {each.handle for each in chat.handles}
        coming = [each.handle for each in changes if isinstance(each, AddMember) and each.handle not in known]
        service = chat.service or Service.UNKNOWN
        members = [*chat.handles, *(ChatHandle("", each, service) for each in dict.fromkeys(coming))]
        members.sort(key=lambda each: (each.status in GONE, not each.is_me))
        rows: list[MemberRow] = []
        for each in members:
            is_first = each.status in GONE and not any(row.is_gone for row in rows)
            rows.append(self._row(each, _change_of(each, changes), is_first_gone=is_first))
        return rows

    def _row(self, member: ChatHandle, change: GroupChange | None, *, is_first_gone: bool) -> MemberRow:
        written = format_handle(member.handle)
        name = "This desk" if member.is_me else person_name(member.handle, self._cache)
        blocks = self._cache.blocks
        is_blocked = blocks is not None and blocks.find(member.handle) is not None
        return MemberRow(member, name, written if written != name else "", change, is_first_gone, is_blocked)

    def row_at(self, row: int) -> MemberRow:
        """Return a row that exists."""
        return self._rows[row]

    def row_of(self, handle: str) -> int | None:
        """Return where somebody stands, None for nobody."""
        return next((at for at, each in enumerate(self._rows) if each.member.handle == handle), None)

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return the number of members."""
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a row holds for a role."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken()
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(row.spoken())
            case _ if role == MEMBER_ROLE:
                return row
            case _:
                return None

    @override
    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Let others than us be dragged."""
        flags = super().flags(index)
        is_other = index.isValid() and not self._rows[index.row()].member.is_me
        return flags | Qt.ItemFlag.ItemIsDragEnabled if is_other else flags

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the handles that are dragged."""
        return handle_data([Handle(self._rows[each.row()].member.handle) for each in indexes])

    @override
    def supportedDragActions(self) -> Qt.DropAction:
        """Let a handle be copied to elsewhere, never moved away."""
        return Qt.DropAction.CopyAction


def _change_of(member: ChatHandle, changes: tuple[GroupChange, ...]) -> GroupChange | None:
    """Return what is under way with a member, the newest wish where there are several."""
    for change in reversed(changes):
        match change:
            case AddMember(handle) | RemoveMember(handle) if handle == member.handle:
                return change
            case LeaveGroup() if member.is_me:
                return change
            case _:
                continue
    return None
