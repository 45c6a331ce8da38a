"""The program ends soon, whatever the server does, and nothing is lost by it."""

import asyncio
from pathlib import Path

from linqdesk.domain.outgoing import Content, OutgoingText
from linqdesk.local.journal import JournalFile
from linqdesk.local.paths import find_paths
from linqdesk.sandbox.server import SandboxAddress
from tests.journeys.agent import sitting
from tests.journeys.outside import PATIENCE_S, until

SILENT: dict[str, object] = {"match": {"method": "POST", "path": "messages"}, "do": {"delay_s": 300}}
TEXTS = [f"message {number}" for number in range(20)]


async def test_the_end_waits_for_no_server_and_what_was_on_its_way_is_kept(
    sandbox: SandboxAddress, tmp_path: Path
) -> None:
    """F22: closed during sends in flight, the program is soon gone; the rows are durable."""
    async with asyncio.timeout(3 * PATIENCE_S), sitting(sandbox, tmp_path) as agent:
        chats = list(agent.desk.cache.chat_ids())
        await agent.outside.fault(SILENT)
        kept: list[object] = []
        for number, text in enumerate(TEXTS):
            content = Content((OutgoingText(text),))
            agent.desk.session.sending.send(chats[number % len(chats)], content, kept.append)
        await until(lambda: kept == [None] * len(TEXTS), "all are safe")
    journal = JournalFile(find_paths(tmp_path).journal_file)
    assert {each.text for each in journal.load(sandbox.base_url).messages} == set(TEXTS)
    journal.close()
