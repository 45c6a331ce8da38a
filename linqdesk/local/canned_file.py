"""The TOML file of canned replies, which a team can share and edit by hand."""

import filecmp
import os
import shutil
from pathlib import Path, PurePosixPath
from typing import Any

from linqdesk.domain.canned import CannedReply
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.errors import LocalFaultError
from linqdesk.domain.message import Effect
from linqdesk.local.file_names import numbered, safe_name
from linqdesk.local.paths import make_folder

LARGEST_BYTES = 1_000_000
_PAIR = 2
_FILES, _MOST_OF_A_NAME = "canned files", 1_000


def load_canned(file: Path) -> tuple[CannedReply, ...]:
    """Read the replies; none where there is no file. What is no reply is left out.

    Raises:
        LocalFaultError: the file is too large, cannot be read or is no TOML; it is left as it is.
    """
    import tomllib

    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise LocalFaultError(f"{file.name} is too large for canned replies: at most 1 MB.")
        tree = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return ()
    except OSError as failure:
        raise LocalFaultError(f"The canned replies could not be read: {failure.strerror}.") from failure
    except ValueError as failure:
        raise LocalFaultError(f"{file.name} is not valid TOML: {failure}.") from failure
    listed = tree.get("reply")
    read = [_read(each) for each in listed] if isinstance(listed, list) else []
    return tuple(each for each in read if each is not None)


def save_canned(file: Path, replies: tuple[CannedReply, ...]) -> None:
    """Replace the file at once or not at all.

    Raises:
        LocalFaultError: it cannot be written.
    """
    import tempfile

    import tomli_w

    if not file.parent.exists():
        make_folder(file.parent)
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".canned-")
        with os.fdopen(handle, "wb") as draft:
            tomli_w.dump({"reply": [_written(each) for each in replies]}, draft, multiline_strings=True)
        Path(name).replace(file)
    except OSError as failure:
        raise LocalFaultError(f"The canned replies could not be saved: {failure.strerror}.") from failure


def keep_file(file: Path, source: Path, name: str) -> str:
    """Copy what goes with a reply beside the file of replies; returns its path as seen from there.

    The same bytes under the same name are kept once; nothing is written over.

    Raises:
        LocalFaultError: it cannot be copied.
    """
    folder = file.parent / _FILES
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, _MOST_OF_A_NAME):
            wanted = safe_name(name)
            target = folder / (wanted if number == 1 else numbered(wanted, number))
            try:
                with source.open("rb") as original, target.open("xb") as copy:
                    shutil.copyfileobj(original, copy)
            except FileExistsError:
                if not filecmp.cmp(source, target, shallow=False):
                    continue
            return f"{_FILES}/{target.name}"
    except OSError as failure:
        raise LocalFaultError(f"{name} could not be kept with the reply: {failure.strerror}.") from failure
    raise LocalFaultError(f"There are too many files called {name} beside the replies.")


def path_of(file: Path, kept: str) -> Path:
    """Return where a file lies that goes with a reply of this file of replies."""
    return file.parent / kept


def _written(reply: CannedReply) -> dict[str, Any]:
    tree: dict[str, Any] = {"name": reply.name, "text": reply.text}
    if reply.effect is not None:
        tree["effect"] = {"type": reply.effect.kind, "name": reply.effect.name}
    if reply.decorations:
        tree["decorations"] = [_written_decoration(each) for each in reply.decorations]
    if reply.files:
        tree["files"] = list(reply.files)
    return tree


def _written_decoration(decoration: Decoration) -> dict[str, Any]:
    words = {"style": decoration.style, "animation": decoration.animation}
    said = {key: word for key, word in words.items() if word is not None}
    return {"range": [decoration.start, decoration.end], **said}


def _read(tree: Any) -> CannedReply | None:
    if not isinstance(tree, dict):
        return None
    name, text = tree.get("name"), tree.get("text")
    if not (isinstance(name, str) and name.strip() and isinstance(text, str) and text):
        return None
    listed = tree.get("decorations")
    found = [_read_decoration(each) for each in listed] if isinstance(listed, list) else []
    decorations = tuple(each for each in found if each is not None)
    listed = tree.get("files")
    files = tuple(each for each in listed if _is_beside(each)) if isinstance(listed, list) else ()
    return CannedReply(" ".join(name.split()), text, decorations, _read_effect(tree.get("effect")), files)


def _is_beside(path: Any) -> bool:
    """Tell whether a path stays in the folder: a shared file must not make others send what is theirs."""
    if not isinstance(path, str) or not path or "\\" in path or ":" in path:
        return False
    parts = PurePosixPath(path)
    return not parts.is_absolute() and ".." not in parts.parts


def _read_decoration(tree: Any) -> Decoration | None:
    place = tree.get("range") if isinstance(tree, dict) else None
    if not (isinstance(place, list) and len(place) == _PAIR and all(type(each) is int for each in place)):
        return None
    words = {key: tree[key] for key in ("style", "animation") if isinstance(tree.get(key), str)}
    if len(words) != 1 or not 0 <= place[0] < place[1]:
        return None
    return Decoration(place[0], place[1], **words)


def _read_effect(tree: Any) -> Effect | None:
    if not isinstance(tree, dict):
        return None
    kind, name = tree.get("type"), tree.get("name")
    return Effect(kind, name) if isinstance(kind, str) and isinstance(name, str) else None
