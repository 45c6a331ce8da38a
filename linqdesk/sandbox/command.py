"""The command `linqdesk sandbox`: its arguments, and what it does with them."""

import argparse
import json
import sys
from pathlib import Path

from linqdesk.sandbox.variants import CHOICES

_MAX_PORT = 65_535
_MAX_CHATS, _MAX_MESSAGES = 20_000, 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the sandbox to a parser."""
    parser.add_argument("--port", type=_Within(0, _MAX_PORT), default=0, help="0 chooses a free one")
    parser.add_argument("--story", default="desk", help="desk (default), gallery, giant or empty")
    parser.add_argument(
        "--chats", type=_Within(0, _MAX_CHATS), help="make a world of this many chats instead"
    )
    parser.add_argument("--messages", type=_Within(0, _MAX_MESSAGES), help="messages in each chat")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same world")
    parser.add_argument("--faults", type=Path, metavar="FILE", help="a fault plan in JSON")
    parser.add_argument("--speed", choices=("real", "fast"), default="real", help="how fast time runs")
    parser.add_argument("--order", choices=("newest", "oldest"), default="newest", help="what comes first")
    readings = "; ".join(f"{name}={'|'.join(values)}" for name, values in CHOICES.items())
    parser.add_argument(
        "--variant",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=f"the reading of a disputed point, any number of times; the default first: {readings}",
    )


def run(parsed: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT; returns the exit code: 0, 1 for a failure, 2 for wrong arguments."""
    from linqdesk.sandbox.fault_plan import read_rules
    from linqdesk.sandbox.options import SandboxOptions
    from linqdesk.sandbox.server import serve_forever

    try:
        rules = read_rules(json.loads(parsed.faults.read_bytes())) if parsed.faults is not None else []
        variants = dict(_pair(text) for text in parsed.variant)
    except (OSError, TypeError, ValueError) as wrong:
        sys.stderr.write(f"linqdesk sandbox: {wrong}\n")
        return 2
    return serve_forever(
        SandboxOptions(
            port=parsed.port,
            story=parsed.story,
            chats=parsed.chats,
            messages=parsed.messages,
            seed=parsed.seed,
            faults=rules,
            speed=parsed.speed,
            order=parsed.order,
            variants=variants,
        )
    )


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise ValueError(f"--variant is NAME=VALUE, not {text!r}")
    return name, value


class _Within:
    """An argument type: a whole number within bounds."""

    def __init__(self, low: int, high: int) -> None:
        self._low, self._high = low, high

    def __call__(self, text: str) -> int:
        """Read the number."""
        number = int(text) if text.lstrip("-").isdecimal() else self._low - 1
        if not self._low <= number <= self._high:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number from {self._low} to {self._high}")
        return number
