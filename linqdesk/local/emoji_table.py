"""The shipped table of emoji."""

from functools import cache

from linqdesk.domain.emoji import Emoji
from linqdesk.local.resource_files import resource


@cache
def load_emoji() -> tuple[Emoji, ...]:
    """Return all emoji in Unicode's order; some milliseconds the first time, nothing afterwards."""
    lines = resource("emoji", "emoji.tsv").read_text("utf-8").splitlines()
    return tuple(_read(line) for line in lines)


def _read(line: str) -> Emoji:
    group, text, version, label, names, tags, skins = line.split("\t")
    return Emoji(
        text=text,
        label=label,
        names=tuple(names.split()),
        tags=tuple(tags.split("|")) if tags else (),
        group=int(group),
        version=float(version),
        skins=tuple(skins.split()),
    )
