"""With which API and which token the program works: the environment's, the keyring's, or the demo's."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from linqdesk.domain.errors import LocalFaultError
from linqdesk.local.secrets import forget_token, load_token, save_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from linqdesk.api.client import LinqClient
    from linqdesk.arguments import WindowOptions
    from linqdesk.domain.chat import Line
    from linqdesk.local.environment import Environment
    from linqdesk.sandbox.server import SandboxAddress, SandboxServer


@dataclass(frozen=True, slots=True)
class Account:
    """An API and the token for it."""

    base_url: str
    token: str = field(repr=False)

    def connect(self) -> LinqClient:
        """Return a client; takes a quarter of a second the first time, so call it in a thread.

        Raises:
            LocalFaultError: the base URL is none that a token may be sent to.
        """
        from linqdesk.api.client import LinqClient
        from linqdesk.api.transport import Transport

        return LinqClient(Transport(self.base_url, self.token))


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Where the token is while the program does not run, in words."""

    is_stored: bool
    words: str


_STORED = TokenPlace(is_stored=True, words="The token is kept in your system's keyring, and nowhere else.")
_FROM_ENVIRONMENT = TokenPlace(
    is_stored=False, words="The token comes from LINQDESK_TOKEN and is not stored."
)
_DEMO = TokenPlace(is_stored=False, words="This is the demo: an imaginary shop that needs no token.")
_NONE = TokenPlace(is_stored=False, words="There is no token.")
_ASKED_AGAIN = "Enter the token for this run; it will be asked for at each start."
# A keyring that gave no answer when the token was stored rarely has one when it is to be forgotten. The wish
# stays with it all the same.
_UNLIKELY_WAIT_S = 0.5


class Door:
    """Finds the account; owns the demo's sandbox."""

    def __init__(self, environment: Environment, options: WindowOptions) -> None:
        """Look nowhere yet."""
        self.environment = environment
        self.options = options
        self._sandbox: SandboxServer | None = None
        self.sandbox_address: SandboxAddress | None = None
        self.token_place = _NONE
        self._is_offered = False

    @property
    def is_demo(self) -> bool:
        """Whether the command line asks for the demo, so that there is nobody else to follow."""
        return self.options.is_demo

    @property
    def is_demo_open(self) -> bool:
        """Whether the account is the demo's."""
        return self.sandbox_address is not None

    async def account(self, late: Callable[[Account], None]) -> Account | None:
        """Return the account to work with, None where the agent has to be asked.

        Args:
            late: hears of an account whose token the keyring hands out only after this has failed.

        Raises:
            LocalFaultError: the keyring cannot be read.
        """
        if self.options.is_demo:
            return await self.demo_account()
        if self.environment.token is not None:
            self.token_place = _FROM_ENVIRONMENT
            return self.account_with(self.environment.token)

        def hear(token: str | None) -> None:
            if token is not None:
                late(Account(self.environment.base_url, token))

        try:
            token = await load_token(self.environment.base_url, self.environment.keyring_wait_s, hear)
        except LocalFaultError as fault:
            raise LocalFaultError(f"{fault.message} {_ASKED_AGAIN}") from fault
        if token is None:
            return None
        self.note_stored()
        return self.account_with(token)

    def account_with(self, token: str) -> Account:
        """Return the account of a token, on the demo while that runs."""
        address = self.sandbox_address
        return Account(self.environment.base_url if address is None else address.base_url, token)

    async def demo_account(self) -> Account:
        """Start the demo's sandbox, if it does not run yet, and return its account.

        Raises:
            LocalFaultError: there is no such story, or no port to listen on.
        """
        if self.sandbox_address is None:
            self.sandbox_address = await asyncio.to_thread(self._start_sandbox)
        self.token_place = _DEMO
        return Account(self.sandbox_address.base_url, self.sandbox_address.token)

    async def lines_of(self, account: Account) -> tuple[Line, ...]:
        """Return the lines that a token opens: no other request tells as cheaply whether it is good.

        Raises:
            LinqDeskError: Linq refuses the token, or cannot be asked.
        """
        client = await asyncio.to_thread(account.connect)
        try:
            return await client.list_phone_numbers()
        finally:
            await client.close()

    def note_stored(self) -> None:
        """Take note that the account that is worked with came out of the keyring."""
        self.token_place = _STORED

    async def remember(self, account: Account) -> TokenPlace:
        """Store a token in the keyring, unless it is the demo's or the environment's; tells where it is."""
        if self.sandbox_address is not None:
            self.token_place = _DEMO
        elif self.environment.token == account.token:
            self.token_place = _FROM_ENVIRONMENT
        else:
            self.token_place = await self._store(account)
        return self.token_place

    async def _store(self, account: Account) -> TokenPlace:
        self._is_offered = True
        wait_s = self.environment.keyring_wait_s
        try:
            await save_token(account.base_url, account.token, wait_s, lambda _: self.note_stored())
        except LocalFaultError as fault:
            return TokenPlace(is_stored=False, words=f"The token is kept for this run only. {fault.message}")
        return _STORED

    async def forget(self) -> None:
        """Delete the stored token, and one that the keyring may yet store; the environment's cannot be.

        Raises:
            LocalFaultError: the keyring does not let us.
        """
        if self.token_place.is_stored:
            await forget_token(self.environment.base_url, self.environment.keyring_wait_s)
        elif self._is_offered:
            with suppress(LocalFaultError):
                await forget_token(self.environment.base_url, _UNLIKELY_WAIT_S)

    async def close(self) -> None:
        """Stop the demo's sandbox."""
        if self._sandbox is not None:
            await asyncio.to_thread(self._sandbox.stop)

    def _start_sandbox(self) -> SandboxAddress:
        from linqdesk.sandbox.options import SandboxOptions
        from linqdesk.sandbox.server import SandboxServer

        server = SandboxServer(SandboxOptions(story=self.options.story))
        try:
            address = server.start()
        except (OSError, ValueError) as failure:
            raise LocalFaultError(f"The demo cannot start: {failure}.") from failure
        self._sandbox = server
        return address
