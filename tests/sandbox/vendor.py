"""The vendor's own client, reading strictly and trying once."""

from collections.abc import Iterator
from contextlib import contextmanager

from linq import LinqAPIV3

from tests.sandbox.conftest import Outsider


@contextmanager
def vendors_client(world: Outsider) -> Iterator[LinqAPIV3]:
    client = LinqAPIV3(
        api_key="sandbox-token",
        base_url=str(world.api.base_url),
        max_retries=0,
        _strict_response_validation=True,
    )
    with client:
        yield client
