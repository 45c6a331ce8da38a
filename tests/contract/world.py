"""What surrounds a case: the account it works with, and the outside's hand on an imaginary world."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx

from linqdesk.sandbox.server import SandboxAddress
from tests.contract.sdk import TRUST

NOWHERE = "00000000-0000-4000-8000-000000000000"
"""An id that nothing has."""


@dataclass(frozen=True)
class Account:
    """An account of the API and the one line of it that the cases may use."""

    base_url: str
    token: str
    line: str


@dataclass(frozen=True)
class Talk:
    """A one-to-one chat and the customer in it."""

    chat_id: str
    customer: str


class World:
    """Customers, time and chance, over the sandbox's control routes alone."""

    def __init__(self, http: httpx.Client, line: str) -> None:
        self._http = http
        self._line = line
        self._numbers = count(2)

    def customer(self, last_digit: int = 2) -> str:
        """Return the number of a stranger: iMessage for an even last digit, SMS for 9, RCS for the others."""
        return f"+1202555{next(self._numbers):03d}{last_digit}"

    def inbound(self, **act: Any) -> dict[str, Any]:
        """Let a customer write, react or edit; returns the message."""
        message: dict[str, Any] = self._post("/inbound", act)
        return message

    def write(self, customer: str, text: str, **more: Any) -> dict[str, Any]:
        """Let a customer write to our line; returns the message."""
        parts = [{"type": "text", "value": text}]
        return self.inbound(**{"from": customer, "to": self._line, "parts": parts, **more})

    def talk(self, last_digit: int = 2) -> Talk:
        """Let a customer open a one-to-one chat with our line."""
        customer = self.customer(last_digit)
        return Talk(self.write(customer, "Is anybody there?")["chat_id"], customer)

    def act(self, **act: Any) -> None:
        """Change the world: time, health, opt-outs, receipts."""
        self._post("/world", act)

    def fault(self, *rules: dict[str, Any]) -> None:
        """Replace the fault plan."""
        self._post("/faults", list(rules))

    def ledger(self, kind: str = "message") -> list[dict[str, Any]]:
        """Return what of one kind customers received, in order."""
        reply = self._http.get("/ledger").raise_for_status()
        return [entry for entry in reply.json() if entry["kind"] == kind]

    def requests(self) -> list[dict[str, Any]]:
        """Return every API request that the sandbox saw."""
        seen: list[dict[str, Any]] = self._http.get("/requests").raise_for_status().json()
        return seen

    def _post(self, route: str, body: object) -> Any:
        reply = self._http.post(route, json=body)
        assert reply.is_success, reply.text
        return reply.json() if reply.content else None


@contextmanager
def controlled(sandbox: SandboxAddress, line: str) -> Iterator[World]:
    """Hold the control side of a served sandbox."""
    with httpx.Client(base_url=sandbox.control_url, trust_env=False, verify=TRUST) as http:
        yield World(http, line)
