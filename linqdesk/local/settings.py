"""What the person set and how the window stood, kept in a TOML file."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.paths import make_folder

if TYPE_CHECKING:
    from collections.abc import Callable

THEMES = ("system", "light", "dark", "high-contrast")
MIN_ZOOM, MAX_ZOOM = 0.8, 2.0
AUTOPLAY = ("always", "once", "never")
REDUCED_MOTION = ("follow", "on")
SEND_KEYS = ("enter", "ctrl-enter")
SPELLING = ("on", "off")
READ_WHEN = ("answer", "open", "hand")
MAX_RECENT = 36
# Looking for news: requests a second on average.
MIN_REQUESTS_PER_S, MAX_REQUESTS_PER_S = 0.2, 20.0
SKIN_TONES = ("none", "light", "medium-light", "medium", "medium-dark", "dark")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings; `geometry` and `splitter` are Qt's own bytes in base64.

    `autoplay` is how often effects play by themselves; `reduced_motion` follows the system or is on.
    `send_key` sends, Shift+Enter or Enter breaks the line; `agent_name` stands for {agent} in the canned
    replies of `canned_file`, which is the program's own where that is empty. `recent_emoji` begins with
    the one used last; `skin_tone` is 0 for none, 1 light to 5 dark.
    `typing_indicator` lets customers see that somebody types; `read_when` is when they see Read: when they
    are answered, when their chat is opened, or by hand alone. `microphone` is the system's word for the
    one that records, empty for whichever the system prefers. `requests_per_s` is what looking for news may
    cost on average. `shown_lines` are the numbers whose chats are shown, none for all.
    """

    theme: str = "system"
    zoom: float = 1.0
    geometry: str = ""
    splitter: str = ""
    autoplay: str = "once"
    reduced_motion: str = "follow"
    recent_emoji: tuple[str, ...] = ()
    skin_tone: int = 0
    send_key: str = "enter"
    spelling: str = "on"
    typing_indicator: bool = True
    read_when: str = "answer"
    agent_name: str = ""
    canned_file: str = ""
    microphone: str = ""
    requests_per_s: float = 2.0
    shown_lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings as read, what else stands in the file, and a sentence where it could not be read."""

    settings: Settings
    unknown: dict[str, Any]
    complaint: str | None = None


def load_settings(file: Path) -> LoadedSettings:
    """Read the settings; values that mean nothing are as if not set, a broken file is set aside."""
    if not file.exists():
        return LoadedSettings(Settings(), {})
    import tomllib

    try:
        tree = tomllib.loads(file.read_text("utf-8"))
    except OSError as failure:
        return LoadedSettings(Settings(), {}, f"The settings could not be read: {failure.strerror}.")
    except ValueError:
        return LoadedSettings(Settings(), {}, _set_aside(file))
    known = {each.name for each in fields(Settings)}
    told = {name: value for name, value in tree.items() if name in known and _is_valid(name, value)}
    for name in {"recent_emoji", "shown_lines"} & told.keys():
        told[name] = tuple(told[name][:MAX_RECENT])
    unknown = {name: value for name, value in tree.items() if name not in known}
    return LoadedSettings(Settings(**told), unknown)


def save_settings(file: Path, settings: Settings, unknown: dict[str, Any]) -> None:
    """Replace the file at once or not at all; what this version does not know stays in it.

    Raises:
        LocalFaultError: it cannot be written.
    """
    import tempfile

    import tomli_w

    make_folder(file.parent)
    try:
        # mkstemp makes a file that only its owner may read.
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".settings-")
        with os.fdopen(handle, "wb") as draft:
            tomli_w.dump({**unknown, **asdict(settings)}, draft)
        Path(name).replace(file)
    except OSError as failure:
        raise LocalFaultError(f"The settings could not be saved: {failure.strerror}.") from failure


def _set_aside(file: Path) -> str:
    aside = file.with_suffix(".broken.toml")
    try:
        file.replace(aside)
    except OSError:
        return "The settings are damaged and were ignored."
    return f"The settings were damaged and start anew; the old file is now {aside.name}."


def _is_valid(name: str, value: Any) -> bool:
    check = _CHECKS.get(name)
    return isinstance(value, str) if check is None else check(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


# Every setting without a line here is any text.
_CHECKS: dict[str, Callable[[Any], bool]] = {
    "theme": lambda value: value in THEMES,
    "zoom": lambda value: isinstance(value, int | float) and MIN_ZOOM <= value <= MAX_ZOOM,
    "autoplay": lambda value: value in AUTOPLAY,
    "reduced_motion": lambda value: value in REDUCED_MOTION,
    "send_key": lambda value: value in SEND_KEYS,
    "spelling": lambda value: value in SPELLING,
    "read_when": lambda value: value in READ_WHEN,
    "typing_indicator": lambda value: isinstance(value, bool),
    "requests_per_s": lambda value: _is_number(value) and MIN_REQUESTS_PER_S <= value <= MAX_REQUESTS_PER_S,
    "recent_emoji": _are_texts,
    "shown_lines": _are_texts,
    "skin_tone": lambda value: type(value) is int and 0 <= value <= len(SKIN_TONES) - 1,
}
