"""The order of what stands unsent in a chat: files, texts between them, and the text in the editor. Pure."""

from collections.abc import Container, Iterable
from dataclasses import replace

from linqdesk.domain.ids import FileKey
from linqdesk.domain.outgoing import Content, Draft, OutgoingLink, OutgoingMedia, OutgoingPart, OutgoingText
from linqdesk.domain.outgoing_files import DraftFile, DraftText, OutgoingFile, OutgoingVoiceMemo, TrayItem

Entry = TrayItem | None
"""What stands in a tray; None is the text that the editor holds."""


def entries_of(draft: Draft) -> tuple[Entry, ...]:
    """Return what stands in a tray in the order in which it is sent; the editor's text is always there."""
    at = len(draft.tray) if draft.text_at is None else min(draft.text_at, len(draft.tray))
    return (*draft.tray[:at], None, *draft.tray[at:])


def with_entries(draft: Draft, entries: Iterable[Entry]) -> Draft:
    """Return a draft with other entries; the editor's text comes last where it is not among them."""
    shown = tuple(entries)
    at = shown.index(None) if None in shown else len(shown)
    tray = tuple(each for each in shown if each is not None)
    return replace(draft, tray=tray, text_at=None if at == len(tray) else at)


def with_file(draft: Draft, file: DraftFile, before: Container[FileKey] = ()) -> Draft:
    """Return a draft with one more file: before the first of some files that is there, else after all.

    The editor's text comes last as long as nobody put it elsewhere.
    """
    tray = draft.tray
    at = next(
        (at for at, each in enumerate(tray) if isinstance(each, DraftFile) and each.file.key in before),
        len(tray),
    )
    text_at = draft.text_at
    if text_at is not None and at < text_at:
        text_at += 1
    return replace(draft, tray=(*tray[:at], file, *tray[at:]), text_at=text_at)


def without(draft: Draft, at: int) -> Draft:
    """Return a draft without the entry at a place; the editor's text stays, it is not the tray's."""
    entries = entries_of(draft)
    if not 0 <= at < len(entries) or entries[at] is None:
        return draft
    return with_entries(draft, (*entries[:at], *entries[at + 1 :]))


def with_restored(draft: Draft, removed: Iterable[tuple[int, TrayItem]]) -> Draft:
    """Return a draft in which removed items stand in the places that they had, as far as there are so many.

    Args:
        draft: what stands there by now.
        removed: places and items as `entries_of` had them, the first place first.
    """
    entries = list(entries_of(draft))
    for at, item in removed:
        entries.insert(min(at, len(entries)), item)
    return with_entries(draft, entries)


def moved(draft: Draft, at: int, to: int) -> Draft:
    """Return a draft in which the entry at a place stands at another one, within bounds."""
    entries = list(entries_of(draft))
    if not 0 <= at < len(entries):
        return draft
    entry = entries.pop(at)
    entries.insert(max(0, min(to, len(entries))), entry)
    return with_entries(draft, entries)


def with_file_replaced(draft: Draft, key: FileKey, file: DraftFile) -> Draft:
    """Return a draft in which a file stands in the place of another one."""
    tray = (file if isinstance(each, DraftFile) and each.file.key == key else each for each in draft.tray)
    return replace(draft, tray=tuple(tray))


def less(draft: Draft, sent: Draft) -> Draft:
    """Return a draft without what was sent of its tray; what came in since stays."""
    gone = set(sent.tray)
    return with_entries(draft, (each for each in entries_of(draft) if each is None or each not in gone))


def items_of(content: Content) -> tuple[TrayItem, ...]:
    """Return a message as items of a tray, as when it is taken back before it was sent."""
    return tuple(item for part in content.parts if (item := _item_of(part)) is not None)


def _item_of(part: OutgoingPart) -> TrayItem | None:
    match part:
        case OutgoingText():
            return DraftText(part.value, part.decorations)
        case OutgoingFile():
            return DraftFile(part)
        case OutgoingVoiceMemo():
            return DraftFile(part.file, is_voice_memo=True, duration_ms=part.duration_ms)
        case OutgoingLink():
            return DraftText(part.value)
        case OutgoingMedia():
            return None
