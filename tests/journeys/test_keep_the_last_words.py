from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from linqdesk.app import Desk
from linqdesk.domain.ids import ChatId
from linqdesk.local.environment import Environment
from linqdesk.local.journal import JournalFile
from linqdesk.local.paths import find_paths
from linqdesk.sandbox.server import SandboxAddress
from linqdesk.store.view import ConnectionState
from tests.journeys.agent import Agent, at_the_desk, begun, started
from tests.journeys.doorway import asked, is_in, online, open_chat, outside_of, press, sign_out
from tests.journeys.outside import until
from tests.local.keyrings import Store

# Every text here is typed within the 0.7 s in which a draft is not written down yet.


def _kept(folder: Path, account: str) -> list[str]:
    journal = JournalFile(find_paths(folder).journal_file)
    try:
        return [draft.text for _, draft in journal.load(account).drafts]
    finally:
        journal.close()


async def test_signing_out_right_after_the_last_key_still_counts_the_draft(
    sandbox: SandboxAddress, tmp_path: Path, store: Store
) -> None:
    store.kept["linqdesk", sandbox.base_url] = sandbox.token
    environment = Environment(base_url=sandbox.base_url, data_dir=tmp_path)
    async with outside_of(sandbox) as outside, begun(environment) as program:
        desk = program.desk
        await online(desk)
        agent = Agent(desk, outside, sandbox)
        await open_chat(agent, "Ana Ruiz")
        agent.desk.settings.open("Account")
        shut(desk)
        agent.type("just typed")
        assert "Deletes a draft, for good." in await sign_out(desk)
        await until(lambda: program.desk is not desk, "another run begins")
        await asked(program.desk)
    assert _kept(tmp_path, sandbox.base_url) == []


def shut(desk: Desk) -> None:
    """Close the settings, which are made by now and open at once the next time."""
    done = desk.window.findChild(QPushButton, "settings_done")
    assert done is not None
    done.click()


async def test_a_draft_for_somebody_new_is_counted_too(
    sandbox: SandboxAddress, tmp_path: Path, store: Store
) -> None:
    store.kept["linqdesk", sandbox.base_url] = sandbox.token
    async with begun(Environment(base_url=sandbox.base_url, data_dir=tmp_path)) as program:
        desk = program.desk
        await online(desk)
        await until(lambda: desk.cache.lines, "the lines are known")
        QTest.keyClick(desk.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        field = desk.window.findChild(QPlainTextEdit, "first_message")
        assert field is not None
        QTest.keyClicks(field, "just typed")
        assert "Deletes a draft, for good." in await sign_out(desk)
        await until(lambda: program.desk is not desk, "another run begins")
        await asked(program.desk)


async def test_the_end_that_the_system_wishes_keeps_what_was_just_typed(
    sandbox: SandboxAddress, tmp_path: Path
) -> None:
    environment = Environment(base_url=sandbox.base_url, token=sandbox.token, data_dir=tmp_path)
    async with outside_of(sandbox) as outside, started(environment) as desk:
        await online(desk)
        agent = Agent(desk, outside, sandbox)
        await open_chat(agent, "Ana Ruiz")
        agent.type("just typed")
        desk.stop()
    assert _kept(tmp_path, sandbox.base_url) == ["just typed"]


async def test_looking_at_the_demo_keeps_what_was_just_typed(
    sandbox: SandboxAddress, tmp_path: Path, store: Store
) -> None:
    store.kept["linqdesk", sandbox.base_url] = sandbox.token
    environment = Environment(base_url=sandbox.base_url, data_dir=tmp_path)
    async with outside_of(sandbox) as outside, begun(environment) as program:
        desk = program.desk
        await online(desk)
        agent = Agent(desk, outside, sandbox)
        await open_chat(agent, "Ana Ruiz")
        await outside.fault({"match": {"path": ".*"}, "do": {"status": 401, "code": 2004}})
        await until(lambda: is_in(desk, ConnectionState.SIGNED_OUT), "it is signed out")
        press(desk, "banner_action")
        await asked(desk)
        agent.type("just typed")
        press(desk, "explore_demo")
        await until(lambda: program.desk is not desk, "another run begins")
        await online(program.desk)
    assert _kept(tmp_path, sandbox.base_url) == ["just typed"]


@at_the_desk
async def test_another_chat_and_other_lines_keep_what_was_just_typed(agent: Agent) -> None:
    window = agent.desk.window
    chat_id = await agent.open("Ana Ruiz")
    await until(window.rail.isVisible, "the lines are known")
    agent.type("just typed")
    window.rail.choose_number(2)
    assert window.area.composer.edit.toPlainText() == "just typed"
    window.open_chat(_another(agent.desk, chat_id))
    summary = agent.desk.cache.summary(chat_id)
    assert summary is not None
    assert summary.draft is not None
    assert summary.draft.text == "just typed"


def _another(desk: Desk, chat_id: ChatId) -> ChatId:
    return next(each for each in desk.cache.chat_ids() if each != chat_id)
