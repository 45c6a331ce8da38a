"""What pointer and keys do with the parts of a message: reach one, say what it is, activate it."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from linqdesk.domain.message import Message
from linqdesk.store.view import CacheView, ThreadRow
from linqdesk.ui.media.pictures import Pictures
from linqdesk.ui.models.message_list_model import MessageListModel
from linqdesk.ui.thread.accessibility import announce
from linqdesk.ui.thread.acts import Acts
from linqdesk.ui.thread.arrangement import Arrangement
from linqdesk.ui.thread.overlays import Hint
from linqdesk.ui.thread.part_focus import PartFocus
from linqdesk.ui.thread.row_effects import RowEffects
from linqdesk.ui.thread.row_players import RowPlayers
from linqdesk.ui.thread.spoken_parts import SpokenPart, box_of, role_of
from linqdesk.ui.thread.target_words import target_words
from linqdesk.ui.thread.targets import PictureTarget, Target


class PartActs(QObject):
    """Serves the parts of the rows of one view; `focus` is what the keyboard has reached of them."""

    def __init__(
        self,
        view: QAbstractItemView,
        cache: CacheView,
        messages: MessageListModel,
        arrangement: Arrangement,
        acts: Acts,
    ) -> None:
        """Serve a view from now on."""
        super().__init__(view)
        self._view = view
        self._cache = cache
        self._messages = messages
        self._arrangement = arrangement
        self._acts = acts
        self._pictures: Pictures | None = None
        self._hint = Hint(view.viewport())
        self.focus = PartFocus(messages, arrangement, self)
        self.focus.changed.connect(self._on_part_reached)

    def see_through(self, pictures: Pictures) -> None:
        """Let those pictures be asked for again that could not be had."""
        self._pictures = pictures

    def activate(self, row: int, target: Target) -> None:
        """Do what a part of a row is for."""
        content = self._messages.row_at(row)
        if not (isinstance(target, PictureTarget) and self._retry_picture(content, target)):
            self._acts.activate(content, target)

    def hint(self, row: int, target: Target | None) -> None:
        """Say what is under the pointer; `row` counts only with a target."""
        words = target_words(self._messages.row_at(row), target, self._cache) if target is not None else ""
        self._hint.say(words, self._view.viewport().size())

    def spoken(self, row: int) -> list[SpokenPart]:
        """Return the parts of a row in the order of the keyboard, none where it is not on screen."""
        top_px = self._arrangement.place_of(row)
        if top_px is None:
            return []
        reached, content = self.focus.place_in(row), self._messages.row_at(row)
        return [
            SpokenPart(
                role_of(place.target),
                target_words(content, place.target, self._cache),
                box_of(place, top_px),
                is_reached=place is reached,
            )
            for place in self._arrangement.layout_of(row).places
        ]

    def take_key(self, row: int, event: QKeyEvent, players: RowPlayers, effects: RowEffects) -> bool:
        """Take a key for the parts of a row; tells whether it was one."""
        match event.key():
            case Qt.Key.Key_Space | Qt.Key.Key_Left | Qt.Key.Key_Right if players.take_key(row, event.key()):
                return True
            case Qt.Key.Key_Right:
                self.focus.step(row, 1)
            case Qt.Key.Key_Left:
                self.focus.step(row, -1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._activate_reached(row)
            case Qt.Key.Key_Space:
                return effects.replay(self._messages.row_at(row).key)
            case _:
                return False
        return True

    def _activate_reached(self, row: int) -> None:
        """Activate what is reached within a row, else its only part."""
        places = self._arrangement.layout_of(row).places
        place = self.focus.place_in(row) or (places[0] if len(places) == 1 else None)
        if place is not None:
            self.activate(row, place.target)
        else:
            self.focus.step(row, 1)

    def _retry_picture(self, row: ThreadRow, target: PictureTarget) -> bool:
        """Ask again for a picture that could not be had; tells whether it was such."""
        content = row.content
        if self._pictures is None or not isinstance(content, Message):
            return False
        can_retry = self._pictures.look_at(content, target.part_index, 1, 1, 1.0).can_retry
        if can_retry:
            self._pictures.retry(content, target.part_index)
        return can_retry

    def _on_part_reached(self) -> None:
        row = self._view.currentIndex().row()
        place = self.focus.place_in(row)
        words = ""
        if place is not None:
            words = target_words(self._messages.row_at(row), place.target, self._cache)
            announce(self._view, words)
        self._hint.say(words, self._view.viewport().size())
        self._view.viewport().update()
