import logging
import socket
from collections.abc import Callable

import httpx
import pytest

from linqdesk.sandbox.gone_clients import say_quietly
from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.server import SandboxAddress, SandboxServer

GONE = "sandbox: a client went away before it was answered"


def _say_half(address: SandboxAddress, head: str, body: bytes = b"") -> socket.socket:
    """Return a connection over which a request was begun."""
    connection = socket.create_connection(("127.0.0.1", address.port))
    head = f"{head} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {address.token}\r\n"
    connection.sendall(f"{head}Content-Type: application/json\r\n".encode() + body)
    return connection


def _until(is_so: Callable[[], bool], address: SandboxAddress) -> None:
    """Let the sandbox work until something is so."""
    for _ in range(2_000):
        if is_so():
            return
        httpx.get(f"{address.control_url}/requests")
    raise AssertionError("it never came about")


@pytest.mark.parametrize("path", ["/api/partner/v3/chats", "/control/inbound"])
def test_a_client_that_dies_in_the_middle_of_a_request_costs_one_line(
    path: str, caplog: pytest.LogCaptureFixture
) -> None:
    with SandboxServer(SandboxOptions()) as address:
        _say_half(address, f"POST {path}", b'Content-Length: 100\r\n\r\n{"a"').close()
        _until(lambda: bool(caplog.records), address)
    assert [record.getMessage() for record in caplog.records] == [GONE]
    assert caplog.records[0].exc_info is None
    assert caplog.records[0].levelno == logging.WARNING


def test_who_waits_when_the_sandbox_stops_costs_one_line(caplog: pytest.LogCaptureFixture) -> None:
    server = SandboxServer(SandboxOptions())
    address = server.start()
    slow = [{"match": {"method": "GET", "path": "/v3/chats"}, "do": {"delay_s": 600}}]
    httpx.post(f"{address.control_url}/faults", json=slow)
    with _say_half(address, "GET /api/partner/v3/chats", b"\r\n"):
        # It is heard before what is asked after it.
        httpx.get(f"{address.control_url}/state")
        server.stop()
    assert {record.getMessage() for record in caplog.records} <= {GONE}
    assert all(record.exc_info is None for record in caplog.records)


def test_a_mistake_of_the_sandbox_is_still_printed_whole(caplog: pytest.LogCaptureFixture) -> None:
    say_quietly()
    logging.getLogger("uvicorn.error").error(
        "Exception in ASGI application", exc_info=ValueError("a mistake")
    )
    assert caplog.records[0].exc_info is not None
    assert caplog.records[0].getMessage() == "Exception in ASGI application"
