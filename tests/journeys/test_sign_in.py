import asyncio
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from linqdesk.app import Desk
from linqdesk.domain.delivery import Delivery
from linqdesk.domain.message import Message
from linqdesk.local.environment import Environment
from linqdesk.sandbox.server import SandboxAddress
from linqdesk.store.view import ConnectionState
from tests.journeys.agent import Agent, at_the_desk, begun, started
from tests.journeys.doorway import (
    asked,
    files_in,
    give,
    has_draft,
    is_in,
    online,
    open_chat,
    outside_of,
    press,
    said,
    shown,
    sign_out,
)
from tests.journeys.outside import until
from tests.local.keyrings import Store


async def test_without_a_token_the_program_asks_and_offers_the_demo(tmp_path: Path) -> None:
    async with started(Environment(data_dir=tmp_path)) as desk:
        await asked(desk)
        assert "asked for at each start" in said(desk, "sign_in_fault")
        press(desk, "explore_demo")
        await online(desk)
        assert len(desk.cache.chat_ids()) == 48


async def test_a_wrong_token_is_refused_and_the_right_one_shows_its_lines(
    sandbox: SandboxAddress, tmp_path: Path
) -> None:
    async with started(Environment(base_url=sandbox.base_url, data_dir=tmp_path)) as desk:
        await give(desk, "wrong-canary")
        await until(lambda: "does not accept this token" in said(desk, "sign_in_fault"), "it is refused")
        assert (await asked(desk)).text() == ""
        assert desk.cache.chat_ids() == []
        await give(desk, sandbox.token)
        await until(lambda: said(desk, "sign_in_title") == "Signed in", "it is accepted")
        rows = [each.accessibleName() for each in desk.window.findChildren(QWidget, "line_row")]
        assert len(rows) == len(desk.cache.lines or rows)
        assert all("reputation: " in row for row in rows)
        await until(lambda: "for this run only" in said(desk, "token_kept"), "it says where the token is")
        press(desk, "sign_in_button")
        await online(desk)
    kept = await asyncio.to_thread(files_in, tmp_path)
    assert b"wrong-canary" not in kept
    assert sandbox.token.encode() not in kept


async def test_a_token_is_not_asked_for_twice(sandbox: SandboxAddress, tmp_path: Path, store: Store) -> None:
    environment = Environment(base_url=sandbox.base_url, data_dir=tmp_path)
    async with started(environment) as desk:
        await give(desk, sandbox.token)
        await until(lambda: "system's keyring" in said(desk, "token_kept"), "it says where the token is")
        await online(desk)
    assert list(store.kept.values()) == [sandbox.token]
    async with started(environment) as desk:
        await online(desk)
        assert shown(desk, QLineEdit, "token") is None


async def test_a_stored_token_that_was_revoked_is_asked_for_anew(
    sandbox: SandboxAddress, tmp_path: Path, store: Store
) -> None:
    store.kept["linqdesk", sandbox.base_url] = "of last year"
    async with started(Environment(base_url=sandbox.base_url, data_dir=tmp_path)) as desk:
        await asked(desk)
        assert "no longer accepts" in said(desk, "sign_in_fault")
        await give(desk, sandbox.token)
        await online(desk)
    assert list(store.kept.values()) == [sandbox.token]


async def test_a_token_that_nobody_could_check_stays_in_its_field(
    sandbox: SandboxAddress, tmp_path: Path
) -> None:
    environment = Environment(base_url=sandbox.base_url, data_dir=tmp_path)
    async with outside_of(sandbox) as outside, started(environment) as desk:
        await outside.fault({"match": {"path": "phone_numbers"}, "do": {"status": 503}})
        await give(desk, sandbox.token)
        await until(lambda: said(desk, "sign_in_fault"), "it says what is wrong")
        assert "not available" in said(desk, "sign_in_fault")
        await outside.fault()
        press(desk, "sign_in_button")
        await online(desk)


@at_the_desk
async def test_a_revoked_token_stops_all_and_the_next_goes_on_in_place(agent: Agent) -> None:
    desk = agent.desk
    chat_id = await agent.open("Ana Ruiz")
    agent.type("half a sen")
    await agent.outside.fault({"match": {"path": ".*"}, "do": {"status": 401, "code": 2004}})
    await until(lambda: is_in(desk, ConnectionState.SIGNED_OUT), "it is signed out")
    count = len(await agent.outside.requests())
    agent.type("tence")
    desk.session.refresh()
    for _ in range(5):
        await asyncio.sleep(0.1)
    # Requests that were under way may have ended; none began.
    assert len(await agent.outside.requests()) <= count + 1
    await agent.outside.fault()
    press(desk, "banner_action")
    await give(desk, agent.sandbox.token)
    await online(desk)
    assert desk.window.open_chat_id == chat_id
    assert desk.window.area.composer.edit.toPlainText() == "half a sentence"


