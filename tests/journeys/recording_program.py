"""The real window in a process of its own, over a microphone that is none: records until it is killed.

`python -m tests.journeys.recording_program BASE_URL TOKEN FOLDER CHAT STOP`; STOP is "recording", or
"drafted" where the recording is ended to be listened to. It prints a line once that stands on the disk.
"""

import asyncio
import sys
from pathlib import Path

import qasync

from linqdesk.app import Desk
from linqdesk.arguments import WindowOptions
from linqdesk.desk_application import DeskApplication
from linqdesk.local.environment import Environment
from tests.journeys.agent import chats_are_there
from tests.journeys.outside import until
from tests.ui.recorder.virtual import Microphones

SPOKEN_MS = 5_000


async def _record(desk: Desk, folder: Path, name: str, stop: str) -> None:
    await chats_are_there(desk)
    chat_id = desk.chat_named(name)
    assert chat_id is not None
    desk.window.open_chat(chat_id)
    await until(lambda: desk.window.is_settled, "the chat is read")
    memos = desk.window.area.build().memos
    microphones = Microphones()
    memos.make_microphone = microphones
    memos.button.click()
    microphones.newest.say(SPOKEN_MS)
    least_bytes = SPOKEN_MS * 96
    await until(
        lambda: any(each.stat().st_size > least_bytes for each in (folder / "recordings").glob("*.wav")),
        "it is on the disk",
    )
    if stop == "drafted":
        memos.bar.listen.click()
        await until(lambda: desk.window.area.composer.draft().files, "it is in the draft")
        (memo,) = desk.window.area.composer.draft().files
        journal = folder / "unsent"
        await until(
            lambda: any(memo.key.encode() in each.read_bytes() for each in journal.glob("journal*")),
            "the draft is on the disk too",
        )
    sys.stdout.write(f"{stop}\n")
    sys.stdout.flush()


async def _run(application: DeskApplication, arguments: list[str]) -> None:
    base_url, token, folder, name, stop = arguments
    environment = Environment(base_url=base_url, token=token, data_dir=Path(folder), log_level="debug")
    desk = Desk(application, WindowOptions(theme="light"), environment)
    await asyncio.gather(desk.run(), _record(desk, Path(folder), name, stop))


def main(arguments: list[str]) -> None:
    application = DeskApplication(arguments[:1])
    application.setQuitOnLastWindowClosed(False)
    with qasync.QEventLoop(application) as loop:
        loop.run_until_complete(_run(application, arguments[1:]))


if __name__ == "__main__":
    main(sys.argv)
