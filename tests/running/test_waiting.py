"""What a tool wants to have later is asked again, and what it took already is not."""

from collections.abc import Mapping, Sequence

from smarketing.contract import Change, Done, Failed, Later, Limit, Outcome, Remote, Step
from smarketing.pace import Pace
from smarketing.run import Performer
from smarketing.testing.memory import Memory
from smarketing.testing.memory_tool import Tool

CHANGES = tuple(Change("create", f"table:{key}", "table") for key in ("one", "two", "three"))
STEP = Step("all", "memory", CHANGES)


class Clock:
    waited = 0.0

    def now(self) -> float:
        return 1_796_634_000.0 + self.waited

    def sleep(self, seconds: float) -> None:
        self.waited += seconds


class Slow(Memory):
    """Takes as many at once as there is room for, and asks to wait with the others."""

    room = 2

    def __init__(self) -> None:
        super().__init__(Tool())
        self.taken: list[str] = []

    def perform(self, step: Step, ids: Mapping[str, str]) -> Sequence[Outcome]:
        fresh = [change.address for change in step.changes[: self.room]]
        self.taken += fresh
        done = [Done(Remote(address, "table", {})) for address in fresh]
        return [*done, *[Later(5.0)] * (len(step.changes) - len(done))]


def performed(tool: Slow, clock: Clock) -> list[Outcome]:
    found: list[Outcome] = []

    def end(step: Step, outcomes: Sequence[Outcome]) -> bool:
        assert step is STEP
        found.extend(outcomes)
        return True

    Performer({"memory": tool}, {}, clock, lambda step: step, end, workers=0).run([STEP])
    return found


def test_of_a_batch_only_what_was_put_off_is_sent_again() -> None:
    tool, clock = Slow(), Clock()
    outcomes = performed(tool, clock)
    assert tool.taken == [change.address for change in CHANGES]
    assert [each.remote.id for each in outcomes if isinstance(each, Done)] == tool.taken
    assert clock.waited == 5.0


def test_what_is_put_off_for_ever_fails_and_the_rest_of_its_batch_is_done() -> None:
    class Full(Slow):
        def perform(self, step: Step, ids: Mapping[str, str]) -> Sequence[Outcome]:
            self.room = 2 - len(self.taken)
            return super().perform(step, ids)

    outcomes = performed(Full(), Clock())
    assert [type(each) for each in outcomes] == [Done, Done, Failed]


def test_a_clock_that_was_set_back_keeps_nobody_waiting() -> None:
    pace, draws = Pace([Limit("calls", 2, 10.0)]), {"calls": 2}
    pace.start(draws, 5_000.0)
    assert pace.wait(draws, 5_001.0) == 9.0
    assert pace.wait(draws, 1_400.0) == 0.0
    pace.start(draws, 1_400.0)
    assert pace.wait(draws, 1_401.0) == 9.0
