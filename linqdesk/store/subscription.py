"""Telling listeners of a change: subscribe, emit, close."""

import logging
from collections.abc import Callable
from typing import Generic, TypeVar

_log = logging.getLogger(__name__)

T = TypeVar("T")


class Subscription:
    """The undo of a subscribe; closing it twice does no harm."""

    def __init__(self, undo: Callable[[], None]) -> None:
        """Keep what ends the subscription."""
        self._undo: Callable[[], None] | None = undo

    def close(self, *_ignored: object) -> None:
        """End the subscription; takes whatever a signal such as `destroyed` passes along."""
        undo, self._undo = self._undo, None
        if undo is not None:
            undo()


class Announcer(Generic[T]):
    """Tells its listeners of each value in the order they subscribed.

    A failing listener is reported to `on_failure` and does not stop the others; without `on_failure`
    it is logged.
    """

    def __init__(self, on_failure: Callable[[Exception], None] | None = None) -> None:
        """Start with nobody listening."""
        self._listeners: dict[object, Callable[[T], None]] = {}
        self._on_failure = on_failure or _log_failure

    def subscribe(self, listener: Callable[[T], None]) -> Subscription:
        """Call the listener with every later value until the subscription is closed."""
        token = object()
        self._listeners[token] = listener
        return Subscription(lambda: self._forget(token))

    def emit(self, value: T) -> None:
        """Tell everybody who listens now and still does when their turn comes."""
        for token in tuple(self._listeners):
            listener = self._listeners.get(token)
            if listener is None:
                continue
            try:
                listener(value)
            except Exception as failure:  # the boundary that keeps one listener from silencing the rest
                self._on_failure(failure)

    def _forget(self, token: object) -> None:
        self._listeners.pop(token, None)


def _log_failure(failure: Exception) -> None:
    _log.error("a listener failed: %s", type(failure).__name__, exc_info=failure)
