"""How a verb tells the window what became of it."""

from collections.abc import Awaitable, Callable

from linqdesk.domain.errors import LinqDeskError


async def told(work: Awaitable[object], done: Callable[[LinqDeskError | None], None]) -> None:
    """Do some work; `done` hears None where it went well, else the error."""
    try:
        await work
    except LinqDeskError as error:
        done(error)
    else:
        done(None)
