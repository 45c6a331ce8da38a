"""What the agent does about messages of ours that did not arrive."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from linqdesk.domain.ids import LocalId, RowKey
from linqdesk.domain.message import Message
from linqdesk.domain.outgoing import Content, OutgoingMessage
from linqdesk.domain.resending import as_sms, content_of_row
from linqdesk.store.view import CacheView, ThreadRow
from linqdesk.ui.acts.direct_send import DirectSend
from linqdesk.ui.acts.message_menu import Entry
from linqdesk.ui.commands import Commands
from linqdesk.ui.models.ladder import failed_reason
from linqdesk.ui.models.remedies import NONE, Remedy, remedies
from linqdesk.ui.panels.reasons_popup import ReasonsPopup
from linqdesk.ui.thread.thread_view import ThreadView
from linqdesk.ui.wording import fault_details, fault_reasons

_HEADING = "Why this was not delivered"


class Rescue(QObject):
    """Serves the buttons under the rows of one thread.

    `edit_wished` carries the Content of a message that was dropped and is to be written anew, `delete_wished`
    a Message that Linq could not deliver.
    """

    edit_wished = Signal(object)
    delete_wished = Signal(object)

    def __init__(self, view: ThreadView, cache: CacheView, commands: Commands, sender: DirectSend) -> None:
        """Serve a thread from now on."""
        super().__init__(view)
        self._view = view
        self._cache = cache
        self._commands = commands
        self._sender = sender
        self._under_way: set[RowKey] = set()
        view.buttons.pressed.connect(self._on_pressed)

    def entries(self, row: ThreadRow) -> list[Entry]:
        """Return what can be done about a row, as entries of its menu.

        An upload can be cancelled there at once: its button only comes after some seconds.
        """
        position = self._view.messages.position_of(row.key)
        offered = self._view.messages.context_at(position).remedies if position is not None else NONE
        if isinstance(row.content, OutgoingMessage):
            offered |= remedies(row, None, is_sent_again=False, is_late=True) & {Remedy.CANCEL}
        return [
            Entry(f"{remedy}…" if remedy is Remedy.WHY else remedy, self._act(remedy, row.key))
            for remedy in Remedy
            if remedy in offered
        ]

    def _act(self, remedy: Remedy, key: RowKey) -> Callable[[], None]:
        return lambda: self._on_pressed(remedy, key, self._view.viewport())

    def _on_pressed(self, remedy: Remedy, key: RowKey, place: QWidget) -> None:
        chat_id = self._view.messages.chat_id
        row = self._cache.row(chat_id, key) if chat_id is not None else None
        if row is None:
            return
        match row.content:
            case OutgoingMessage():
                self._help_unsent(remedy, row.content, place)
            case Message():
                self._help_failed(remedy, row, row.content, place)
            case _:
                return

    def _help_unsent(self, remedy: Remedy, unsent: OutgoingMessage, place: QWidget) -> None:
        drop = _dropping(self._commands, unsent.local_id)
        match remedy:
            case Remedy.WHY if unsent.failure is not None:
                reasons, details = fault_reasons(unsent.failure), fault_details(unsent.failure)
                ReasonsPopup(self._view, _HEADING, reasons, details).show_over(place)
            case Remedy.CANCEL:
                self._commands.sending.cancel_upload(unsent.local_id)
            case Remedy.RETRY:
                self._commands.sending.retry(unsent.local_id)
            case Remedy.EDIT:
                # First it is safe in the field, then its bubble goes.
                self.edit_wished.emit(unsent.content)
                drop()
            case Remedy.SMS:
                self._send(RowKey(unsent.local_id), as_sms(unsent.content), drop)
            case Remedy.DISCARD:
                drop()
            case _:
                return

    def _help_failed(self, remedy: Remedy, row: ThreadRow, message: Message, place: QWidget) -> None:
        content = content_of_row(message)
        match remedy:
            case Remedy.WHY:
                reason = failed_reason(message)
                words = f"Linq reports that it could not deliver this: {reason}."
                ReasonsPopup(self._view, _HEADING, (words,), f"Message {message.id}").show_over(place)
            case Remedy.DISCARD:
                self.delete_wished.emit(message)
            case Remedy.SMS if content is not None:
                self._send(row.key, as_sms(content), _nothing)
            case Remedy.RETRY if content is not None:
                self._send(row.key, content, _nothing)
            case _:
                return

    def _send(self, key: RowKey, content: Content, then: Callable[[], None]) -> None:
        """Send anew what one row says, once however often it is asked for; `then` when that is safe."""
        chat_id = self._view.messages.chat_id
        if chat_id is None or key in self._under_way:
            return
        self._under_way.add(key)

        def hear(is_safe: object) -> None:
            self._under_way.discard(key)
            if is_safe:
                then()

        self._sender.send(chat_id, content, hear)


def _dropping(commands: Commands, local_id: LocalId) -> Callable[[], None]:
    return lambda: commands.sending.discard(local_id)


def _nothing() -> None:
    """Leave what Linq knows as it is."""
