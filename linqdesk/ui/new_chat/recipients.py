"""To whom: chips, what is being typed with suggestions under it, and what is known or wrong about it."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from linqdesk.domain.capability import Reach, ReachState
from linqdesk.domain.ids import Handle
from linqdesk.domain.rules import check_recipients
from linqdesk.domain.service import Service
from linqdesk.domain.typed_handle import TypedHandle, read_handle, split_handles
from linqdesk.store.view import CacheView
from linqdesk.ui.commands import Commands
from linqdesk.ui.names import person_name
from linqdesk.ui.new_chat.people import Person, known_people, matching
from linqdesk.ui.new_chat.reach_words import way_words
from linqdesk.ui.new_chat.recipient_field import RecipientField
from linqdesk.ui.new_chat.suggestions import SuggestionList
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.style import restyle
from linqdesk.ui.theme import FontSize, Theme

# So much is typed of a number or an address before it is said that it is none.
_MEANT_LETTERS = 8
_POOREST = (Service.SMS, Service.RCS, Service.IMESSAGE, Service.UNKNOWN)


class Recipients(QWidget):
    """Reads, checks and shows recipients; what is no recipient stays in the field with the reason below.

    `left` tells that Enter was pressed with nothing typed.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, cache: CacheView, commands: Commands, theme: Theme, parent: QWidget) -> None:
        """Start without recipients and without a line."""
        super().__init__(parent)
        self._cache = cache
        self._commands = commands
        self._line: Handle | None = None
        self._people: tuple[Person, ...] = ()
        self._asked: tuple[Handle | None, tuple[Handle, ...]] = (None, ())
        self._fault = ""
        self._field = RecipientField(theme, self)
        self._suggestions = SuggestionList(theme, parent)
        self._says = PlainLabel(self, FontSize.META)
        self._says.setObjectName("recipient_says")
        self._says.setWordWrap(True)
        self._says.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._field)
        column.addWidget(self._says)
        self.setFocusProxy(self._field.edit)
        self._connect()

    def _connect(self) -> None:
        edit = self._field.edit
        edit.textChanged.connect(self._on_typed)
        edit.committed.connect(self._on_committed)
        edit.stepped.connect(self._suggestions.step)
        edit.focus_changed.connect(self._on_focus_changed)
        edit.handles_dropped.connect(self._on_handles_dropped)
        self._field.changed.connect(self._on_people_changed)
        self._field.resized.connect(self._place_suggestions)
        self._suggestions.chosen.connect(self._add)

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody who is chosen, in order."""
        return self._field.people

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The handles of everybody who is chosen, in order."""
        return self._field.handles

    @property
    def service(self) -> Service | None:
        """Over which service all of them are reached, the poorest where it differs; None while unknown."""
        reaches = self._field.reaches
        found = [reaches[each].service if each in reaches else None for each in self.handles]
        known = [each for each in found if each is not None]
        return min(known, key=_POOREST.index) if known and len(known) == len(found) else None

    @property
    def services(self) -> dict[Handle, Service | None]:
        """By which service those are reached of whom that is known; None where by none."""
        reaches = self._field.reaches.items()
        return {handle: reach.service for handle, reach in reaches if reach.state is ReachState.KNOWN}

    @property
    def has_rest(self) -> bool:
        """Whether something is typed that is no recipient yet."""
        return bool(self._field.edit.text().strip())

    @property
    def is_suggesting(self) -> bool:
        """Whether known people are offered."""
        return self._suggestions.isVisible()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._field.set_theme(theme)
        self._suggestions.set_theme(theme)

    def set_line(self, line: Handle | None) -> None:
        """Read numbers as in the country of a line, and find out how people are reached from it."""
        self._line = line
        self._find_reaches()

    def learn_people(self) -> None:
        """Take from the cache who is known."""
        self._people = known_people(self._cache)

    def put(self, person: Person) -> None:
        """Choose somebody, unless they are chosen."""
        self._field.add(person)

    def hide_suggestions(self) -> None:
        """Offer nobody until more is typed."""
        self._suggestions.hide()

    def clear(self) -> None:
        """Forget everybody, and what is typed."""
        self._fault = ""
        self._field.clear()

    def choose(self, handles: Iterable[Handle]) -> None:
        """Add people as if they had been typed."""
        for each in handles:
            self._field.add(Person(each, person_name(each, self._cache)))

    def commit(self) -> bool:
        """Take what is typed as recipients; tells whether all of it was some."""
        rest: list[str] = []
        faults: list[str] = []
        doubts: list[str] = []
        for each in split_handles(self._field.edit.text()):
            typed = self._read(each)
            (faults if typed.handle is None else doubts).append(typed.words)
            if typed.handle is None:
                rest.append(each)
            else:
                self._field.add(Person(typed.handle, person_name(typed.handle, self._cache)))
        self._suggestions.hide()
        self._field.show_rest(", ".join(rest))
        self._fault = next(iter(faults), "")
        self._say(next((words for words in doubts if words), ""))
        self.changed.emit()
        return not rest

    def _read(self, text: str) -> TypedHandle:
        typed = read_handle(text, self._line)
        if typed.handle is not None and typed.handle in {each.phone_number for each in self._cache.lines}:
            return TypedHandle(None, "This is one of your own lines.")
        return typed

    def _add(self, person: Person) -> None:
        self._suggestions.hide()
        self._fault = ""
        self._field.show_rest("")
        self._field.add(person)

    def _on_typed(self, text: str) -> None:
        if len(split_handles(text)) > 1:
            self.commit()
            return
        found = matching(self._people, text, self.handles)
        # Enter after half a number must not mean somebody whose number begins alike.
        is_name = "@" not in text and any(each.isalpha() for each in text)
        self._suggestions.show_people(found, marks_first=is_name)
        self._place_suggestions()
        typed = self._read(text)
        is_meant = len(text.strip()) >= _MEANT_LETTERS and self._suggestions.isHidden()
        self._fault = typed.words if is_meant and typed.handle is None else ""
        self._say()
        self.changed.emit()

    def _on_committed(self) -> None:
        person = self._suggestions.current_person()
        if person is not None:
            self._add(person)
        elif self.has_rest:
            self.commit()
        else:
            self.left.emit()

    def _on_handles_dropped(self, handles: tuple[Handle, ...]) -> None:
        for each in handles:
            self.put(Person(each, person_name(each, self._cache)))

    def _on_focus_changed(self) -> None:
        """Take what is typed once the agent goes on."""
        if not self._field.edit.hasFocus():
            self._suggestions.hide()
            if self.has_rest:
                self.commit()

    def _on_people_changed(self) -> None:
        self._find_reaches()
        self._say()
        self.changed.emit()

    def _find_reaches(self) -> None:
        """Show what the chats tell of how people are reached, and ask Linq about the others."""
        asked = self._line, self.handles
        if asked == self._asked:
            return
        self._asked = asked
        services = {each.handle: each.service for each in self._people if each.service is not None}
        for handle in self.handles:
            if handle in services:
                self._field.show_reach(handle, Reach(ReachState.KNOWN, services[handle]))
        if self._line is not None:
            unknown = [each for each in self.handles if each not in services]
            self._commands.sending.check_reach(self._line, unknown, self._on_reach_told)

    def _on_reach_told(self, handle: Handle, reach: Reach) -> None:
        self._field.show_reach(handle, reach)
        self._say()
        self.changed.emit()

    def _say(self, doubt: str = "") -> None:
        """Say what is wrong, else what is odd, else over which service a message goes."""
        faults = check_recipients(self.handles) if self.handles else ()
        fault = self._fault or (faults[0].words if faults else "")
        words = fault or doubt or self._way()
        self._says.setText(words)
        self._says.setAccessibleName(words)
        restyle(self._says, danger=bool(fault), secondary=not fault)
        self._says.setVisible(bool(words))

    def _way(self) -> str:
        reaches = self._field.reaches
        known = {each.name: reaches[each.handle] for each in self.people if each.handle in reaches}
        return way_words([each.name for each in self.people], known)

    def _place_suggestions(self) -> None:
        above = self._field.mapTo(self.window(), QPoint(0, self._field.height() + 2))
        self._suggestions.setGeometry(above.x(), above.y(), self._field.width(), self._suggestions.height())
