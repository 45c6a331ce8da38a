"""What the tray says of files, to the eye and aloud. Pure."""

from collections.abc import Sequence

from linqdesk.domain.ids import AttachmentId
from linqdesk.domain.message import MediaPart
from linqdesk.domain.outgoing import Draft
from linqdesk.domain.outgoing_files import DraftFile, DraftText, FileChange, OutgoingFile
from linqdesk.domain.tray import Entry
from linqdesk.ui.models.media_words import FileFacts, file_facts, media_kind
from linqdesk.ui.names import plain_name
from linqdesk.ui.wording import size_words

_MAX_WORDS = 60
_MS_A_SECOND, _S_A_MINUTE = 1_000, 60
OFFERS = {
    FileChange.CONVERT: "Convert",
    FileChange.SHRINK: "Make smaller",
    FileChange.REMOVE_LOCATION: "Remove location",
    FileChange.KEEP_LOCATION: "Keep location",
}


def facts_of(file: OutgoingFile) -> FileFacts:
    """Return what a card would say of a file of ours."""
    return file_facts(MediaPart(AttachmentId(""), file.name, file.media_type, file.size_bytes, None))


def title_of(entry: Entry, typed: str) -> str:
    """Return the first line of a tile; `typed` is the text in the editor."""
    match entry:
        case DraftFile():
            return plain_name(entry.file.name)
        case DraftText():
            return _short(entry.text)
        case None:
            return _short(typed) or "Your text"


def detail_of(entry: Entry) -> str:
    """Return the second line of a tile."""
    match entry:
        case DraftFile(is_voice_memo=True):
            # Short, so that the length is never cut off.
            return "Voice memo" if entry.duration_ms is None else f"Memo {_length(entry.duration_ms)}"
        case DraftFile():
            return size_words(entry.file.size_bytes)
        case DraftText():
            return "Text"
        case None:
            return "In the field"


def spoken_entry(entry: Entry, typed: str, at: int, count: int) -> str:
    """Return a tile as a screen reader says it; `at` counts from 0."""
    place = f"{at + 1} of {count}"
    match entry:
        case DraftFile():
            kind = media_kind(entry.file.media_type, entry.file.name).value.lower()
            word = "voice memo" if entry.is_voice_memo else kind
            return f"{word} {plain_name(entry.file.name)}, {size_words(entry.file.size_bytes)}, {place}"
        case DraftText():
            return f"text: {_short(entry.text)}, {place}"
        case None:
            return f"the text that is being written: {_short(typed) or 'nothing yet'}, {place}"


def count_words(count: int) -> str:
    """Return "1 file" or "3 files"."""
    return f"{count} file" if count == 1 else f"{count} files"


def summary_of(draft: Draft, copying: Sequence[str]) -> str:
    """Return the line over the tiles: how many files and how much, and what is still being copied."""
    files = draft.files
    words = []
    if files:
        words.append(f"{count_words(len(files))} · {size_words(sum(each.size_bytes for each in files))}")
    memos = sum(isinstance(each, DraftFile) and each.is_voice_memo for each in draft.tray)
    if memos and (memos < len(draft.tray) or draft.text.strip()):
        words.append("the voice memo goes by itself" if memos == 1 else "voice memos go by themselves")
    if len(copying) == 1:
        words.append(f"Copying {plain_name(copying[0])}…")
    elif copying:
        words.append(f"Copying {count_words(len(copying))}…")
    return " · ".join(words)


def _length(duration_ms: int) -> str:
    minutes, seconds = divmod(max(1, round(duration_ms / _MS_A_SECOND)), _S_A_MINUTE)
    return f"{minutes}:{seconds:02d}"


def _short(text: str) -> str:
    return " ".join(text[: 4 * _MAX_WORDS].split())[:_MAX_WORDS]
