"""Judges what a restarted window has in its fields: at most a second of typing may be missing."""

import json
from collections import defaultdict

# reliability.md P1: drafts are kept at most 1 s behind typing.
BEHIND_S = 1.0
NOTHING = json.dumps(["", []])


class DraftJudge:
    """Hears what stood in each chat's field and when, and compares it with what is there after a kill.

    A field's state is any text that tells all of it; `NOTHING` is an empty field.
    """

    def __init__(self) -> None:
        self.wrong: list[str] = []
        # Texts that are in a field again: they must not have been sent.
        self.back: dict[str, set[str]] = defaultdict(set)
        # Texts that stood for over a second before they left the field: they must be sent.
        self.gone: dict[str, set[str]] = defaultdict(set)
        self.compared = 0
        # How long the run that is going on has lived, in the time in which it had a processor.
        self.lived_s = 0.0
        self._states: dict[str, list[tuple[float, str]]] = defaultdict(list)
        self._allowed: dict[str, set[str]] = {}
        self._entered: dict[str, str] = {}
        self._settled: dict[str, bool] = {}

    def hear(self, word: str, rest: list[str]) -> None:
        """Take down what a window says of a chat's field."""
        match word, *rest:
            case "typed", chat, at_s, state:
                self.typed(chat, float(at_s), state)
            case "found", chat, at_s, state:
                self.found(chat, float(at_s), state)
            case "entered", chat, text:
                self.entered(chat, text)
            case "lives", at_s:
                self.lived_s = float(at_s)
            case _:
                raise ValueError(word)

    def typed(self, chat: str, at_s: float, state: str) -> None:
        """Note what stands in a field from now on."""
        self._states[chat].append((at_s, state))

    def entered(self, chat: str, text: str) -> None:
        """Note that Enter was pressed: from now on the text may have left its field."""
        self._entered[chat] = text

    def kept(self, chat: str) -> None:
        """Note that what was entered was accepted: from now on it must not stand in its field."""
        self._entered.pop(chat, None)
        self._states[chat] = [(0.0, NOTHING)]

    def killed(self, at_s: float) -> None:
        """Note the end of a run: what may be found is what stood there within the last second of it."""
        for chat, states in self._states.items():
            old = [state for since_s, state in states if since_s <= at_s - BEHIND_S]
            self._settled[chat] = len(old) == len(states)
            self._allowed[chat] = {*old[-1:], *(state for _, state in states[len(old) :])}
            if chat in self._entered:
                self._allowed[chat].add(NOTHING)
        self._states.clear()
        self.lived_s = 0.0

    def found(self, chat: str, at_s: float, state: str) -> None:
        """Compare a field with what may stand there."""
        allowed = self._allowed.pop(chat, None)
        if allowed is not None:
            # An empty field that nobody wrote in proves nothing.
            self.compared += allowed != {NOTHING}
            if state not in allowed:
                self.wrong.append(f"{chat}: found {state}, not one of {sorted(allowed)}")
        text = self._entered.pop(chat, None)
        if text is not None and state != NOTHING:
            self.back[chat].add(text)
        elif text is not None and self._settled.get(chat):
            self.gone[chat].add(text)
        self._states[chat] = [(at_s, state)]
