"""The tools refuse, break off and lose replies: a run ends and says so, and the next one finishes."""

from pathlib import Path

import pytest

from smarketing.plan import Recap
from smarketing.report.report import recap_text
from smarketing.sandbox.faults import CUT, CUT_JSON, DROP_AFTER, DROP_BEFORE, REFUSALS, SLOW

from .miniature import BOTH
from .office import Office, office
from .test_crashes import Whole, undisturbed

STORMS = {
    "asked to wait": {"rate limit": 0.15, "forbidden rate": 0.15},
    "at a limit that lasts": {"long limit": 0.1},
    "out of order": {"error": 0.1, "gateway": 0.1, "timeout": 0.1, "unavailable": 0.15},
    "breaking off": {DROP_BEFORE: 0.15, DROP_AFTER: 0.15},
    "cut short": {CUT: 0.15, CUT_JSON: 0.15},
    "too slow": {SLOW: 0.3},
    "everything": dict.fromkeys((*REFUSALS, DROP_BEFORE, DROP_AFTER, CUT, CUT_JSON, SLOW), 0.05),
    "hardly anything else": dict.fromkeys((*REFUSALS, DROP_AFTER, SLOW), 0.1),
}

MOST_REQUESTS = 600
"""No run asks more often than this, whatever it meets."""

MOST_SECONDS = 4 * 3600.0


def storm(made: Office, name: str, seed: int) -> Recap:
    """Run once in a storm, and hold that the run ends and says of everything what came of it."""
    before, began = len(made.asked), made.vendors.clock.now()
    made.vendors.sandbox.storm(STORMS[name], seed)
    recap = made.apply()
    made.vendors.sandbox.calm()
    assert len(made.asked) - before <= MOST_REQUESTS
    assert made.vendors.clock.now() - began <= MOST_SECONDS
    told = {(c.address, c.verb) for c in recap.done} | {(f.address, f.verb) for f in recap.failed}
    untold = [c for c in recap.plan.changes if (c.address, c.verb) not in told]
    assert not untold, f"{[(c.verb, c.address) for c in untold]}, and {recap.more}"
    assert all(failure.error.strip() for failure in recap.failed)
    return recap


def finished(made: Office, whole: Whole, how: str) -> None:
    """Hold that a run in good weather makes of it what a storm never touched."""
    recap = made.apply()
    assert not recap.failed, how
    assert not recap.plan.unreachable, how
    whole.equals(made, how)
    made.settled()


@pytest.mark.parametrize("name", ["everything", "cut short"])
def test_a_storm_ends_is_told_and_leaves_nothing_twice(
    names: tuple[str, ...], tmp_path: Path, name: str
) -> None:
    whole = undisturbed(tmp_path / "whole", names)
    made = office(tmp_path / "storm", names)
    storm(made, name, seed=1)
    finished(made, whole, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", STORMS)
def test_storms_of_many_kinds_end_as_no_storm_does(
    names: tuple[str, ...], tmp_path: Path, name: str
) -> None:
    whole = undisturbed(tmp_path / "whole", names)
    for seed in range(2, 10):
        made = office(tmp_path / str(seed), names)
        storm(made, name, seed)
        finished(made, whole, f"{name}, seed {seed}")


@pytest.mark.slow
def test_three_storms_and_a_lost_state_end_as_no_storm_does(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    whole = undisturbed(tmp_path / "whole", names)
    for seed in range(20, 26):
        made = office(tmp_path / str(seed), names)
        for number, name in enumerate(("everything", "breaking off", "everything")):
            storm(made, name, 10 * seed + number)
        finished(made, whole, f"three storms, seed {seed}")


def test_a_recap_of_a_run_that_was_held_up_says_why_it_took_more_calls(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    made = office(tmp_path, names)
    made.vendors.sandbox.fault(DROP_AFTER, vendor="trello", methods=("POST",), path="/cards", nth=1)
    recap = made.apply()
    assert any("lost" in why for why in recap.more), recap.more
    assert not recap.failed
    made.settled()


def test_a_tool_that_was_only_away_at_first_is_told_as_it_ended(tmp_path: Path) -> None:
    made = office(tmp_path, BOTH)
    made.vendors.sandbox.fault("error", vendor="google", path="/drive/v3/files", nth=1)
    made.vendors.sandbox.fault(DROP_AFTER, vendor="trello", methods=("POST",), path="/cards", nth=1)
    recap = made.apply()
    assert not recap.failed
    assert recap.plan.unreachable == {}
    text = recap_text(recap)
    assert "Now in Google Drive: 2 documents" in text
    assert "the workspace:" not in text
    assert "Not reached" not in text
    made.apply()
    made.settled()
