"""A week's digest never goes twice, whatever crashes or gets lost; where it can be edited, it is."""

from collections.abc import Callable

import pytest

from smarketing.changes.sending import is_unknown
from smarketing.contract import Step
from smarketing.testing.awkward import Awkward

from .office import MESSAGES_ALONE, PEOPLE, Crash, Office, forgetful

ONCE = dict.fromkeys(PEOPLE, 1)


def plain() -> Office:
    return Office(Awkward(lacks=MESSAGES_ALONE))


def unknown(office: Office) -> list[str]:
    records = office.state.load().records.values()
    return [str(record.hub["to"]) for record in records if is_unknown(record)]


@pytest.mark.parametrize("make", [plain, forgetful])
def test_it_goes_once_and_then_there_is_nothing_to_do(make: Callable[[], Office]) -> None:
    office = make()
    assert len(office.run().done) == 2
    assert office.got() == ONCE
    office.tick()
    for sync in (True, False, True):
        recap = office.run(sync)
        assert not recap.done
        assert not recap.failed
    assert office.got() == ONCE


@pytest.mark.parametrize("make", [plain, forgetful])
@pytest.mark.parametrize("before", [True, False])
def test_a_run_that_dies_at_any_write_of_state_sends_nobody_two(
    make: Callable[[], Office], before: bool
) -> None:
    probe = make()
    begun = probe.state.stored
    probe.run()
    total = probe.state.stored - begun
    assert total >= 5
    for number in range(1, total + 1):
        office = make()
        office.state.dies_at, office.state.before = office.state.stored + number, before
        with pytest.raises(Crash):
            office.run()
        told = [keep.field for keep in office.plan().keeps]
        for sync in (True, False, True):
            office.run(sync)
        got = office.got()
        assert max(got.values(), default=0) <= 1
        without = set(PEOPLE) - set(got)
        assert without <= set(unknown(office)), "nobody was told that it may be missing"
        assert told.count("sent") == len(unknown(office))
        if make is plain:
            assert got == ONCE  # where it can be looked for, it is sent after all


def test_a_run_that_dies_is_remembered_while_the_post_is_down() -> None:
    probe = forgetful()
    begun = probe.state.stored
    probe.run()
    for number in range(1, probe.state.stored - begun + 1):
        office = forgetful()
        office.state.dies_at = office.state.stored + number
        with pytest.raises(Crash):
            office.run()
        office.state.dies_at = 0
        office.mails.down = True
        for sync in (True, False):
            office.run(sync)
        office.mails.down = False
        for sync in (False, True):
            office.run(sync)
        assert max(office.got().values(), default=0) <= 1
        assert set(office.got()) | set(unknown(office)) == set(PEOPLE)


@pytest.mark.parametrize("verdict", ["lost", "lost before commit"])
def test_one_whose_answer_was_lost_is_not_repeated_and_is_told(verdict: str) -> None:
    office = forgetful()
    answers = iter([verdict])

    def faults(point: str, step: Step | None) -> str | None:
        return next(answers, None) if point == "perform" else None

    office.mails.faults = faults
    recap = office.run()
    assert [failure.error for failure in recap.failed] == [
        (
            "no answer came from the mail server, so nobody knows whether it was sent. It is not sent "
            "a second time: ask them whether they have it"
        )
    ]
    assert len(recap.done) == 1
    for sync in (True, False, True):
        assert not office.run(sync).failed
    assert sum(office.got().values()) == (2 if verdict == "lost" else 1)
    assert len(unknown(office)) == 1


def test_one_that_was_refused_goes_with_the_next_run() -> None:
    office = forgetful()
    office.mails.faults = lambda point, step: "fail" if point == "perform" else None
    assert len(office.run().failed) == 2
    office.mails.faults = None
    office.run()
    assert office.got() == ONCE


def test_a_refused_one_of_last_week_is_not_sent_beside_this_weeks() -> None:
    office = forgetful()
    office.mails.faults = lambda point, step: "fail" if point == "perform" else None
    office.run()
    office.mails.faults = None
    office.clock.set(21)
    office.run()
    assert office.got() == ONCE
    assert all("Late or stuck" in body for body in office.bodies())


def test_after_lost_state_nobody_gets_this_weeks_again() -> None:
    office = forgetful()
    office.run()
    office.state.__init__()  # type: ignore[misc]
    office.run(sync=False)
    office.run()
    assert office.got() == ONCE
    office.clock.set(21)
    office.run()
    assert office.got() == dict.fromkeys(PEOPLE, 2)


def test_everybody_is_told_the_same_when_one_gets_it_later() -> None:
    office = forgetful()
    seen: list[str] = []

    def faults(point: str, step: Step | None) -> str | None:
        seen.append(point)
        return "fail" if seen.count("perform") == 2 and point == "perform" else None

    office.mails.faults = faults
    office.run()
    office.tick()
    office.mails.faults = None
    office.run()
    assert office.got() == ONCE
    office.clock.set(21)
    office.run()
    assert sum("Kept since" in body for body in office.bodies()) == 3  # one late, two this week


def test_who_gets_it_later_is_told_what_was_kept_too() -> None:
    office = forgetful()
    office.tick()
    seen: list[str] = []

    def faults(point: str, step: Step | None) -> str | None:
        seen.append(point)
        return "fail" if seen.count("perform") == 2 and point == "perform" else None

    office.mails.faults = faults
    office.run()
    office.mails.faults = None
    office.run()
    assert office.got() == ONCE
    assert all("Kept since the last digest (1)" in body for body in office.bodies())


def test_where_it_can_be_edited_it_is_and_nobody_gets_a_second_one() -> None:
    office = Office(Awkward(edits=True, lacks=MESSAGES_ALONE))
    office.run()
    assert not any("Kept since" in body for body in office.bodies())
    office.tick()
    recap = office.run()
    assert [change.verb for change in recap.done] == ["update", "update"]
    assert office.got() == ONCE
    assert all("Kept since the last digest (1)" in body for body in office.bodies())
    assert not office.run().done
    assert not office.run(sync=False).done
    office.clock.set(21)
    office.run()
    assert office.got() == dict.fromkeys(PEOPLE, 2)
    assert sum("Kept since" in body for body in office.bodies()) == 2


def test_while_nobody_is_to_be_told_nothing_is_edited_either() -> None:
    office = Office(Awkward(edits=True, lacks=MESSAGES_ALONE))
    office.run()
    office.tick()
    assert not office.run(hold_invitations=True).done
    assert not any("Kept since" in body for body in office.bodies())


def test_a_post_that_is_down_holds_nothing_up_and_gets_it_later() -> None:
    office = forgetful()
    office.mails.down = True
    recap = office.run()
    assert list(recap.plan.unreachable) == ["post"]
    office.mails.down = False
    office.run()
    assert office.got() == ONCE
