import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from linqdesk.store.view import ConnectionState
from linqdesk.ui.panels.banner import Banner
from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until

Fault = dict[str, object]


def _everywhere(**deed: object) -> Fault:
    return {"match": {"path": "/v3/"}, "do": deed}


def _banner(agent: Agent) -> str:
    banner = agent.desk.window.findChild(Banner)
    assert isinstance(banner, Banner)
    return banner.words


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (_everywhere(drop="before"), "The connection broke before Linq answered."),
        (_everywhere(status=500), "Linq has a problem of its own."),
        (_everywhere(body="<html>Sign in to this network</html>"), "Something else than Linq answered"),
        (_everywhere(body=""), "Something else than Linq answered"),
        (_everywhere(status=429, retry_after=2), "Too many requests in a short time."),
        (_everywhere(truncate_at=10), "The connection broke before Linq answered."),
    ],
)
@at_the_desk
async def test_a_fault_is_said_in_plain_words_and_reading_goes_on(
    agent: Agent, fault: Fault, said: str
) -> None:
    await agent.open("Ana Ruiz")
    was = agent.shown()
    await agent.outside.fault(fault)
    await until(lambda: said in _banner(agent), "the banner says what is wrong")
    assert "What you write is kept and sent then." in _banner(agent)
    assert agent.shown() == was
    await agent.outside.fault()
    agent.desk.session.refresh()
    await until(lambda: _banner(agent) == "", "all is well again")


@at_the_desk
async def test_a_text_written_while_offline_waits_in_its_bubble_and_is_sent_once(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    known = len(agent.shown())
    await agent.outside.fault(_everywhere(drop="before"))
    agent.type("kept")
    agent.press(Qt.Key.Key_Return)
    await until(lambda: "not sent yet" in agent.shown()[-1], "it says that it waits")
    retry = _visible_button(agent, "Retry")
    await agent.outside.fault()
    retry.click()
    await until(lambda: agent.said(known).endswith(("sent", "delivered", "read")), "it is sent")
    await agent.outside.world(advance_s=3)
    assert (await agent.outside.texts_received()).count("kept") == 1


@at_the_desk
async def test_a_send_whose_answer_is_lost_reaches_the_customer_once(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    known = len(agent.shown())
    lost = {"match": {"method": "POST", "path": "/messages$", "nth": 1}, "do": {"drop": "after"}}
    await agent.outside.fault(lost)
    agent.type("only once")
    agent.press(Qt.Key.Key_Return)
    await until(lambda: agent.said(known).endswith(("sent", "delivered", "read")), "it is confirmed")
    await agent.outside.world(advance_s=3)
    assert (await agent.outside.texts_received()).count("only once") == 1
    assert [text for text in agent.shown() if "only once" in text] == [agent.shown()[known]]


@at_the_desk
async def test_a_refused_text_stays_with_its_reason_until_the_agent_discards_it(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    refused = {"match": {"method": "POST"}, "do": {"status": 403, "code": 2026}}
    await agent.outside.fault(refused)
    agent.type("not wanted")
    agent.press(Qt.Key.Key_Return)
    await until(lambda: "not delivered, the recipient is blocked" in agent.shown()[-1], "it says why")
    assert "1 not delivered" in agent.row_of("Ana Ruiz")
    _visible_button(agent, "Discard").click()
    await until(lambda: "not wanted" not in agent.shown()[-1], "it is gone")
    await agent.outside.fault()


@at_the_desk
async def test_a_refused_token_asks_for_another_and_then_goes_on(agent: Agent) -> None:
    await agent.open("Ana Ruiz")
    known = len(agent.shown())
    await agent.outside.fault(_everywhere(status=401))
    await until(lambda: agent.desk.cache.connection.state is ConnectionState.SIGNED_OUT, "it is signed out")
    assert "Sign in again" in _banner(agent)
    agent.type("written meanwhile")
    agent.press(Qt.Key.Key_Return)
    await until(lambda: len(agent.shown()) == known + 1, "the text is in its bubble")
    await agent.outside.fault()

    agent.desk.window.sign_in_requested.emit("sandbox-token")

    await until(lambda: agent.said(known).endswith(("sent", "delivered", "read")), "it is sent")
    assert _banner(agent) == ""


def _visible_button(agent: Agent, name: str) -> QPushButton:
    buttons: list[QPushButton] = agent.desk.window.area.messages.findChildren(QPushButton)
    return next(each for each in buttons if each.accessibleName() == name and each.isVisible())