def _is_sent(desk: Desk, text: str) -> bool:
    return any(
        isinstance(row.content, Message)
        and row.content.text == text
        and row.content.delivery is not Delivery.FAILED
        for chat_id in desk.cache.chat_ids()
        for row in desk.cache.rows(chat_id)
    )


async def test_what_waits_for_customers_never_goes_to_the_demo(
    sandbox: SandboxAddress, tmp_path: Path, store: Store
) -> None:
    store.kept["linqdesk", sandbox.base_url] = sandbox.token
    environment = Environment(base_url=sandbox.base_url, data_dir=tmp_path)
    async with outside_of(sandbox) as outside, begun(environment) as program:
        await online(program.desk)
        agent = Agent(program.desk, outside, sandbox)
        await open_chat(agent, "Ana Ruiz")
        await outside.fault({"match": {"path": ".*"}, "do": {"status": 401, "code": 2004}})
        await until(lambda: is_in(program.desk, ConnectionState.SIGNED_OUT), "it is signed out")
        agent.type("for Ana alone")
        agent.press(Qt.Key.Key_Return)
        await until(lambda: "for Ana alone" in agent.shown()[-1], "it waits in its bubble")
        press(program.desk, "banner_action")
        real = program.desk
        await asked(real)
        press(real, "explore_demo")
        await until(lambda: program.desk is not real, "another run begins")
        await online(program.desk)
        assert not _is_sent(program.desk, "for Ana alone")
        demo = program.desk
        assert all(
            summary.sending_count == summary.failed_count == 0
            for summary in map(demo.cache.summary, demo.cache.chat_ids())
            if summary is not None
        )
        await outside.fault()
        assert "for Ana alone" not in await outside.texts_received()
        demo.window.sign_out_requested.emit()
        await until(lambda: program.desk is not demo, "the demo is left")
        await online(program.desk)
        await until(lambda: _is_sent(program.desk, "for Ana alone"), "it is sent at last")
        agent = Agent(program.desk, outside, sandbox)
        await open_chat(agent, "Ana Ruiz")
        await until(lambda: agent.shown()[-1].endswith(("delivered", "read")), "she has it")
        assert (await outside.texts_received()).count("for Ana alone") == 1


async def test_signing_out_leaves_nothing_of_the_customers(
    sandbox: SandboxAddress, tmp_path: Path, store: Store
) -> None:
    store.kept["linqdesk", sandbox.base_url] = sandbox.token
    environment = Environment(base_url=sandbox.base_url, data_dir=tmp_path)
    async with outside_of(sandbox) as outside, begun(environment) as program:
        desk = program.desk
        await online(desk)
        agent = Agent(desk, outside, sandbox)
        await open_chat(agent, "Ana Ruiz")
        agent.type("a draft of canary text")
        await until(lambda: has_draft(desk), "the draft is kept")
        assert "Deletes a draft" in await sign_out(desk)
        await until(lambda: program.desk is not desk, "another run begins")
        await asked(program.desk)
        assert store.kept == {}
        assert program.desk.cache.chat_ids() == []
    kept = await asyncio.to_thread(files_in, tmp_path)
    assert b"canary" not in kept
    assert list((tmp_path / "media").glob("*")) == []


async def test_another_accounts_token_takes_over_only_when_that_is_wanted(
    sandbox: SandboxAddress, tmp_path: Path, store: Store
) -> None:
    store.kept["linqdesk", sandbox.base_url] = sandbox.token
    lines = {"phone_numbers": [{"id": "x", "phone_number": "+14155550199"}]}
    environment = Environment(base_url=sandbox.base_url, data_dir=tmp_path)
    async with outside_of(sandbox) as outside, begun(environment) as program:
        desk = program.desk
        await online(desk)
        await outside.fault({"match": {"path": "phone_numbers"}, "do": {"status": 200, "body": lines}})
        desk.window.ask_to_sign_in()
        await give(desk, sandbox.token)
        await until(lambda: said(desk, "sign_in_title") == "This is another account", "it warns")
        press(desk, "explore_demo")
        await asked(desk)
        assert desk.cache.chat_ids()
        await give(desk, sandbox.token)
        await until(lambda: said(desk, "sign_in_title") == "This is another account", "it warns")
        press(desk, "sign_in_button")
        await until(lambda: program.desk is not desk, "another run begins")
        await online(program.desk)
        assert list(store.kept.values()) == [sandbox.token]


async def test_closing_the_question_for_the_token_leaves_a_way_back_to_it(
    sandbox: SandboxAddress, tmp_path: Path
) -> None:
    async with started(Environment(base_url=sandbox.base_url, data_dir=tmp_path)) as desk:
        QTest.keyClick(await asked(desk), Qt.Key.Key_Escape)
        assert shown(desk, QLineEdit, "token") is None
        assert said(desk, "banner_words") == "You are not signed in."
        press(desk, "banner_action")
        await give(desk, sandbox.token)
        await online(desk)
        assert said(desk, "banner_words") == ""
