from pathlib import Path

import pytest

from linqdesk.arguments import Screenshot, WindowOptions, build_parser, window_options
from linqdesk.sandbox.command import add_arguments


def _options(*words: str) -> WindowOptions:
    parser = build_parser(add_arguments)
    return window_options(parser.parse_args(words), parser)


def test_a_screenshot_is_described_by_its_flags() -> None:
    options = _options(
        "--demo", "--screenshot", "a.png", "--size", "800x600", "--scale", "2", "--theme", "dark"
    )
    assert options.screenshot == Screenshot(Path("a.png"), (800, 600), 2.0)
    assert (options.is_demo, options.theme, options.story) == (True, "dark", "desk")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--size", "big"], "'big' is not a size"),
        (["--size", "100x100"], "each side is"),
        (["--scale", "nine"], "the scale is 0.5 to 4.0"),
        (["--scale", "9"], "the scale is 0.5 to 4.0"),
        (["--theme", "pink"], "invalid choice"),
        (["--nonsense"], "unrecognized arguments"),
        (["nonsense"], "invalid choice"),
        (["--tour", "pictures"], "--tour needs --demo"),
    ],
)
def test_a_wrong_command_line_is_one_clear_line_and_exit_code_2(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_info:
        _options(*words)
    assert exit_info.value.code == 2
    printed = capsys.readouterr().err
    assert said in printed
    assert printed.count("\n") == 1
