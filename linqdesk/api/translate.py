"""Turns the API's JSON into values of the domain, item by item, and back."""

import json
import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from linqdesk.api.wire.chats import WireChat, WireHandle, WireHealth
from linqdesk.api.wire.lines import WireLine
from linqdesk.domain.chat import (
    Chat,
    ChatHandle,
    ChatHealth,
    HealthStatus,
    Line,
    MemberStatus,
    Reputation,
)
from linqdesk.domain.errors import UnexpectedReplyError
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.domain.service import Service

_log = logging.getLogger(__name__)

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

ModelT = TypeVar("ModelT", bound=BaseModel)
ValueT = TypeVar("ValueT")


def whole(model: type[ModelT], tree: Any) -> ModelT:
    """Read a whole answer.

    Raises:
        UnexpectedReplyError: it is not of the documented shape.
    """
    return one(tree, model.model_validate)


def one(tree: Any, read: Callable[[Any], ValueT]) -> ValueT:
    """Read a single item.

    Raises:
        UnexpectedReplyError: it is not of the documented shape.
    """
    try:
        return read(tree)
    except ValidationError as invalid:
        raise UnexpectedReplyError("The server answered with something that is not its API.") from invalid


def each_valid(items: Iterable[Any], read: Callable[[Any], ValueT]) -> tuple[tuple[ValueT, ...], int]:
    """Read items one by one; returns those that can be read and the number of those that cannot."""
    values: list[ValueT] = []
    set_aside = 0
    for item in items:
        try:
            values.append(read(item))
        except (ValidationError, UnexpectedReplyError) as invalid:
            set_aside += 1
            _log.warning("an item of an answer was set aside: %s", shape_of(invalid))
    return tuple(values), set_aside


def shape_of(invalid: Exception) -> str:
    """Return which fields do not fit and how, without what stands in them."""
    if not isinstance(invalid, ValidationError):
        return type(invalid).__name__
    errors = invalid.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['type']}" for each in errors[:5])


def word_of(tree: dict[str, Any] | None, field: str) -> str | None:
    """Return a string field of an object that may be missing."""
    value = (tree or {}).get(field)
    return value if isinstance(value, str) and value else None


def json_of(tree: Any, limit: int) -> str:
    """Return an item's JSON for whoever asks for its details, at most `limit` characters."""
    return json.dumps(tree, ensure_ascii=False)[:limit]


def size_of(number: float | None) -> int | None:
    """Return a size in bytes, None for what cannot be one."""
    return int(number) if number is not None and 0 <= number < 2**53 else None


def chat(tree: Any) -> Chat:
    """Read a chat; without any time it sorts last.

    Raises:
        ValidationError: it has no id.
    """
    wire = WireChat.model_validate(tree)
    handles, _ = each_valid(wire.handles, _chat_handle)
    created_at = wire.created_at or wire.updated_at or _LONG_AGO
    return Chat(
        id=ChatId(wire.id),
        created_at=created_at,
        updated_at=wire.updated_at or created_at,
        display_name=wire.display_name,
        handles=handles,
        is_group=wire.is_group,
        service=Service.from_word(wire.service) if wire.service else None,
        health=_health(wire),
        group_icon_url=wire.group_chat_icon,
    )


def line(tree: Any) -> Line:
    """Read a phone number of ours.

    Raises:
        ValidationError: it lacks its id or its number.
    """
    wire = WireLine.model_validate(tree)
    return Line(
        id=wire.id,
        phone_number=Handle(wire.phone_number),
        reputation=_member(Reputation, word_of(wire.reputation, "status"), Reputation.UNKNOWN),
        forwarding_number=Handle(wire.forwarding_number) if wire.forwarding_number else None,
        line_type=Service.from_word(wire.line_type) if wire.line_type else None,
    )


def _chat_handle(tree: Any) -> ChatHandle:
    wire = WireHandle.model_validate(tree)
    status = MemberStatus.ACTIVE if wire.status is None else MemberStatus.UNKNOWN
    return ChatHandle(
        id=wire.id or wire.handle,
        handle=Handle(wire.handle),
        service=Service.from_word(wire.service),
        is_me=wire.is_me,
        joined_at=wire.joined_at,
        left_at=wire.left_at,
        status=_member(MemberStatus, wire.status, status),
        line_type=Service.from_word(wire.line_type) if wire.line_type else None,
    )


def _health(wire: WireChat) -> ChatHealth | None:
    """Read either of the two shapes (linq-api.md 5); no source says which score is which status."""
    if wire.health_status is not None:
        told = WireHealth.model_validate(wire.health_status)
        if told.status is not None:
            status = _member(HealthStatus, told.status, HealthStatus.UNKNOWN)
            return ChatHealth(status, told.status, told.score, told.reason, told.updated_at)
    if wire.health_score is not None:
        told = WireHealth.model_validate(wire.health_score)
        if told.score is not None:
            word = f"{told.score:g} of 100"
            return ChatHealth(HealthStatus.UNKNOWN, word, told.score, told.reason, told.updated_at)
    return None


EnumT = TypeVar("EnumT", MemberStatus, HealthStatus, Reputation)


def _member(words: type[EnumT], word: str | None, otherwise: EnumT) -> EnumT:
    wanted = (word or "").casefold()
    return next((each for each in words if each.value.casefold() == wanted), otherwise)
