"""Everything that one can do with the messages of one thread, brought together."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from linqdesk.domain.delivery import Delivery
from linqdesk.domain.errors import LinqDeskError
from linqdesk.domain.message import MediaPart, Message, ReplyTo
from linqdesk.domain.rules.signals import TAPBACKS
from linqdesk.store.view import CacheView, ThreadRow
from linqdesk.ui.acts.aim import Aim, box_of
from linqdesk.ui.acts.direct_send import DirectSend
from linqdesk.ui.acts.hover_bar import HoverBar
from linqdesk.ui.acts.hovering import Hovering
from linqdesk.ui.acts.jumps import Jumps
from linqdesk.ui.acts.message_keys import MessageKeys
from linqdesk.ui.acts.message_menu import Entry, make_menu
from linqdesk.ui.acts.obstacles import (
    edit_label,
    edit_obstacle,
    forward_obstacle,
    reaction_obstacle,
    reply_obstacle,
)
from linqdesk.ui.acts.part_entries import file_entries, link_entries, other_file_entries
from linqdesk.ui.acts.reacting import Reacting
from linqdesk.ui.acts.rescue import Rescue
from linqdesk.ui.commands import Commands
from linqdesk.ui.links import LinkOpener
from linqdesk.ui.media.media_words import is_seen_large
from linqdesk.ui.models.message_words import part_words, row_text
from linqdesk.ui.models.own_files import media_message
from linqdesk.ui.models.reaction_groups import STICKER, TAPBACK_EMOJI
from linqdesk.ui.models.remedies import Remedy
from linqdesk.ui.names import chat_title
from linqdesk.ui.panels.question_dialog import QuestionDialog
from linqdesk.ui.panels.toast import Toast
from linqdesk.ui.theme import Theme
from linqdesk.ui.thread.thread_view import ThreadView
from linqdesk.ui.wording import fault_sentence


class MessageDesk(QObject):
    """Wires a thread to what can be done with its messages.

    What leaves the thread is a signal: `reply_wished` carries the Message and the part's index,
    `edit_wished` the ThreadRow and the part's index, `thread_wished` and `forward_wished` the Message,
    `emoji_wished` a widget over which to offer all emoji and what takes the one that is chosen.
    """

    emoji_wished = Signal(object, object)

    reply_wished = Signal(object, int)
    edit_wished = Signal(object, int)
    thread_wished = Signal(object)
    forward_wished = Signal(object)

    def __init__(
        self, view: ThreadView, cache: CacheView, commands: Commands, theme: Theme, toast: Toast
    ) -> None:
        """Act on the messages of a thread."""
        super().__init__(view)
        self._view = view
        self._cache = cache
        self._commands = commands
        self.toast = toast
        self.jumps = Jumps(view, cache, commands, theme, self.toast)
        self.bar = HoverBar(theme, view.viewport())
        self._hovering = Hovering(view, self.bar)
        self._anchor = QWidget(view.viewport())
        self._anchor.setFocusProxy(view)
        self.reacting = Reacting(commands, self.toast.say)
        self.direct = DirectSend(cache, commands, view)
        self.rescue = Rescue(view, cache, commands, self.direct)
        self.links = LinkOpener(view)
        letters = {"r": self.reply, "e": self._hovering.open_for, "v": self.view_large}
        MessageKeys(view, letters, self.reacting.toggle, self.show_menu)
        self._connect()

    def _connect(self) -> None:
        acts = self._view.acts
        acts.link_activated.connect(self.links.open)
        acts.quote_activated.connect(self._on_quote_activated)
        acts.reaction_activated.connect(self._on_reaction_activated)
        self.bar.reaction_wished.connect(self._on_bar_reacted)
        self.bar.emoji_wished.connect(self._with_aim(self._ask_for_emoji))
        self.bar.reply_wished.connect(self._with_aim(self.reply))
        self.bar.more_wished.connect(self._with_aim(self._show_menu_at_bar))
        self.direct.said.connect(self.toast.say)
        self.rescue.delete_wished.connect(self._ask_to_delete)
        self._view.messages.modelReset.connect(self.jumps.forget)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.bar.set_theme(theme)
        self.jumps.set_theme(theme)

    def set_reduced_motion(self, is_reduced: Callable[[], bool]) -> None:
        """Ask here whether anything may move."""
        self.jumps.is_reduced = is_reduced

    def leave_bar(self) -> bool:
        """Give the keyboard back to the thread if the bar has it; tells whether it had."""
        had_keyboard = self.bar.has_keyboard()
        if had_keyboard:
            self._hovering.leave()
        return had_keyboard

    def reply(self, aim: Aim) -> None:
        """Wish to answer a part, or say why that cannot be."""
        obstacle = reply_obstacle(aim.row)
        self._hovering.go()
        if obstacle is not None:
            self.toast.say(obstacle)
        else:
            self.reply_wished.emit(aim.message, aim.part_index)

    def view_large(self, aim: Aim) -> None:
        """Show a picture or a video in a window of its own; nothing happens for any other part."""
        part = aim.message.parts[aim.part_index] if 0 <= aim.part_index < len(aim.message.parts) else None
        if isinstance(part, MediaPart) and is_seen_large(part):
            self._hovering.go()
            self._view.acts.picture_activated.emit(aim.message, aim.part_index)

    def show_menu(self, wanted: Aim | ThreadRow, corner: QPoint) -> None:
        """Show what can be done with a part, or with a row that Linq does not know yet."""
        self._hovering.go()
        entries = self.entries(wanted) if isinstance(wanted, Aim) else self.entries_of_unsent(wanted)
        make_menu(entries, self._view).popup(corner)

    def entries_of_unsent(self, row: ThreadRow) -> list[Entry | None]:
        """Return what can be done with a message that is on its way or failed, beside its buttons."""
        text = row_text(row, self._cache)
        return [
            *self.rescue.entries(row),
            *self._large_entries(row),
            Entry("Copy", lambda: QGuiApplication.clipboard().setText(text), "C"),
            Entry("Message details…", lambda: self._show_details(row)),
        ]

    def _large_entries(self, row: ThreadRow) -> list[Entry]:
        """Offer the first picture or video of what is on its way."""
        message = media_message(row.content)
        parts = enumerate(message.parts) if message is not None else ()
        seen = [index for index, part in parts if isinstance(part, MediaPart) and is_seen_large(part)]
        show = self._view.acts.picture_activated.emit
        return [Entry("View large", lambda: show(message, seen[0]))] if seen else []

    def entries(self, aim: Aim) -> list[Entry | None]:
        """Return what can be done with a part."""
        now = datetime.now(UTC)
        message, index = aim.message, aim.part_index
        tapbacks = tuple(
            Entry(f"{TAPBACK_EMOJI[kind]}  {kind.capitalize()}", self._reaction(aim, kind), str(number))
            for number, kind in enumerate(TAPBACKS, 1)
        )
        other = Entry("Any emoji…", lambda: self._ask_for_emoji(aim))
        edit = edit_obstacle(aim, now)
        entries: list[Entry | None] = [
            Entry("React", None, "E", reaction_obstacle(aim.row), (*tapbacks, other)),
            Entry("Reply", lambda: self.reply(aim), "R", reply_obstacle(aim.row)),
            Entry("Show thread", lambda: self.thread_wished.emit(message), "", reply_obstacle(aim.row)),
            None,
            Entry("Copy", lambda: self._copy(aim), "C"),
            Entry("Copy with formatting", lambda: self._copy_formatted(message)),
            Entry("Forward…", lambda: self.forward_wished.emit(message), "", forward_obstacle(aim)),
        ]
        acts = self._view.acts
        entries += link_entries(message, acts)
        entries += [*file_entries(message, index, acts), *other_file_entries(message, index, acts)]
        if message.is_from_me:
            label = edit_label(aim, now) if edit is None else "Edit"
            entries.append(Entry(label, lambda: self.edit_wished.emit(aim.row, index), "", edit))
            entries += [each for each in self.rescue.entries(aim.row) if each.label != Remedy.DISCARD]
        entries.append(Entry("Message details…", lambda: self._show_details(aim.row)))
        gone = "It is deleted already." if aim.row.is_deleted else None
        return [
            *entries,
            None,
            Entry("Delete from Linq's records…", lambda: self._ask_to_delete(message), "", gone),
        ]

    # What the acts do.

    def _reaction(self, aim: Aim, kind: str) -> Callable[[], None]:
        return lambda: self.reacting.toggle(aim, kind)

    def _with_aim(self, act: Callable[[Aim], None]) -> Callable[[], None]:
        def do() -> None:
            if self._hovering.aim is not None:
                act(self._hovering.aim)

        return do

    def _on_bar_reacted(self, kind: str) -> None:
        aim = self._hovering.aim
        self._hovering.leave()
        if aim is not None:
            self.reacting.toggle(aim, kind)

    def _show_menu_at_bar(self, aim: Aim) -> None:
        self.show_menu(aim, self.bar.more.mapToGlobal(self.bar.more.rect().bottomLeft()))

    def _ask_for_emoji(self, aim: Aim) -> None:
        box = box_of(self._view, aim)
        if box is not None:
            # A line over the part, for what opens above it; closing that gives the keyboard to the thread.
            self._anchor.setGeometry(box.left(), max(0, box.top()), box.width(), 0)
        self._hovering.leave()
        self.emoji_wished.emit(self._anchor, self._reaction_by(aim))

    def _reaction_by(self, aim: Aim) -> Callable[[str], None]:
        return lambda kind: self.reacting.toggle(aim, kind)

    def _on_quote_activated(self, reply_to: ReplyTo) -> None:
        rows = (self._view.messages.row_at(row) for row, _ in self._view.arrangement.visible())
        start = next(
            (
                row.key
                for row in rows
                if isinstance(row.content, Message) and row.content.reply_to == reply_to
            ),
            None,
        )
        self.jumps.to_message(reply_to.message_id, start)

    def _on_reaction_activated(self, message: Message, part_index: int, kind: str | None) -> None:
        position = next(
            (row for row, _ in self._view.arrangement.visible() if self._content(row) == message), None
        )
        if position is None or kind == STICKER:
            return
        aim = Aim(self._view.messages.row_at(position), message, part_index)
        if kind is None:
            self._hovering.open_for(aim)
        else:
            self.reacting.toggle(aim, kind)

    def _content(self, position: int) -> object:
        return self._view.messages.row_at(position).content

    def _copy(self, aim: Aim) -> None:
        if self._view.text_selection.text():
            self._view.text_selection.copy(None)
        elif 0 <= aim.part_index < len(aim.message.parts):
            QGuiApplication.clipboard().setText(part_words(aim.message.parts[aim.part_index]))

    def _copy_formatted(self, message: Message) -> None:
        from linqdesk.ui.acts.rich_copy import formatted

        QGuiApplication.clipboard().setMimeData(formatted(message))

    def _show_details(self, row: ThreadRow) -> None:
        from linqdesk.ui.acts.details_dialog import DetailsDialog
        from linqdesk.ui.acts.message_facts import message_facts

        DetailsDialog(message_facts(row, self._cache), self._view).open()

    def _ask_to_delete(self, message: Message) -> None:
        words = [f"Removes it from Linq's records. {self._keepers(message)} it."]
        answers = [("Delete", lambda: self._delete(message))]
        dialog = QuestionDialog(self._view, "Delete this message?", words, answers)
        dialog.setObjectName("delete_question")
        dialog.open()

    def _keepers(self, message: Message) -> str:
        if message.delivery is Delivery.FAILED:
            return "As far as Linq knows, nobody got"
        summary = self._cache.summary(message.chat_id)
        if summary is None or summary.chat.is_group:
            return "The others still have"
        return f"{chat_title(summary.chat, self._cache)} still has"

    def _delete(self, message: Message) -> None:
        self._commands.acts.delete_message(message.chat_id, message.id, self._on_deleted)

    def _on_deleted(self, error: LinqDeskError | None) -> None:
        if error is not None:
            self.toast.say(f"The message was not deleted. {fault_sentence(error)}")
