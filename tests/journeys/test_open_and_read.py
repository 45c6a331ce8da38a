from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.readings import under_every_reading


@under_every_reading
@at_the_desk
async def test_the_agent_sees_the_chats_of_all_lines_and_opens_one(agent: Agent) -> None:
    assert agent.desk.window.chats.list.chats.rowCount() == 48
    assert "2 unread" in agent.row_of("Ana Ruiz")
    assert agent.desk.window.open_chat_id is None

    await agent.open("Ana Ruiz")

    assert agent.shown()[-1].startswith("Ana Ruiz, ")
    assert agent.shown()[-1].endswith("I am out until five. Can he leave it at the neighbour's?")
    assert "unread" not in agent.row_of("Ana Ruiz")


@at_the_desk
async def test_decorated_text_is_spoken_with_its_decorations(agent: Agent) -> None:
    await agent.open("Priya Nair")
    assert "bold 'three working days', underlined 'R-8812'" in agent.shown()[-1]
    assert agent.shown()[-1].endswith("read")
