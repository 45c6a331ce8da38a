from tests.journeys.agent import Agent, at_the_desk
from tests.journeys.outside import until
from tests.journeys.readings import under_every_reading


@under_every_reading
@at_the_desk
async def test_older_pages_come_on_scrolling_up_and_move_nothing_on_screen(agent: Agent) -> None:
    chat_id = await agent.open("Grace Okafor")
    view = agent.desk.window.area.messages
    known = view.messages.rowCount()
    view.verticalScrollBar().setValue(0)
    top = view.messages.row_at(view.arrangement.top).key
    bubble = view.arrangement.offset_px + view.arrangement.layout_of(view.arrangement.top).bubble.bottom()

    # Where pages begin with the oldest message, all of the thread was read on the way to its end.
    await until(
        lambda: view.messages.rowCount() >= known + 50 or not agent.desk.cache.history(chat_id).has_older,
        "an older page is there",
    )
    assert view.messages.rowCount() > 50

    position = view.messages.position_of(top)
    assert position is not None
    place = view.arrangement.place_of(position)
    assert place is not None
    assert place + view.arrangement.layout_of(position).bubble.bottom() == bubble


@at_the_desk
async def test_a_cursor_that_has_expired_is_walked_around(agent: Agent) -> None:
    chat_id = await agent.open("Grace Okafor")
    view = agent.desk.window.area.messages
    await until(lambda: not agent.desk.cache.history(chat_id).is_loading, "calm")
    known = view.messages.rowCount()
    refusal = {"match": {"path": "/messages$", "nth": 1}, "do": {"status": 400, "code": 1005}}
    await agent.outside.fault(refusal)
    agent.desk.session.acts.load_older(chat_id)
    # Where pages begin with the oldest message, there is nothing older.
    await until(
        lambda: view.messages.rowCount() > known or not agent.desk.cache.history(chat_id).has_older,
        "older messages are there all the same",
    )
