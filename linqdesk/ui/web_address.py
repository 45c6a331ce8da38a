"""What a link really is: the host that the browser will ask, and why one might think twice. Pure."""

import ipaddress
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from urllib.parse import urlsplit

from PySide6.QtCore import QUrl

MAX_LENGTH = 2_048
_WEB = {"http": 80, "https": 443}
_ASKED_FIRST = {"tel": "calls a number", "mailto": "begins an e-mail"}
# Scripts that are written together: their mixture is no disguise.
_EAST_ASIA = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO", "LATIN"})
# Letters of other scripts that look like Latin ones (a selection of Unicode's confusables).
_LOOK_LATIN = frozenset("авеѕіјԛоруԁһӏԝхсєѵԍҽүзкмнт" + "αικνορτυχγηω" + "օոսցհյզ")


class Verdict(Enum):
    """What to do with a link."""

    OPEN = auto()
    ASK = auto()
    REFUSE = auto()


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A link as it is opened: `url` is what the opener gets and `host` the host in it, in ASCII.

    `reasons` say, as ends of a sentence that begins with "This address", why to ask or refuse.
    """

    url: QUrl
    host: str
    verdict: Verdict
    reasons: tuple[str, ...] = ()


@lru_cache(maxsize=1_024)
def read_address(text: str) -> WebAddress:
    """Read a link that somebody else wrote; nothing is guessed or repaired."""
    url = QUrl(text, QUrl.ParsingMode.StrictMode)
    scheme = url.scheme().lower()
    if not url.isValid() or scheme not in {*_WEB, *_ASKED_FIRST}:
        return WebAddress(url, "", Verdict.REFUSE, (_refusal(text, url),))
    if scheme in _ASKED_FIRST:
        return WebAddress(url, "", Verdict.ASK, (_ASKED_FIRST[scheme],))
    host = ascii_host(url)
    if not host or not _is_read_alike(text, host):
        return WebAddress(url, "", Verdict.REFUSE, ("can be read in more than one way",))
    reasons = tuple(_reasons(text, url, host))
    return WebAddress(url, host, Verdict.ASK if reasons else Verdict.OPEN, reasons)


def ascii_host(url: QUrl) -> str:
    """Return the host that a URL leads to, foreign letters as punycode."""
    return url.host(QUrl.ComponentFormattingOption.FullyEncoded).lower()


def _refusal(text: str, url: QUrl) -> str:
    if _has_controls(text):
        return "holds hidden characters"
    if url.isValid() and url.scheme():
        return f"begins with “{url.scheme()[:20]}:”, and only web addresses open from here"
    return "is no complete web address"


def _has_controls(text: str) -> bool:
    """Tell whether a text holds what cannot be seen: controls, and marks that turn the direction."""
    return any(unicodedata.category(each) in {"Cc", "Cf", "Zl", "Zp", "Zs"} for each in text)


def _is_read_alike(text: str, host: str) -> bool:
    """Tell whether another reader of URLs finds the same host: one that does not is being fooled."""
    if "\\" in text:
        return False
    try:
        other = urlsplit(text).hostname or ""
    except ValueError:
        return False
    if other.isascii():
        return other.rstrip(".") == host.strip("[]").rstrip(".")
    # The other reader leaves foreign letters as they are.
    return bytes(QUrl.toAce(other).data()).decode("ascii") == host


def _reasons(text: str, url: QUrl, host: str) -> list[str]:
    found = []
    if _has_controls(text):
        found.append("holds hidden characters")
    if len(text) > MAX_LENGTH:
        found.append(f"is unusually long ({len(text):,} characters)")
    if url.userInfo():
        found.append("has a name before its host, which can look like another host")
    if url.port() not in {-1, _WEB[url.scheme().lower()]}:
        found.append(f"leads to port {url.port()} instead of the usual one")
    if _is_number(host):
        found.append("leads to a number instead of a name")
    if "%" in url.authority(QUrl.ComponentFormattingOption.FullyEncoded):
        found.append("hides characters in its host")
    if _is_disguised(host):
        found.append("mixes letters of different scripts that can look alike")
    return found


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return all(_is_numeral(label) for label in host.rstrip(".").split("."))
    return True


def _is_numeral(label: str) -> bool:
    return label.isdigit() or (label.startswith("0x") and label.isalnum())


def _is_disguised(host: str) -> bool:
    """Tell whether a label of a host mixes scripts, looks Latin throughout, or cannot be read."""
    labels = [label for label in host.split(".") if label.startswith("xn--")]
    return any(_is_label_disguised(label) for label in labels)


def _is_label_disguised(label: str) -> bool:
    try:
        word = label.removeprefix("xn--").encode("ascii").decode("punycode")
    except UnicodeError:
        return True
    scripts = {_script(each) for each in word if each.isalpha()}
    if len(scripts) > 1:
        return not scripts <= _EAST_ASIA
    foreign = [each for each in word.lower() if not each.isascii() and each.isalpha()]
    return bool(foreign) and all(each in _LOOK_LATIN for each in foreign)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0]
