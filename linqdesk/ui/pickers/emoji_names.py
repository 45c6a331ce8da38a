"""Completes `:name` to an emoji."""

import re
from collections.abc import Sequence

from PySide6.QtGui import QTextCursor

from linqdesk.domain.emoji import complete_name
from linqdesk.local.emoji_table import load_emoji
from linqdesk.ui.pickers.suggestions import Suggestion
from linqdesk.ui.preferences import Preferences

# A colon that begins a word, so that "10:30" and "https://" stay what they are.
_BEGUN = re.compile(r"(?:^|(?<=[\s(]))(:([a-zA-Z0-9_+-]{2,40}))$")
_ENDED = re.compile(r"(?:^|(?<=[\s(]))(:([a-zA-Z0-9_+-]{2,40}):)$")
_MOST = 7


class EmojiNames:
    """Names between colons, in the skin tone that the agent prefers."""

    heading = "Emoji"

    def __init__(self, preferences: Preferences) -> None:
        """Ask the preferences for the tone each time."""
        self._preferences = preferences

    def find(self, before: str) -> tuple[int, Sequence[Suggestion]]:
        """Return the emoji whose names fit a word that begins with a colon."""
        begun = _BEGUN.search(before)
        if begun is None:
            return 0, ()
        tone = self._preferences.current.skin_tone
        found = complete_name(load_emoji(), begun[2], _MOST)
        lines = [Suggestion(each.in_tone(tone), f"{each.in_tone(tone)}  :{name}:") for name, each in found]
        return len(begun[1]), lines

    def named(self, before: str) -> tuple[int, str] | None:
        """Return the emoji of a whole name between colons and the length of that, None where it is none."""
        ended = _ENDED.search(before)
        if ended is None:
            return None
        wanted, tone = ended[2].casefold(), self._preferences.current.skin_tone
        for each in load_emoji():
            if wanted in each.names:
                return len(ended[1]), each.in_tone(tone)
        return None

    def take(self, suggestion: Suggestion, replaced: QTextCursor) -> None:
        """Write the emoji."""
        replaced.insertText(suggestion.key)
