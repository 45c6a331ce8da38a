"""What `POST /world` can do: move time, tokens, health, receipts and whatever else no customer decides."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, get_args

from linqdesk.sandbox.cdn_urls import CdnUrls
from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.delivery import Delivery
from linqdesk.sandbox.health import opt_out, set_health
from linqdesk.sandbox.model import Health
from linqdesk.sandbox.variants import CHOICES
from linqdesk.sandbox.world import World

_REPUTATIONS = ("HEALTHY", "AT_RISK", "CRITICAL")
_PAGE = 200


class WorldActs:
    """Changes the world at the outside's word."""

    def __init__(self, world: World, delivery: Delivery, urls: CdnUrls) -> None:
        self._world = world
        self._delivery = delivery
        self._acts: dict[str, Callable[[Any, dict[str, Any]], None]] = {
            "advance_s": lambda seconds, _: self._advance(seconds),
            "expire_media": lambda is_meant, _: urls.expire_all() if is_meant else None,
            "revoke_token": lambda is_meant, _: world.tokens.clear() if is_meant else None,
            "opt_out": lambda handle, _: opt_out(world, handle),
            "block": lambda told, _: self._block(told),
            "unblock": lambda handle, _: world.blocked_handles.discard(handle),
            "health": lambda told, _: self._set_health(told["chat_id"], told["status"]),
            "line": lambda told, _: self._change_line(told),
            "creation_s": lambda seconds, _: self._set_creation(seconds),
            "group_changes": lambda reading, _: self._set_group_changes(reading),
            "read": lambda chat_id, _: self._read(world.chat_with(chat_id)),
            "deliver": lambda status, tree: delivery.revise_to(
                *world.message_with(tree["message_id"]), status
            ),
        }

    def do(self, tree: dict[str, Any]) -> None:
        """Do everything that is told.

        Raises:
            ValueError: there is no such act, and nothing was done; or a value is wrong, and only what was
                told before it was done.
            KeyError: a field is missing.
            RefusalError: it names a chat, a message or a line that does not exist.
        """
        unknown = set(tree) - set(self._acts) - {"message_id"}
        if unknown:
            raise ValueError(f"the world knows no {', '.join(sorted(unknown))}; it knows {self._known()}")
        for name, value in tree.items():
            if name in self._acts:
                self._acts[name](value, tree)
        self._world.agenda.catch_up()

    def _known(self) -> str:
        return ", ".join(self._acts)

    def _advance(self, seconds: Any) -> None:
        self._world.clock.advance(_seconds(seconds))

    def _set_creation(self, seconds: Any) -> None:
        self._world.rules.creation_s = _seconds(seconds)

    def _set_health(self, chat_id: str, status: Any) -> None:
        _require_one_of("health", status, get_args(Health))
        set_health(self._world, self._world.chat_with(chat_id), status)

    def _change_line(self, told: dict[str, Any]) -> None:
        """Change a line's reputation, whether it may send (403/2027), and whether it is shared (403/2008)."""
        line = self._world.line_with(told["phone_number"])
        reputation = told.get("reputation", line.reputation)
        _require_one_of("reputation", reputation, _REPUTATIONS)
        self._world.lines[self._world.lines.index(line)] = replace(line, reputation=reputation)
        if told.get("is_eligible", True):
            self._world.ineligible_lines.discard(line.number)
        else:
            self._world.ineligible_lines.add(line.number)
        if told.get("is_shared", False):
            self._world.shared_lines.add(line.number)
        else:
            self._world.shared_lines.discard(line.number)

    def _block(self, told: Any) -> None:
        """Block a handle, with a reason where it comes as `{"handle", "reason"}`."""
        handle, reason = (told["handle"], told["reason"]) if isinstance(told, dict) else (told, None)
        self._world.blocked_handles.add(handle, reason)

    def _set_group_changes(self, reading: Any) -> None:
        _require_one_of("group_changes", reading, CHOICES["group_changes"])
        rules = self._world.rules
        rules.variants = replace(rules.variants, applies_group_changes=reading == "apply")

    def _read(self, chat: Chat) -> None:
        """Let the customer read all that we sent."""
        for message in reversed(chat.history.newest_first(0, _PAGE)):
            kept = chat.history.find(message.id)
            if kept is not None and kept.is_from_me and kept.status in {"sent", "delivered"}:
                self._delivery.advance_to(chat, kept, "read")


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        raise ValueError("seconds are a number from 0")
    return value


def _require_one_of(what: str, value: Any, allowed: Iterable[str]) -> None:
    if value not in allowed:
        raise ValueError(f"{what} is one of {', '.join(allowed)}")
