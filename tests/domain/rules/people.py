"""Chats and people to check rules with."""

from datetime import UTC, datetime

from linqdesk.domain.chat import Chat, ChatHandle, MemberStatus
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.domain.service import Service

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LINE = Handle("+14155550110")
ANA, BEN, CLEO = Handle("+14155550134"), Handle("ben@shop.test"), Handle("+14155550136")


def a_group(
    *others: Handle,
    service: Service | None = Service.IMESSAGE,
    is_group: bool = True,
    mine: MemberStatus = MemberStatus.ACTIVE,
    gone: Handle | None = None,
) -> Chat:
    """A chat of our line and others; `gone` was in it and is removed."""
    members = [ChatHandle("me", LINE, Service.IMESSAGE, is_me=True, status=mine)]
    members += [ChatHandle(each, each, Service.IMESSAGE) for each in others]
    if gone is not None:
        members.append(ChatHandle(gone, gone, Service.IMESSAGE, status=MemberStatus.REMOVED))
    return Chat(ChatId("g"), NOW, NOW, None, tuple(members), is_group=is_group, service=service)
