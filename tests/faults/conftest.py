"""Says at the end of a run from which seed each test began."""

from collections.abc import Generator

import pytest

from tests.faults.figures import seeds_used


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Send a test's seeds along with its outcome, which may come from another process."""
    seeds_used.clear()
    try:
        yield
    finally:
        item.user_properties += [("seed", str(seed)) for seed in seeds_used]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Write a line for each seed."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, seed in report.user_properties:
                if name == "seed" and report.when == "call":
                    terminalreporter.write_line(f"LINQDESK_SEED={seed} {outcome} {report.nodeid}")
