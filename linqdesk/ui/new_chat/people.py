"""Whom the agent may mean while typing a recipient: everybody who is in a chat here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from linqdesk.domain.ids import Handle
from linqdesk.domain.service import Service
from linqdesk.store.view import CacheView
from linqdesk.ui.names import format_handle, person_name

_MAX_SHOWN = 5
_MIN_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with whom there is a chat; `service` is the one that it goes over, if that is known."""

    handle: Handle
    name: str
    service: Service | None = None


def known_people(cache: CacheView) -> tuple[Person, ...]:
    """Return everybody in any chat, those of the newest chats first; direct chats tell the service."""
    services: dict[Handle, Service | None] = {}
    for chat_id in cache.chat_ids():
        summary = cache.summary(chat_id)
        if summary is None:
            continue
        chat = summary.chat
        for each in chat.others:
            known = each.service if each.service is not Service.UNKNOWN and not chat.is_group else None
            services[each.handle] = services.get(each.handle) or known
    ours = {line.phone_number for line in cache.lines}
    return tuple(
        Person(handle, person_name(handle, cache), service)
        for handle, service in services.items()
        if handle not in ours
    )


def matching(people: Sequence[Person], typed: str, without: Collection[Handle]) -> list[Person]:
    """Return some people whose name or handle begins or goes on with what was typed.

    Args:
        people: those to choose from, the likeliest first.
        typed: words of a name, an address, or two digits and more of a number.
        without: those who are chosen already.
    """
    words = typed.casefold().split()
    digits = "".join(each for each in typed if each.isdigit())
    if not words:
        return []
    found = (each for each in people if each.handle not in without and _fits(each, words, digits))
    return [each for each, _ in zip(found, range(_MAX_SHOWN), strict=False)]


def _fits(person: Person, words: Sequence[str], digits: str) -> bool:
    names = [*person.name.casefold().split(), person.handle.casefold()]
    if all(any(name.startswith(word) for name in names) for word in words):
        return True
    is_number = len(digits) >= _MIN_DIGITS and not any(each.isalpha() for word in words for each in word)
    return is_number and digits in person.handle


def second_line(person: Person) -> str:
    """Return the handle where the name is another, else nothing."""
    written = format_handle(person.handle)
    return written if written != person.name else ""
