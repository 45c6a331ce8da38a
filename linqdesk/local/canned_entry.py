"""One canned reply as a table of TOML: read, written, and changed without losing what else it says."""

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from linqdesk.domain.canned import CannedReply
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.message import Effect

if TYPE_CHECKING:
    from tomlkit.items import InlineTable, Item, Table

_PAIR = 2
_ON = True


def read_entry(tree: Any) -> CannedReply | None:
    """Return the reply that an entry holds, None where it is none; what means nothing in it is left out."""
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


def new_entry(reply: CannedReply) -> str:
    """Return a reply as an entry of its own."""
    import tomlkit

    table = tomlkit.table()
    _write(table, None, reply)
    return _entry_of(table)


def entry_of(tree: dict[str, Any]) -> str:
    """Return an entry, read from an inline list, as a table of its own with everything that it says."""
    import tomlkit

    table = tomlkit.table()
    table.update(tree)
    return _entry_of(table)


def changed_entry(entry: str, old: CannedReply, new: CannedReply) -> str:
    """Return an entry with what differs between two replies; comments and keys of others stay."""
    import tomlkit
    from tomlkit.items import AoT

    document = tomlkit.parse(entry)
    listed = document["reply"]
    if isinstance(listed, AoT):
        _write(listed[0], old, new)
    return document.as_string()


def _entry_of(table: "Table") -> str:
    import tomlkit

    document, listed = tomlkit.document(), tomlkit.aot()
    listed.append(table)
    document.append("reply", listed)
    return document.as_string()


def _write(table: "Table", old: CannedReply | None, new: CannedReply) -> None:
    """Write what differs from the old reply, everything where there is none."""
    if old is None or new.name != old.name:
        table["name"] = new.name
    if old is None or new.text != old.text:
        table["text"] = _text(new.text)
    if new.effect != (old.effect if old is not None else None):
        _set(table, "effect", _effect(new.effect) if new.effect is not None else None)
    if new.decorations != (old.decorations if old is not None else ()):
        _set(table, "decorations", _list([_decoration(each) for each in new.decorations]))
    if new.files != (old.files if old is not None else ()):
        _set(table, "files", _list(list(new.files)))


def _set(table: "Table", key: str, value: "Item | None") -> None:
    """Put a value in its place; a table of its own under this key cannot hold it and goes."""
    from tomlkit.items import AoT, Table

    there = table.get(key)
    if there is not None and (value is None or isinstance(there, AoT | Table)):
        del table[key]
    if value is not None:
        table[key] = value


def _text(text: str) -> "Item":
    import tomlkit

    # Between three quotes a carriage return before a new line would be taken for that line's end.
    return tomlkit.string(text, multiline="\n" in text and "\r" not in text)


def _list(values: "list[str] | list[InlineTable]") -> "Item | None":
    import tomlkit

    if not values:
        return None
    listed = tomlkit.array()
    for each in values:
        listed.append(each)
    return listed.multiline(_ON)


def _effect(effect: Effect) -> "InlineTable":
    import tomlkit

    inline = tomlkit.inline_table()
    inline.update({"type": effect.kind, "name": effect.name})
    return inline


def _decoration(decoration: Decoration) -> "InlineTable":
    import tomlkit

    words = {"style": decoration.style, "animation": decoration.animation}
    inline = tomlkit.inline_table()
    inline.update({"range": [decoration.start, decoration.end]})
    inline.update({key: word for key, word in words.items() if word is not None})
    return inline


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
