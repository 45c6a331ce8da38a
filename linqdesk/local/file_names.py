"""Makes a file name that is harmless on every system out of whatever a customer called a file."""

import re
import unicodedata
from pathlib import PurePath

MAX_NAME_BYTES = 120
_MAX_EXTENSION_BYTES = 16
_EVERYWHERE = "file"
# Separators, wildcards, Windows' alternate streams, and letters that only look like a separator.
_FORBIDDEN = re.compile(r'%2f|%5c|%3a|%00|[<>:"/\\|?*\u2044\u2215\u29f8\uff0f\uff3c\uff1a]', re.IGNORECASE)
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# What shells, file managers and desktops take for something else at the beginning of a name.
_LEADING = " .-~"
_TRAILING = " ."
_DEVICES = {"con", "prn", "aux", "nul", "clock$", "conin$", "conout$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}
_COMMANDING = {"desktop.ini", "thumbs.db", "autorun.inf"}


def safe_name(name: str, fallback: str = _EVERYWHERE) -> str:
    """Return a name of 1 to 120 bytes that is one part of a path; the same for its own result.

    Control and formatting characters go, those that turn the reading direction above all, so that what is
    read is what there is. Names of Windows' devices get an underscore in front. The extension is kept.
    """
    seen = None
    while name != seen:
        seen = name
        name = _step(name)
    return name or fallback


def numbered(name: str, number: int) -> str:
    """Return "photo (2).jpg" for "photo.jpg" and 2, within the same bound."""
    stem, extension = _split(name)
    mark = f" ({number})"
    return _cut(stem, MAX_NAME_BYTES - len((mark + extension).encode())).rstrip(" ") + mark + extension


def with_extension(name: str, extension: str) -> str:
    """Return a safe name with this extension, ".jpg" for instance, in place of its own or none."""
    safe = safe_name(name)
    stem, own = _split(safe)
    if own.casefold() == extension.casefold():
        return safe
    return _cut(stem, MAX_NAME_BYTES - len(extension.encode())).rstrip(_TRAILING) + extension


def _step(name: str) -> str:
    visible = "".join(
        " " if each in "\t\n\r" else each
        for each in name
        if each in "\t\n\r" or unicodedata.category(each) not in _INVISIBLE
    )
    plain = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", visible))
    plain = re.sub(r"\s+", " ", plain).lstrip(_LEADING).rstrip(_TRAILING)
    if plain.partition(".")[0].strip().casefold() in _DEVICES or plain.casefold() in _COMMANDING:
        plain = f"_{plain}"
    stem, extension = _split(plain)
    return _cut(stem, MAX_NAME_BYTES - len(extension.encode())) + extension


def _split(name: str) -> tuple[str, str]:
    """Return stem and extension; what is too long to be an extension is none."""
    extension = PurePath(name).suffix
    if len(extension.encode()) > _MAX_EXTENSION_BYTES:
        extension = ""
    return name.removesuffix(extension), extension


def _cut(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode("utf-8", "ignore")
