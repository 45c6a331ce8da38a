"""Under which name a handle is known: the one given at this desk, else that of the direct chat."""

from collections.abc import Mapping

from linqdesk.domain.chat import Chat
from linqdesk.domain.ids import Handle


class KnownNames:
    """Names by handle, kept up to date with the direct chats."""

    def __init__(self) -> None:
        """Start knowing nobody."""
        self._names: dict[Handle, str] = {}
        self._own: dict[Handle, str] = {}

    def learn(self, chat: Chat) -> bool:
        """Take the name that a direct chat gives; tells whether somebody's name changed by it."""
        if chat.is_group or len(chat.others) != 1:
            return False
        handle, name = chat.others[0].handle, chat.own_name
        if name is None or self._names.get(handle) == name:
            return False
        self._names[handle] = name
        return True

    def call(self, names: Mapping[Handle, str]) -> bool:
        """Take the names given at this desk in place of those before; tells whether any is another."""
        own = {handle: name for handle, name in names.items() if name}
        is_changed = own != self._own
        self._own = own
        return is_changed

    def of(self, handle: Handle) -> str | None:
        """Return the name of a handle, None where it has none."""
        return self._own.get(handle) or self._names.get(handle)
