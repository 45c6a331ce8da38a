from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from linqdesk.domain.message import Message
from linqdesk.ui.acts.aim import Aim
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until
from tests.journeys.thread import focus, reacted


@at_the_desk
async def test_a_reaction_is_added_changed_and_taken_back_once_each(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    last = len(agent.shown()) - 1
    focus(agent, last)
    for key, kind in ((Qt.Key.Key_1, "love"), (Qt.Key.Key_4, "laugh")):
        agent.press(key, agent.desk.window.area.messages)
        assert f"{kind} from you" in agent.said(last)
        await agent.outside.world(advance_s=2)
        await until(lambda: agent.desk.session.is_settled, "it is read back")
        assert f"{kind} from you" in agent.said(last)
    agent.press(Qt.Key.Key_4, agent.desk.window.area.messages)
    assert "reactions" not in agent.said(last)
    await agent.outside.world(advance_s=2)
    await until(lambda: agent.desk.session.is_settled, "it is read back")
    assert "reactions" not in agent.said(last)

    assert await reacted(agent) == [("add", "love"), ("add", "laugh"), ("remove", "laugh")]


@at_the_desk
async def test_a_reaction_whose_answer_is_lost_is_read_back_and_not_sent_again(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    last = len(agent.shown()) - 1
    focus(agent, last)
    rule = {"match": {"method": "POST", "path": ".*/reactions", "nth": 1}, "do": {"drop": "after"}}
    await agent.outside.fault(rule)
    agent.press(Qt.Key.Key_2, agent.desk.window.area.messages)
    await agent.outside.world(advance_s=2)
    await until(lambda: agent.desk.session.is_settled, "it is read back")
    assert "like from you" in agent.said(last)
    assert await reacted(agent) == [("add", "like")]


@at_the_desk
async def test_a_reaction_that_linq_refuses_goes_again_with_its_reason(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    last = len(agent.shown()) - 1
    focus(agent, last)
    rule = {"match": {"method": "POST", "path": ".*/reactions"}, "do": {"status": 409, "code": 2013}}
    await agent.outside.fault(rule)
    agent.press(Qt.Key.Key_1, agent.desk.window.area.messages)
    assert "love from you" in agent.said(last)
    await until(lambda: "love from you" not in agent.said(last), "it is taken away")
    toast = agent.desk.window.area.build().toast
    assert toast.text().startswith("The reaction did not go through. This chat was left or deleted")
    assert await reacted(agent) == []


@at_the_desk
async def test_any_emoji_comes_from_the_picker_with_its_search(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    last = len(agent.shown()) - 1
    focus(agent, last)
    page = agent.desk.window.area.build()
    row = page.messages.messages.row_at(last)
    assert isinstance(row.content, Message)
    react = page.desk.entries(Aim(row, row.content))[0]
    assert react is not None
    ask = react.entries[-1].act
    assert ask is not None
    ask()
    picker = page.emoji.picker
    assert picker.isVisible()
    QTest.keyClicks(picker.search, "unicorn")
    agent.press(Qt.Key.Key_Return, picker.search)
    assert "🦄 from you" in agent.said(last)
    assert page.messages.hasFocus()
    assert not page.composer.edit.toPlainText()
    await agent.outside.world(advance_s=2)
    await until(lambda: agent.desk.session.is_settled, "it is read back")
    assert await reacted(agent) == [("add", "custom")]
