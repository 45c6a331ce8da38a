"""How often to look for news, by how much of the window the agent sees."""

from enum import Enum


class Pace(Enum):
    """How often to ask, by how much of the window the agent sees: seconds for the list, for a chat."""

    FOCUSED = (4.0, 2.0)
    UNFOCUSED = (10.0, 10.0)
    MINIMISED = (20.0, 20.0)

    @property
    def list_s(self) -> float:
        """Seconds between two looks at the chat list."""
        return self.value[0]

    @property
    def chat_s(self) -> float:
        """Seconds between two looks at the open chat."""
        return self.value[1]
