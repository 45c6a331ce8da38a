"""Changes of a group: accepted first, done a moment later (linq-api.md 2.1)."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from linqdesk.sandbox.attachments import Attachment
from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.images import require_image
from linqdesk.sandbox.membership import join, part
from linqdesk.sandbox.permission import require_open
from linqdesk.sandbox.refusals import RefusalError
from linqdesk.sandbox.world import World

APPLIED_S = 2.0
"""Seconds of world time between acceptance and effect; Linq names none."""
MIN_MEMBERS = 3
MIN_TO_LEAVE = 4


class Groups:
    """Takes changes of groups; under the variant group_changes=fail they never come about."""

    def __init__(self, world: World) -> None:
        self._world = world

    def update(self, chat: Chat, tree: Mapping[str, Any]) -> None:
        """Take a new name, a new icon or both.

        Raises:
            RefusalError: 400/1001 neither, 1005 no name, 5006 or 5007 no image; 409/1006 not a group,
                2013 left.
        """
        require_open(self._world, chat)
        if not chat.is_group:
            raise RefusalError(1006)
        name, icon = tree.get("display_name"), tree.get("group_chat_icon")
        if name is None and icon is None:
            raise RefusalError(1001, "display_name or group_chat_icon is required")
        if name is not None and (not isinstance(name, str) or not name.strip()):
            raise RefusalError(1005, "display_name is a text that is not empty")
        if icon is not None:
            require_image(icon)
        self._later(lambda: self._dress(chat, name, icon))

    def add(self, chat: Chat, handle: str) -> None:
        """Take somebody as a new participant.

        Raises:
            RefusalError: 400/1005 a direct chat or somebody without the group's service; 409/2013 left,
                2015 is in it already, 2017 no iMessage group.
        """
        require_open(self._world, chat)
        if not chat.is_group or len(chat.active()) < MIN_MEMBERS:
            raise RefusalError(1005, "participants are added to groups of 3 or more")
        if chat.service != "iMessage":
            raise RefusalError(2017)
        if chat.member_with(handle) is not None:
            raise RefusalError(2015, "already a participant")
        if self._world.person_with(handle).service != chat.service:
            raise RefusalError(1005, "the participant does not support the group's service")
        self._later(lambda: join(self._world, chat, handle))

    def remove(self, chat: Chat, handle: str) -> None:
        """Take somebody's removal.

        Raises:
            RefusalError: 409/2013 left, 2015 not in it, the line itself, or fewer than 3 would stay.
        """
        require_open(self._world, chat)
        member = chat.member_with(handle)
        if not chat.is_group or member is None:
            raise RefusalError(2015, "not a participant of a group")
        if member.is_me:
            raise RefusalError(2015, "leave the chat instead of removing yourself")
        if len(chat.active()) <= MIN_MEMBERS:
            raise RefusalError(2015, "at least 3 participants must stay")
        self._later(lambda: part(self._world, chat, handle, "removed"))

    def leave(self, chat: Chat) -> None:
        """Take the line's own leave; everything it does in the chat is refused from now on.

        Raises:
            RefusalError: 409/2013, no iMessage group of 4 or more, or left before.
        """
        require_open(self._world, chat)
        if not chat.is_group or chat.service != "iMessage" or len(chat.active()) < MIN_TO_LEAVE:
            raise RefusalError(2013, "only iMessage groups of 4 or more participants can be left")
        if self._world.rules.variants.applies_group_changes:
            chat.has_left = True
        self._later(lambda: part(self._world, chat, chat.line, "left"))

    def _dress(self, chat: Chat, name: str | None, icon: str | None) -> None:
        chat.display_name = name or chat.display_name
        chat.icon = self._picture(icon) if icon is not None else chat.icon
        chat.updated_at = self._world.clock.now()

    def _picture(self, url: str) -> str | Attachment:
        """Return whose address this is: that of an uploaded file, or just an address."""
        for segment in urlsplit(url).path.split("/"):
            try:
                return self._world.attachments.with_id(segment)
            except RefusalError:
                continue
        return url

    def _later(self, change: Callable[[], None]) -> None:
        if self._world.rules.variants.applies_group_changes:
            self._world.agenda.after(APPLIED_S, change)
