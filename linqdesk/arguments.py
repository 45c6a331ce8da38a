"""The command line: what may be asked of the program, checked before anything heavy is imported."""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from typing_extensions import override

from linqdesk import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

_MIN_SIDE_PX, _MAX_SIDE_PX = 200, 8_000
_MIN_SCALE, _MAX_SCALE = 0.5, 4.0


@dataclass(frozen=True, slots=True)
class Screenshot:
    """A picture of the window that is asked for; `size_px` is in device-independent pixels."""

    path: Path
    size_px: tuple[int, int] | None = None
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """How the window is to open."""

    is_demo: bool = False
    story: str = "desk"
    theme: str | None = None
    open_chat: str | None = None
    has_panel: bool = False
    screenshot: Screenshot | None = None
    tour: Path | None = None

    @property
    def draws_off_screen(self) -> bool:
        """Whether the window is only there for its picture."""
        return self.screenshot is not None or self.tour is not None


class _OneLineParser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line and exits with 2."""

    @override
    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"{self.prog}: {message} (see {self.prog} --help)\n")
        sys.exit(2)


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{3,4})[xX](\d{3,4})", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"'{text}' is not a size such as 1240x800")
    width, height = int(match[1]), int(match[2])
    if not all(_MIN_SIDE_PX <= side <= _MAX_SIDE_PX for side in (width, height)):
        raise argparse.ArgumentTypeError(f"each side is {_MIN_SIDE_PX} to {_MAX_SIDE_PX} pixels")
    return width, height


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        scale = 0.0
    if not _MIN_SCALE <= scale <= _MAX_SCALE:
        raise argparse.ArgumentTypeError(f"the scale is {_MIN_SCALE} to {_MAX_SCALE}, not '{text}'")
    return scale


def build_parser(add_sandbox_arguments: Callable[[argparse.ArgumentParser], None]) -> argparse.ArgumentParser:
    """Return the parser of the whole command line; the sandbox names the arguments of its own command."""
    parser = _OneLineParser(
        prog="linqdesk",
        description="Chat with customers over iMessage, RCS and SMS through the Linq Partner API.",
    )
    parser.add_argument("--version", action="version", version=f"LinqDesk {__version__}")
    parser.add_argument("--demo", action="store_true", help="open the window on an embedded sandbox")
    parser.add_argument("--story", default="desk", help="the sandbox's story (default: desk)")
    parser.add_argument("--theme", choices=("light", "dark", "high-contrast"), help="the window's colours")
    parser.add_argument("--open", metavar="CHAT", help="open this chat, by id or by name")
    parser.add_argument("--panel", action="store_true", help="open the details panel")
    parser.add_argument("--screenshot", metavar="FILE", type=Path, help="write a PNG of the window and exit")
    parser.add_argument("--size", metavar="WxH", type=_size, help="the window's size for the screenshot")
    parser.add_argument("--scale", type=_scale, default=1.0, help="pixels a unit for the screenshot")
    parser.add_argument(
        "--tour",
        metavar="FOLDER",
        type=Path,
        help="with --demo: answer a customer, write pictures of that, exit",
    )
    commands = parser.add_subparsers(dest="command", parser_class=_OneLineParser)
    commands.add_parser("doctor", help="print what this installation consists of")
    add_sandbox_arguments(commands.add_parser("sandbox", help="serve an imaginary Linq on this computer"))
    return parser


def window_options(parsed: argparse.Namespace, parser: argparse.ArgumentParser) -> WindowOptions:
    """Return how the window is to open; exits with 2 where the arguments do not go together."""
    if parsed.tour is not None and not parsed.demo:
        parser.error("--tour needs --demo: it writes to a customer")
    screenshot = None
    if parsed.screenshot is not None:
        screenshot = Screenshot(path=parsed.screenshot, size_px=parsed.size, scale=parsed.scale)
    return WindowOptions(
        is_demo=parsed.demo,
        story=parsed.story,
        theme=parsed.theme,
        open_chat=parsed.open,
        has_panel=parsed.panel,
        screenshot=screenshot,
        tour=parsed.tour,
    )
