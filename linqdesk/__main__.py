"""`python -m linqdesk` and the command `linqdesk`: reads the command line and calls who does the work."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from linqdesk import platform_guard
from linqdesk.arguments import WindowOptions, build_parser, window_options

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from linqdesk.app import MakeApplication

NO_DISPLAY = 3


def main(command_line: Sequence[str] | None = None, make_application: MakeApplication | None = None) -> int:
    """Run the program; returns its exit code.

    0 is normal, 1 a failure said in one line on stderr, 2 a wrong command line, 3 a screen or a Qt
    platform that is missing.

    Args:
        command_line: what follows the program's name, by default that of this process.
        make_application: a benchmark brings an application that watches.
    """
    given = sys.argv[1:] if command_line is None else command_line
    work = _worker(given)
    if work is not None:
        work()
        return 0
    if not given:
        return _open(WindowOptions(), make_application)
    from linqdesk.sandbox import command as sandbox_command

    parser = build_parser(sandbox_command.add_arguments)
    parsed = parser.parse_args(given)
    if parsed.command == "sandbox":
        return sandbox_command.run(parsed)
    if parsed.command == "doctor":
        return _examine()
    return _open(window_options(parsed, parser), make_application)


def _open(options: WindowOptions, make_application: MakeApplication | None) -> int:
    # What is imported is no garbage, and looking for some would take a fifth of the time until the window is
    # painted. Its loop looks when it is at rest.
    gc.disable()
    if not _can_run(needs_window=not options.draws_off_screen):
        return NO_DISPLAY
    from linqdesk import app

    return app.run(options, make_application)


def _examine() -> int:
    if not _can_run(needs_window=False):
        return NO_DISPLAY
    from linqdesk import doctor

    return doctor.run()


def _can_run(*, needs_window: bool) -> bool:
    """Tell whether Qt can start here, and say on stderr why not."""
    lacking = _what_qt_lacks(needs_window=needs_window)
    if lacking is not None:
        sys.stderr.write(f"linqdesk: {lacking}\n")
    return lacking is None


def _worker(given: Sequence[str]) -> Callable[[], None] | None:
    """Return the work of a child; a frozen program has no Python to run its script, so it starts itself."""
    if len(given) != 1 or given[0].startswith("-"):
        return None
    from linqdesk.local import picture_changer, picture_decoder, recording_reader, sound_encoder

    match list(given):
        case [picture_decoder.FROZEN_COMMAND]:
            from linqdesk.local import picture_worker

            return picture_worker.main
        case [picture_changer.FROZEN_COMMAND]:
            from linqdesk.local import picture_change_worker

            return picture_change_worker.main
        case [recording_reader.FROZEN_COMMAND]:
            from linqdesk.ui.media import recording_worker

            return recording_worker.main
        case [sound_encoder.FROZEN_COMMAND]:
            from linqdesk.ui.media import encoding_worker

            return encoding_worker.main
        case _:
            return None


def _what_qt_lacks(*, needs_window: bool) -> str | None:
    """Return why Qt cannot start here, None where it can; without a screen, pictures are drawn off screen."""
    if platform_guard.needs_display(os.environ):
        if needs_window:
            return (
                "there is no display to open a window on; set DISPLAY or WAYLAND_DISPLAY, "
                "run it under xvfb-run (apt-get install xvfb xauth), or use --screenshot"
            )
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    packages = platform_guard.missing_packages(os.environ)
    if packages:
        return f"Qt lacks system libraries; run: sudo apt-get install {' '.join(packages)}"
    import PySide6

    return platform_guard.refusal(tuple(sys.version_info[:3]), tuple(PySide6.__version_info__[:3]))


if __name__ == "__main__":
    sys.exit(main())
