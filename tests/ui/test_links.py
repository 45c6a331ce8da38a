"""Links that customers write: what opens, what is asked about, what never opens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from linqdesk.ui.links import LinkOpener
from linqdesk.ui.models.link_words import address_of
from linqdesk.ui.panels.question_dialog import QuestionDialog
from linqdesk.ui.web_address import Verdict, read_address

RTL = "\u202e"

PLAIN = [
    ("https://example.com/a?b=c#d", "example.com"),
    ("HTTPS://EXAMPLE.com", "example.com"),
    ("http://example.com:80/", "example.com"),
    ("https://example.com:443/", "example.com"),
    ("https://b\u00fccher.de/x", "xn--bcher-kva.de"),
    ("https://\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444/", "xn--e1afmkfd.xn--p1ai"),
    ("https://\u65e5\u672c\u8a9e.jp/", "xn--wgv71a119e.jp"),
    ("https://example\u3002com/", "example.com"),
    ("https://example.com#@evil.com", "example.com"),
    ("https://example.com?@evil.com/", "example.com"),
    ("https://a_b.example.com", "a_b.example.com"),
]

ODD = [
    ("https://bank.com@evil.com", "evil.com", "name before its host"),
    ("https://user:word@example.com/", "example.com", "name before its host"),
    ("https://\u0430pple.com", "xn--pple-43d.com", "different scripts"),
    ("https://\u0435\u0445\u0430.com", "xn--80aj2c.com", "different scripts"),
    ("https://xn--80ak6aa92e.com", "xn--80ak6aa92e.com", "different scripts"),
    ("https://xn--zzzzzzz99/", "xn--zzzzzzz99", "different scripts"),
    ("https://[::1]/", "::1", "a number"),
    ("https://127.0.0.1/", "127.0.0.1", "a number"),
    ("http://169.254.169.254/latest", "169.254.169.254", "a number"),
    ("https://example.com:8443/a", "example.com", "port 8443"),
    ("http://example.com:443/a", "example.com", "port 443"),
    (f"https://example.com/{RTL}moc", "example.com", "hidden characters"),
    ("https://example.com/\u200bx", "example.com", "hidden characters"),
    ("https://example.com/" + "a" * 2_048, "example.com", "unusually long"),
    ("tel:+14155550134", "", "calls a number"),
    ("mailto:ana@example.com", "", "begins an e-mail"),
]

NEVER = [
    "",
    "example.com",
    "//host/share",
    "\\\\host\\share",
    "file:///etc/passwd",
    "file://host/share/x.exe",
    "smb://host/x",
    "ms-msdt:/id",
    "ms-officecmd:{}",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,<b>x</b>",
    "vbscript:x",
    "ftp://example.com/x",
    "intent://x#Intent;end",
    "https://",
    "https:example.com",
    "http:///example.com",
    "https://a..b/",
    "https://good.com\\@evil.com",
    "https://good.com\\.evil.com/",
    "https://example.com%E2%80%AE/moc",
    "http://evil.com%00.good.com",
    f"https://{RTL}moc.elpmaxe",
    "https://exa mple.com",
    "https://www.bank.com\uff0fevil.com",
    "https://[::1",
    "https://2130706433/",
    "http://0x7f.1/",
]


class _Desk:
    """An opener over a window, and what it opened."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self.opened: list[str] = []
        self.links = LinkOpener(window, self._open)

    def _open(self, url: QUrl) -> bool:
        self.opened.append(url.host(QUrl.ComponentFormattingOption.FullyEncoded))
        return True

    def boxes(self) -> list[QuestionDialog]:
        return [each for each in self.window.findChildren(QuestionDialog) if each.isVisible()]

    def press(self, name: str) -> None:
        (box,) = self.boxes()
        box.press(name)


@pytest.fixture
def desk(qtbot: QtBot) -> _Desk:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return _Desk(window)


@pytest.mark.parametrize(("text", "host"), PLAIN)
def test_a_plain_address_opens_at_the_host_that_is_shown(desk: _Desk, text: str, host: str) -> None:
    desk.links.open(text)
    assert desk.opened == [host] == [address_of(text).host]
    assert desk.boxes() == []


@pytest.mark.parametrize(("text", "host", "reason"), ODD, ids=[reason for _, _, reason in ODD])
def test_an_odd_address_opens_only_after_its_host_was_shown_and_agreed_to(
    desk: _Desk, text: str, host: str, reason: str
) -> None:
    desk.links.open(text)
    assert desk.opened == []
    (box,) = desk.boxes()
    words = " ".join(each.text() for each in box.findChildren(QLabel))
    assert reason in words
    assert f"leads to {host}" in words or not host
    assert RTL not in words
    desk.press("Open")
    assert desk.opened == [host]


@pytest.mark.parametrize("text", NEVER)
def test_what_is_no_web_address_never_opens(desk: _Desk, text: str) -> None:
    desk.links.open(text)
    (box,) = desk.boxes()
    assert box.objectName() == "link_refusal"
    assert [each.text() for each in box.findChildren(QPushButton)] == ["Close"]
    desk.press("Close")
    assert desk.opened == []


def test_staying_is_what_return_and_escape_do(desk: _Desk) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        desk.links.open("https://bank.com@evil.com")
        (box,) = desk.boxes()
        QTest.keyClick(box, key)
        assert desk.boxes() == []
    assert desk.opened == []


def test_an_odd_address_can_be_copied_as_it_was_written(desk: _Desk) -> None:
    desk.links.open("https://bank.com@evil.com")
    desk.press("Copy address")
    assert QGuiApplication.clipboard().text() == "https://bank.com@evil.com"
    assert desk.opened == []


PIECES = ["http", "https", ":", "//", "://", "@", "/", "\\", "?", "#", "%00", "%2e", "example", ".com"]
HOSTS = ["[::1]", "127.1", "0x7f", "xn--", "8443", "user", "\u0430", "\u3002", RTL, " ", "\uff0f", "\t"]
SCRAPS = st.sampled_from([*PIECES, *HOSTS])


@given(st.lists(SCRAPS, max_size=9).map("".join) | st.text(max_size=40).map("https://".__add__))
def test_the_host_that_is_shown_is_the_host_that_the_opener_gets(text: str) -> None:
    address = read_address(text)
    if address.verdict is Verdict.REFUSE:
        assert address.host == ""
        return
    assert address.url.scheme() in {"http", "https", "tel", "mailto"}
    assert address.url.host(QUrl.ComponentFormattingOption.FullyEncoded) == address.host
    assert QUrl.fromEncoded(address.url.toEncoded()).host() == address.url.host()
    assert address.host.isascii()
    if address.host:
        assert address_of(text).host == address.host
