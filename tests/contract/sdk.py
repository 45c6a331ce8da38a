"""The vendor's two clients behind one face, so that a case is written once for both."""

import asyncio
import ssl
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from inspect import isawaitable
from typing import TypeAlias, TypeVar

import httpx
import pytest
from linq import (
    APIStatusError,
    AsyncLinqAPIV3,
    DefaultAsyncHttpxClient,
    DefaultHttpxClient,
    LinqAPIV3,
)
from linq.types import MessageContentParam

Linq: TypeAlias = LinqAPIV3 | AsyncLinqAPIV3
T = TypeVar("T")

TRUST = ssl.create_default_context()
"""Made once: reading the system's certificates takes longer than most cases."""


class Sdk:
    """Asks the API through one of the vendor's clients; waits where that is the asynchronous one."""

    def __init__(self, linq: Linq, runner: asyncio.Runner, replies: list[httpx.Response]) -> None:
        self._linq = linq
        self._runner = runner
        self.replies = replies

    def __call__(self, ask: Callable[[Linq], T | Awaitable[T]]) -> T:
        """Return what one request is answered with."""
        answer = ask(self._linq)
        return self._runner.run(_waited(answer)) if isawaitable(answer) else answer

    def every(self, ask: Callable[[Linq], Iterable[T] | AsyncIterable[T]]) -> list[T]:
        """Return the items of all pages, each of which the SDK asks for by itself."""
        pages = ask(self._linq)
        return self._runner.run(_listed(pages)) if isinstance(pages, AsyncIterable) else list(pages)

    def refused(self, ask: Callable[[Linq], object]) -> APIStatusError:
        """Return the refusal that a request is answered with."""
        with pytest.raises(APIStatusError) as caught:
            self(ask)
        return caught.value

    def refusal(self, ask: Callable[[Linq], object]) -> tuple[int, int | None]:
        """Return status and error code of that refusal."""
        error = self.refused(ask)
        return error.status_code, error.code

    @property
    def status(self) -> int:
        """The HTTP status of the newest answer."""
        return self.replies[-1].status_code


def said(text: str) -> MessageContentParam:
    """Return a message of one text."""
    return {"parts": [{"type": "text", "value": text}]}


async def _waited(answer: Awaitable[T]) -> T:
    return await answer


async def _listed(pages: AsyncIterable[T]) -> list[T]:
    return [item async for item in pages]


@contextmanager
def opened(kind: str, base_url: str, token: str, *, max_retries: int = 0) -> Iterator[Sdk]:
    """Open the vendor's client of that kind, "sync" or "async", with strict validation."""
    replies: list[httpx.Response] = []

    async def note(reply: httpx.Response) -> None:
        replies.append(reply)

    with asyncio.Runner() as runner:
        if kind == "sync":
            with LinqAPIV3(
                api_key=token,
                base_url=base_url,
                max_retries=max_retries,
                http_client=DefaultHttpxClient(verify=TRUST, event_hooks={"response": [replies.append]}),
                _strict_response_validation=True,
            ) as linq:
                yield Sdk(linq, runner, replies)
        else:
            patient = AsyncLinqAPIV3(
                api_key=token,
                base_url=base_url,
                max_retries=max_retries,
                http_client=DefaultAsyncHttpxClient(verify=TRUST, event_hooks={"response": [note]}),
                _strict_response_validation=True,
            )
            try:
                yield Sdk(patient, runner, replies)
            finally:
                runner.run(patient.close())
