"""Pytest's part: a misfit fails its test, and the run says how much was validated."""

from collections import Counter
from collections.abc import Generator

import pytest

from .heard import COUNTED, lines, taken, unheard

_TOTAL: Counter[str] = Counter()
"""Of the whole run, in the process that reports it."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, object, object]:
    """Fail the test in which a misfit was found, in whatever thread."""
    taken()
    try:
        result = yield
    finally:
        found = taken()
    if found:
        pytest.fail("not as the vendor describes it:\n" + "\n".join(found), pytrace=False)
    return result


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Add up; a run in which a description was there and nothing was held to it fails."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["validated"] = dict(COUNTED)
        return
    _TOTAL.update(COUNTED)
    if unheard(_TOTAL):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Take over what a worker counted."""
    _TOTAL.update(getattr(node, "workeroutput", {}).get("validated", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many requests and replies were validated."""
    if _TOTAL:
        terminalreporter.section("vendors")
    for line in lines(_TOTAL):
        terminalreporter.line(line)
    for vendor in unheard(_TOTAL):
        terminalreporter.line(f"{vendor}: nothing was validated: this run failed", red=True)
