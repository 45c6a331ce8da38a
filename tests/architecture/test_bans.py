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
    # open() a dialog and listen to finished: a nested loop kills the tasks. Workers have none.
    (
        r"\.exec\(\)|\.exec_\(",
        {"linqdesk/ui/media/recording_worker.py", "linqdesk/ui/media/encoding_worker.py"},
    ),
    (r"\bexcept Exception\b", {"linqdesk/services/task_scope.py", "linqdesk/store/subscription.py"}),
    (r"\bopenUrl\b", {"linqdesk/ui/system_opener.py"}),
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


# Their tooltips are the program's own words, never somebody's.
OWN_TIPS = {
    "linqdesk/ui/acts/find_bar.py",
    "linqdesk/ui/acts/hover_bar.py",
    "linqdesk/ui/acts/message_menu.py",
    "linqdesk/ui/composer/arrive_line.py",
    "linqdesk/ui/composer/format_bar.py",
    "linqdesk/ui/composer/message_edit.py",
    "linqdesk/ui/composer/service_choice.py",
    "linqdesk/ui/composer/strip.py",
    "linqdesk/ui/icon_button.py",
    "linqdesk/ui/panels/chat_header.py",
    "linqdesk/ui/panels/health_chip.py",
    "linqdesk/ui/pickers/effect_chip.py",
    "linqdesk/ui/pickers/emoji_picker.py",
    "linqdesk/ui/thread/player_controls.py",
    "linqdesk/ui/windows/picture_viewer.py",
}


def _is_safe_tip(words: ast.expr) -> bool:
    match words:
        case ast.Constant():
            return True
        case ast.IfExp(body=body, orelse=orelse):
            return _is_safe_tip(body) and _is_safe_tip(orelse)
        case ast.Call(func=ast.Name(id="plain_tip")):
            return True
        case _:
            return False


def test_tooltips_never_guess_whether_words_are_markup() -> None:
    offenders = [
        f"{module.name}:{call.lineno}"
        for module in modules()
        if module.name not in OWN_TIPS
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if (call.func.attr == "setToolTip" and not _is_safe_tip(call.args[0]))
        or (call.func.attr == "showText" and not _is_safe_tip(call.args[1]))
    ]
    assert offenders == [], "wrap the words in linqdesk.ui.tooltips.plain_tip"


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
