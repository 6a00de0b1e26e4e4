"""A run that dies while a template is copied ends, run again, as one that did not."""

from contextlib import suppress
from typing import Any

import pytest

from smarketing.standin import Answer, Asked
from smarketing.state.record import Intent
from smarketing.state.state import MemoryState
from smarketing.testing.site import OTHER

from .desk import Desk
from .test_whole_runs import CARD, Run, looks


def begun() -> tuple[Desk, Run]:
    desk = Desk()
    Run(desk, OTHER, is_template=True).well()
    run = Run(desk)
    run.items[CARD][1]["due"] = "2027-01-02"
    run.items[CARD][1]["description"] = "Ask them all. Write it down."
    desk.calls()
    return desk, run


@pytest.fixture(scope="module")
def unbroken() -> tuple[str, int]:
    """What an unbroken run leaves, and how many requests it makes."""
    desk, run = begun()
    run.well()
    requests = len(desk.asked)
    return looks(run), requests


class Ended(BaseException):
    """The process ends here."""


class Forgetful(MemoryState):
    """A state before whose next note the process ends, once that is due."""

    due: bool = False

    def commit(self, *args: Any, **kwargs: Any) -> None:
        """Note, or end before."""
        self.end_if_due()
        super().commit(*args, **kwargs)

    def open(self, intent: Intent) -> None:
        """Note, or end before."""
        self.end_if_due()
        super().open(intent)

    def end_if_due(self) -> None:
        """End."""
        if self.due:
            self.due = False
            raise Ended


def ends_as_if_unbroken(desk: Desk, run: Run, wanted: str) -> None:
    """Hold that the next runs finish what one left that broke off."""
    desk.before = None
    run.apply()
    run.apply()
    assert run.apply().plan.steps == ()
    assert looks(run) == wanted


@pytest.mark.parametrize("served", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("number", range(1, 15))
def test_a_copy_that_broke_off_is_finished(
    number: int, served: bool, unbroken: tuple[str, int]
) -> None:
    wanted, requests = unbroken
    assert requests <= 14, "there are requests that no test breaks off at"
    desk, run = begun()
    count = 0

    def breaks(asked: Asked) -> Answer | None:
        nonlocal count
        count += 1
        if count != number:
            return None
        if served:
            desk.vendor.answer(asked)
        raise ConnectionResetError

    desk.before = breaks
    with suppress(ConnectionResetError):
        run.apply()
    assert count >= min(number, requests)
    ends_as_if_unbroken(desk, run, wanted)


@pytest.mark.parametrize("number", range(1, 15))
def test_a_copy_whose_reply_was_heard_and_not_noted_is_finished(
    number: int, unbroken: tuple[str, int]
) -> None:
    wanted, requests = unbroken
    desk, run = begun()
    run.state = state = Forgetful()
    count = 0

    def heard(_: Asked) -> None:
        nonlocal count
        state.end_if_due()
        count += 1
        state.due = count == number

    desk.before = heard
    if number <= requests:
        with pytest.raises(Ended):
            run.apply()
    ends_as_if_unbroken(desk, run, wanted)
