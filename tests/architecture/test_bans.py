"""What must not be written, each with the sentence that names the cure."""

import ast
import re

import pytest

from tests.architecture.source import ROOT, Module, modules

VAGUE_NAMES = {"utils", "helpers", "common", "manager", "misc", "base"}

BANNED_TEXT = [
    (r"\bQTextBrowser\b", "customer text is never markup: draw it with QTextLayout"),
    (r"\.setHtml\(|\.insertHtml\(|\.setMarkdown\(|\.toHtml\(", "customer text is never markup"),
    (r"Qt\.(TextFormat\.)?(RichText|AutoText|MarkdownText)\b", "set Qt.TextFormat.PlainText"),
    (r"\bprocessEvents\(", "wait for a condition on the running loop"),
    (r"\bverify\s*=\s*False\b", "TLS is always checked against the system's trust store"),
    (r"\bfromUserInput\(", "it makes file: URLs of what a customer wrote: parse with QUrl.StrictMode"),
    (r"#\s*(type:\s*ignore|noqa|pragma:\s*no cover)", "mend the code instead of excusing it"),
    (r"\b(TODO|FIXME|XXX)\b", "finish it, or file an issue"),
]

ONE_HOME = [
    # open() a dialog and listen to finished: a nested loop kills the tasks. The worker has none.
    (r"\.exec\(\)|\.exec_\(", {"linqdesk/ui/media/recording_worker.py"}),
    (r"\bexcept Exception\b", {"linqdesk/services/task_scope.py", "linqdesk/store/subscription.py"}),
    (r"\bopenUrl\(", {"linqdesk/ui/links.py", "linqdesk/ui/media/opening.py"}),
]


def found(pattern: str) -> list[str]:
    return [
        f"{module.name}:{number}"
        for module in modules()
        for number, line in enumerate(module.text.splitlines(), 1)
        if re.search(pattern, line)
    ]


@pytest.mark.parametrize(("pattern", "cure"), BANNED_TEXT, ids=[cure[:30] for _, cure in BANNED_TEXT])
def test_nothing_banned_is_written(pattern: str, cure: str) -> None:
    assert found(pattern) == [], cure


@pytest.mark.parametrize(("pattern", "homes"), ONE_HOME, ids=[pattern for pattern, _ in ONE_HOME])
def test_what_has_one_home_stays_there(pattern: str, homes: set[str]) -> None:
    assert {place.rpartition(":")[0] for place in found(pattern)} <= homes


def test_no_module_has_a_vague_name() -> None:
    assert [module.name for module in modules() if module.path.stem in VAGUE_NAMES] == []


def opening_sentence(module: Module) -> str:
    return (ast.get_docstring(module.tree) or "").partition("\n")[0]


def test_every_module_says_in_one_sentence_what_it_is() -> None:
    assert [each.name for each in modules() if not opening_sentence(each).endswith((".", ":"))] == []


def test_tests_never_sleep_or_patch_our_own_modules() -> None:
    offenders = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "tests").rglob("*.py")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"time\.sleep\(|qtbot\.wait\(|mock\.patch\(.linqdesk", line)
        and path.name != "test_bans.py"
    ]
    assert offenders == [], "wait for a condition; replace the network at the transport"
