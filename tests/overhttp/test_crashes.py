"""A run dies at any write, at any moment of it: the next one ends as if nothing had been."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from .miniature import MOST_WRITES
from .office import POINTS, REPLIED, Death, Office, office

LAG = 60.0
"""Seconds for which a search does not see what was written."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What a run that nothing disturbs leaves behind."""

    writes: int
    picture: dict[str, Any]
    mails: list[tuple[str, str, str]]

    def equals(self, other: Office, how: str) -> None:
        """Hold that another company's tools hold the same, and the same was sent."""
        assert other.picture() == self.picture, how
        assert other.mails() == self.mails, how


def undisturbed(folder: Path, names: Sequence[str]) -> Whole:
    """Build the miniature once."""
    whole = office(folder, names)
    life = Death()
    recap = whole.apply(life)
    assert not recap.failed
    return Whole(life.met, whole.picture(), whole.mails())


def dead_and_finished(folder: Path, names: Sequence[str], death: Death, whole: Whole) -> None:
    """Let a first run die, and hold that the second one finishes its work."""
    killed = office(folder, names)
    killed.dies(death)
    recap = killed.apply()
    how = f"died at write {death.nth} {death.point}: {killed.asked[-1].path}"
    assert not recap.failed, how
    whole.equals(killed, how)
    killed.settled()


def dead_while_searches_lag(folder: Path, names: Sequence[str], death: Death, whole: Whole) -> None:
    """The same where searches do not see yet what the first run wrote."""
    killed = office(folder, names)
    killed.vendors.world.lag = LAG
    killed.dies(death)
    killed.apply()
    killed.vendors.clock.move(LAG + 1)
    killed.apply()
    whole.equals(killed, f"died at write {death.nth} {death.point} with lagging searches")
    killed.settled()


def test_the_miniature_is_small(names: tuple[str, ...], tmp_path: Path) -> None:
    assert 10 <= undisturbed(tmp_path, names).writes <= MOST_WRITES


@pytest.mark.parametrize("point", POINTS)
def test_a_run_that_dies_at_some_writes_is_finished_by_the_next(
    names: tuple[str, ...], tmp_path: Path, point: str
) -> None:
    whole = undisturbed(tmp_path / "whole", names)
    for nth in range(1 + POINTS.index(point), whole.writes + 1, 11):
        dead_and_finished(tmp_path / str(nth), names, Death(nth, point), whole)


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
def test_a_run_that_dies_at_any_write_is_finished_by_the_next(
    names: tuple[str, ...], tmp_path: Path, point: str
) -> None:
    whole = undisturbed(tmp_path / "whole", names)
    for nth in range(1, whole.writes + 1):
        dead_and_finished(tmp_path / str(nth), names, Death(nth, point), whole)


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
def test_what_a_search_does_not_see_yet_is_not_made_twice(
    names: tuple[str, ...], tmp_path: Path, point: str
) -> None:
    whole = undisturbed(tmp_path / "whole", names)
    for nth in range(1, whole.writes + 1):
        dead_while_searches_lag(tmp_path / str(nth), names, Death(nth, point), whole)


@pytest.mark.slow
def test_a_run_that_dies_and_dies_again_at_every_write_ends_as_one_that_did_not(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    whole = undisturbed(tmp_path / "whole", names)
    for point in POINTS:
        killed = office(tmp_path / point, names)
        for _ in range(3 * whole.writes):
            try:
                killed.apply(Death(1, point))
            except BaseException as end:
                if type(end).__name__ != "Crash":
                    raise
            else:
                break
        assert not killed.apply().failed
        whole.equals(killed, f"died at each write {point}")
        killed.settled()


@pytest.mark.slow
def test_the_state_lost_with_the_process_makes_nothing_twice(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    whole = undisturbed(tmp_path / "whole", names)
    for nth in range(1, whole.writes + 1):
        killed = office(tmp_path / str(nth), names)
        killed.dies(Death(nth, REPLIED))
        killed.company.forget()
        assert not killed.apply().failed
        how = f"died at write {nth}, and its state is lost"
        assert titles(killed.picture()) == titles(whole.picture), how
        assert killed.mails() == whole.mails, how
        killed.settled()


def titles(picture: dict[str, Any]) -> list[str]:
    """Return what everything is called."""
    return re.findall(r"'(?:name|summary)': (\S.*?), '", str(picture))
