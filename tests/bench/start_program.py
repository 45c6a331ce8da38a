"""Starts the program by its command; prints when it had painted first, and its chats first."""

import os
import sys
from typing import TYPE_CHECKING

from linqdesk import __main__ as command

if TYPE_CHECKING:
    from linqdesk.desk_application import DeskApplication


def _watched(arguments: list[str]) -> "DeskApplication":
    # Not imported sooner than the program itself imports what it needs.
    from tests.bench.start_watch import WatchedApplication

    return WatchedApplication(arguments)


def main(base_url: str) -> int:
    os.environ |= {"LINQDESK_BASE_URL": base_url, "LINQDESK_TOKEN": "sandbox-token"}
    return command.main([], _watched)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
