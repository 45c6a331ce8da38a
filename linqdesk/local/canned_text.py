"""The text of a file of canned replies: changed where a reply changed, and nowhere else.

The file is cut at its headers into entries, and only an entry that changes is parsed for writing: tomlkit
takes seconds for a whole file of 1 MB.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from linqdesk.domain.canned import CannedReply, Key, by_name
from linqdesk.local.canned_entry import changed_entry, entry_of, new_entry, read_entry

_TOKEN = re.compile(
    r"""(?P<trivia>[ \t\r\n]+|\#[^\n]*)
    |"{3}(?:\\.|[^\\])*?"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'
    |(?P<open>[\[{])|(?P<close>[\]}])|[^\s"'\[\]{}\#]+""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Block:
    """A table of the file under the blank lines and comments over it; `reply` where it holds one."""

    lead: str
    text: str
    reply: CannedReply | None = None


@dataclass(frozen=True, slots=True)
class _Header:
    """Where a table begins, where what stands before it ends, and its first key in a tree of TOML."""

    start: int
    before: int
    tree: dict[str, Any]

    @property
    def begins_reply(self) -> bool:
        return isinstance(self.tree.get("reply"), list) and self.tree["reply"] == [{}]

    @property
    def continues_reply(self) -> bool:
        return "reply" in self.tree and not self.begins_reply


def replies_in(text: str) -> tuple[CannedReply, ...]:
    """Return the replies of a file; what is no reply is left out.

    Raises:
        ValueError: it is no TOML.
    """
    return _said(_tree(text))[0]


def rewritten(text: str, replies: tuple[CannedReply, ...]) -> str:
    """Return the text with other replies; comments, order, line ends and what is no reply stay.

    The comments inside of an entry go with it; those over it stay.

    Raises:
        ValueError: it is no TOML, or cannot be changed without losing something.
    """
    tree = _tree(text)
    there, others = _said(tree)
    if there == replies:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    head, blocks, tail = _cut(text, _entries(tree))
    made = _joined(head, _arranged(blocks, by_name(replies), newline), tail, newline)
    if _said(_tree(made)) != (replies, others):
        raise ValueError("it cannot be changed without losing what else it says")
    return made


def _tree(text: str) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(text)


@lru_cache(maxsize=64)
def _key(line: str) -> dict[str, Any]:
    return _tree(line)


def _entries(tree: dict[str, Any]) -> list[Any]:
    listed = tree.get("reply")
    return listed if isinstance(listed, list) else []


def _said(tree: dict[str, Any]) -> tuple[tuple[CannedReply, ...], tuple[dict[str, Any], list[Any]]]:
    """Return the replies of a file, and what else it says."""
    read = [(read_entry(each), each) for each in _entries(tree)]
    unread = [each for reply, each in read if reply is None]
    rest = {key: value for key, value in tree.items() if key != "reply"}
    return tuple(reply for reply, _ in read if reply is not None), (rest, unread)


def _cut(text: str, listed: list[Any]) -> tuple[str, list[_Block], str]:
    """Return what stands before the first table, the tables, and what follows the last."""
    headers, end = _headers(text)
    first = headers[0].start if headers else len(text)
    head, blocks = _without_inline(text[:first])
    entries, is_in_reply, before = iter(listed), False, first
    for header, stop in zip(headers, [*(each.before for each in headers), end][1:], strict=True):
        lead, body = text[before : header.start], text[header.start : stop]
        if is_in_reply and header.continues_reply:
            blocks[-1] = replace(blocks[-1], text=blocks[-1].text + lead + body)
        else:
            is_in_reply = header.begins_reply
            blocks.append(_Block(lead, body, read_entry(next(entries)) if is_in_reply else None))
        before = stop
    return head, blocks, text[before:]


def _headers(text: str) -> tuple[list[_Header], int]:
    """Return the headers of tables, and where the last line ends that says something."""
    found: list[_Header] = []
    depth, is_line_start, last = 0, True, 0
    for token in _TOKEN.finditer(text):
        if token["trivia"]:
            is_line_start = is_line_start or "\n" in token[0]
            continue
        if token["open"] and is_line_start and depth == 0:
            line = text[token.start() : _line_end(text, token.start())]
            found.append(_Header(token.start(), _line_end(text, last), _key(line)))
        depth += bool(token["open"]) - bool(token["close"])
        is_line_start, last = False, token.end()
    return found, _line_end(text, last)


def _line_end(text: str, place: int) -> int:
    return text.find("\n", place) + 1 or len(text)


def _without_inline(head: str) -> tuple[str, list[_Block]]:
    """Return what stands before the tables without a list of replies, and its entries as tables.

    Raises:
        ValueError: something else than replies is kept under their key.
    """
    tree = _tree(head)
    listed = _entries(tree)
    if "reply" not in tree:
        return head, []
    if tree["reply"] != listed or not all(isinstance(each, dict) for each in listed):
        raise ValueError("its key “reply” holds something else than replies")
    import tomlkit

    document = tomlkit.parse(head)
    inside = _TOKEN.finditer(tomlkit.document().append("reply", document.item("reply")).as_string())
    comments = "".join(f"{each[0].rstrip()}\n" for each in inside if each[0].startswith("#"))
    document.remove("reply")
    blocks = [_Block("\n", entry_of(each), read_entry(each)) for each in listed]
    return document.as_string() + comments, blocks


def _arranged(blocks: list[_Block], wanted: dict[Key, CannedReply], newline: str) -> list[_Block]:
    """Return the blocks with the replies that are wanted; each new one follows what it follows there."""
    sources = _sources(blocks, wanted)
    following: defaultdict[Key | None, list[_Block]] = defaultdict(list)
    ahead: Key | None = None
    for key, reply in wanted.items():
        if key in sources:
            ahead = key
        else:
            following[ahead].append(_Block(newline, _with_ends(new_entry(reply), newline)))
    made, in_order = following[None], iter([key for key in wanted if key in sources])
    taken = set(sources.values())
    for place, block in enumerate(blocks):
        if place in taken:
            key = next(in_order)
            text = _changed(blocks[sources[key]], wanted[key], newline)
            made += [_Block(block.lead, text), *following[key]]
        elif block.reply is None:
            made.append(block)
        elif "#" in block.lead:
            made.append(_Block(block.lead, ""))
    return made


def _sources(blocks: list[_Block], wanted: dict[Key, CannedReply]) -> dict[Key, int]:
    """Return where the replies that are wanted stand now; one that has but another name is the same one."""
    places = [place for place, each in enumerate(blocks) if each.reply is not None]
    there = by_name(each.reply for each in blocks if each.reply is not None)
    held = dict(zip(there, places, strict=True))
    gone = {replace(each, name=""): held[key] for key, each in there.items() if key not in wanted}
    found = {}
    for key, reply in wanted.items():
        place = held.get(key) if key in held else gone.pop(replace(reply, name=""), None)
        if place is not None:
            found[key] = place
    return found


def _changed(block: _Block, reply: CannedReply, newline: str) -> str:
    if block.reply is None or block.reply == reply:
        return block.text
    return _with_ends(changed_entry(block.text, block.reply, reply), newline)


def _with_ends(text: str, newline: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", newline)


def _joined(head: str, blocks: list[_Block], tail: str, newline: str) -> str:
    """Return the whole text; every table begins on a line of its own."""
    made = [head]
    for each in blocks:
        is_open = bool(made[-1]) and not made[-1].endswith("\n")
        lead = each.lead if any(made) else each.lead.lstrip("\r\n")
        made.append((newline if is_open else "") + lead + each.text)
    return "".join([*made, tail])
