"""The readings of what the API's sources dispute: the sandbox follows each, and the journeys pass."""

import pytest

from linqdesk.sandbox.options import SandboxOptions
from linqdesk.sandbox.variants import CHOICES


def reading(choice: str) -> SandboxOptions:
    """Return a desk that follows one reading, written NAME=VALUE as for `linqdesk sandbox --variant`."""
    name, _, value = choice.partition("=")
    return SandboxOptions(variants={name: value})


OTHER_READINGS = [f"{name}={value}" for name, values in CHOICES.items() for value in values[1:]]

under_every_reading = pytest.mark.parametrize(
    "sandbox_options",
    [
        pytest.param(SandboxOptions(), id="usual"),
        *(pytest.param(reading(choice), id=choice) for choice in OTHER_READINGS),
    ],
)
"""Lets a journey run once more for every reading that is not the default."""
