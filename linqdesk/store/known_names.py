"""Under which name a handle is known: the display name of the direct chat with it."""

from linqdesk.domain.chat import Chat
from linqdesk.domain.ids import Handle


class KnownNames:
    """Names by handle, kept up to date with the direct chats."""

    def __init__(self) -> None:
        """Start knowing nobody."""
        self._names: dict[Handle, str] = {}

    def learn(self, chat: Chat) -> bool:
        """Take the name that a direct chat gives; tells whether somebody's name changed by it."""
        if chat.is_group or len(chat.others) != 1:
            return False
        handle, name = chat.others[0].handle, chat.own_name
        if name is None or self._names.get(handle) == name:
            return False
        self._names[handle] = name
        return True

    def of(self, handle: Handle) -> str | None:
        """Return the name of a handle, None where it has none."""
        return self._names.get(handle)
