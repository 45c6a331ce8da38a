"""What is under way and what was refused of the files that were given to one chat."""

from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtCore import QObject, Signal

from linqdesk.domain.ids import ChatId, FileKey
from linqdesk.domain.outgoing_files import DraftFile, FileChange, OutgoingFile, Refused, TrayItem
from linqdesk.domain.rules import check_recording
from linqdesk.ui.names import isolated, plain_name
from linqdesk.ui.tray.notes import Note
from linqdesk.ui.tray.tray_words import OFFERS

AS_FILE, UNDO = "Send as a file", "Undo"


class Subject(Enum):
    """What a note is about."""

    REFUSED = "refused"
    NO_MEMO = "no memo"
    LOCATION = "location"
    REMOVED = "removed"


@dataclass(slots=True)
class Remark:
    """A note with what it is about; `file` is what its acts are done with, None where there are none.

    `removed` are the items that the agent took out, with the places that they had.
    """

    subject: Subject
    name: str
    words: str
    file: OutgoingFile | None = None
    offers: tuple[FileChange, ...] = ()
    is_busy: bool = False
    removed: tuple[tuple[int, TrayItem], ...] = ()

    @property
    def removed_files(self) -> tuple[OutgoingFile, ...]:
        """The files among what was removed; their copies wait until that is final."""
        return tuple(item.file for _, item in self.removed if isinstance(item, DraftFile))

    def note(self) -> Note:
        """Return what is shown."""
        if self.subject is Subject.REMOVED:
            return Note(f"{self.words} removed.", (UNDO,), is_bad=False)
        acts = (AS_FILE,) if self.subject is Subject.NO_MEMO else tuple(OFFERS[each] for each in self.offers)
        is_bad = self.subject is not Subject.LOCATION
        return Note(f"{isolated(plain_name(self.name))}: {self.words}", acts, is_bad, self.is_busy)


@dataclass(slots=True)
class Intake:
    """The state of one chat's tray that goes with the program; `offers` are what can be made of files."""

    copying: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    offers: dict[FileKey, tuple[FileChange, ...]] = field(default_factory=dict)

    def refuse(self, refused: Refused) -> None:
        """Note why something cannot be sent."""
        self.remarks.append(
            Remark(Subject.REFUSED, refused.name, refused.words, refused.file, refused.offers)
        )

    def note_offers(self, file: OutgoingFile, offers: tuple[FileChange, ...]) -> None:
        """Note what can be made of a file; that its location was removed is said."""
        self.offers[file.key] = offers
        if FileChange.KEEP_LOCATION in offers:
            words = "The place where it was taken was removed."
            keep = (FileChange.KEEP_LOCATION,)
            self.remarks.append(Remark(Subject.LOCATION, file.name, words, file, keep))

    def silence(self, keys: set[FileKey]) -> None:
        """Say nothing any more of files that are gone, except why one was refused."""
        self.remarks = [each for each in self.remarks if not self._is_about(each, keys)]

    def forget(self, keys: set[FileKey]) -> None:
        """Say nothing any more of files that are gone for good, and offer nothing for them."""
        self.silence(keys)
        for key in keys:
            self.offers.pop(key, None)

    @property
    def refused_count(self) -> int:
        """How many files are neither taken nor dismissed."""
        return sum(each.subject in {Subject.REFUSED, Subject.NO_MEMO} for each in self.remarks)

    @property
    def removed(self) -> Remark | None:
        """What was removed last and can come back."""
        return next((each for each in self.remarks if each.subject is Subject.REMOVED), None)

    def _is_about(self, remark: Remark, keys: set[FileKey]) -> bool:
        return remark.subject is Subject.LOCATION and remark.file is not None and remark.file.key in keys


def memo_of(file: OutgoingFile) -> DraftFile | str:
    """Return a file as a voice memo, or why it cannot be one."""
    found = check_recording(mime_type=file.media_type, size_bytes=file.size_bytes)
    return found[0].words if found else DraftFile(file, is_voice_memo=True)


class Intakes(QObject):
    """The intake of each chat; `changed` tells that there is something else to show."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        """Start without any."""
        super().__init__(parent)
        self._of_chats: dict[ChatId, Intake] = {}

    def of(self, chat_id: ChatId | None) -> Intake:
        """Return a chat's intake; without a chat one that is nobody's."""
        return self._of_chats.setdefault(chat_id, Intake()) if chat_id is not None else Intake()

    def adopt(self, local_id: ChatId, chat_id: ChatId) -> None:
        """Go on with a chat under the id that Linq gave it."""
        if local_id in self._of_chats:
            self._of_chats[chat_id] = self._of_chats.pop(local_id)
