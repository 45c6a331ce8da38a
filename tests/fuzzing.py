"""How much the generated tests try: a little in every run, very much with LINQDESK_FUZZ=full."""

import os

from hypothesis import HealthCheck, Phase, settings

IS_FULL = os.environ.get("LINQDESK_FUZZ") == "full"


def examples(few: int, *, full: int) -> settings:
    """Return the settings of a generated test.

    The small number of examples is the same in every run, so that nobody's change fails by chance; the
    large one is another each time, and what it finds is printed and becomes a test of its own.
    """
    return settings(
        max_examples=full if IS_FULL else few,
        derandomize=not IS_FULL,
        database=None,
        deadline=None,
        print_blob=IS_FULL,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
