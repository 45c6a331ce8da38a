"""What somebody does within an open thread."""

from typing import Any

from linqdesk.domain.ids import MessageId
from linqdesk.domain.message import Message
from linqdesk.ui.acts.aim import Aim
from tests.journeys.agent import Agent


def focus(agent: Agent, row: int) -> None:
    """Put the keyboard on a message."""
    view = agent.desk.window.area.messages
    view.setFocus()
    view.setCurrentIndex(view.messages.index(row))


def message_at(agent: Agent, row: int) -> Message:
    content = agent.desk.window.area.messages.messages.row_at(row).content
    assert isinstance(content, Message)
    return content


def choose(agent: Agent, row: int, label: str) -> None:
    """Choose an entry of a message's menu."""
    desk = agent.desk.window.area.build().desk
    content = agent.desk.window.area.messages.messages.row_at(row)
    entries = desk.entries(Aim(content, message_at(agent, row)))
    act = next(each.act for each in entries if each is not None and each.label.startswith(label))
    assert act is not None
    act()


async def reacted(agent: Agent) -> list[tuple[str, str]]:
    """What reactions customers saw, in order."""
    seen: list[dict[str, Any]] = [
        each["parts"][0] for each in await agent.outside.ledger() if each["kind"] == "reaction"
    ]
    return [(each["operation"], each["type"]) for each in seen]


async def linq_has(agent: Agent, message_id: MessageId) -> bool:
    """Whether Linq still has a message."""
    return message_id in str(await agent.outside.state())
