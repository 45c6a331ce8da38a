"""The file of names and notes, which only its owner may read."""

import json
import os
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from linqdesk.domain.contacts import Contact, ContactBook
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.local.paths import make_folder

LARGEST_BYTES = 50_000_000


def load_contacts(file: Path) -> ContactBook:
    """Read the book; an empty one where there is no file. What makes no sense in it is left out.

    Raises:
        LocalFaultError: it cannot be read, or is damaged and was set aside.
    """
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise LocalFaultError(f"{file.name} is too large for names and notes: at most 50 MB.")
        tree = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return ContactBook()
    except OSError as failure:
        raise LocalFaultError(f"Names and notes could not be read: {failure.strerror}.") from failure
    except (ValueError, RecursionError) as failure:
        raise LocalFaultError(_set_aside(file)) from failure
    return ContactBook(
        {
            Handle(handle): _contact(told)
            for handle, told in _part(tree, "contacts")
            if isinstance(told, dict)
        },
        {ChatId(chat): note for chat, note in _part(tree, "chat_notes") if isinstance(note, str)},
        {ChatId(chat): when for chat, told in _part(tree, "shared_at") if (when := _time(told)) is not None},
    )


def save_contacts(file: Path, book: ContactBook) -> None:
    """Replace the file at once or not at all.

    Raises:
        LocalFaultError: it cannot be written.
    """
    tree = {
        "contacts": {each: {"name": said.name, "note": said.note} for each, said in book.contacts.items()},
        "chat_notes": dict(book.chat_notes),
        "shared_at": {chat: when.isoformat() for chat, when in book.shared_at.items()},
    }
    make_folder(file.parent)
    try:
        # mkstemp makes a file that only its owner may read.
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".contacts-")
        with os.fdopen(handle, "w", encoding="utf-8") as draft:
            json.dump(tree, draft, ensure_ascii=False, indent=1)
        Path(name).replace(file)
    except OSError as failure:
        raise LocalFaultError(f"Names and notes could not be saved: {failure.strerror}.") from failure


def _part(tree: Any, name: str) -> list[tuple[str, Any]]:
    part = tree.get(name) if isinstance(tree, dict) else None
    return list(part.items()) if isinstance(part, dict) else []


def _contact(told: Mapping[str, Any]) -> Contact:
    name, note = told.get("name"), told.get("note")
    return Contact(name if isinstance(name, str) else "", note if isinstance(note, str) else "")


def _time(told: Any) -> datetime | None:
    try:
        when = datetime.fromisoformat(told)
    except (TypeError, ValueError):
        return None
    return when if when.tzinfo is not None else None


def _set_aside(file: Path) -> str:
    aside = file.with_suffix(".broken.json")
    try:
        file.replace(aside)
    except OSError:
        return "Names and notes are damaged and were left alone."
    return f"Names and notes were damaged and start anew; the old file is now {aside.name}."
