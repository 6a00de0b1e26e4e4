"""A second run does nothing: also a minute, a day, a week, a clock change and a year later."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .desk import Desk

LATER = {
    "a minute": (2026, 12, 7, 9, 1),
    "a day": (2026, 12, 8, 9, 0),
    "a week": (2026, 12, 14, 9, 0),
    "a clock change": (2027, 3, 28, 9, 0),
    "a year": (2027, 12, 7, 9, 0),
}

_watching: list[set[str]] = []


@contextmanager
def opened_files() -> Iterator[set[str]]:
    """Give the paths of all files that are opened meanwhile, and that Python tells of."""
    if not _watching:
        _watching.append(set())
        sys.addaudithook(_note)  # a hook stays for good, so there is one, told when to listen
    found: set[str] = set()
    _watching[0] = found
    yield found
    _watching[0] = set()


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str | Path):
        _watching[0].add(str(arguments[0]))


def test_after_apply_nothing_is_left_to_do_at_any_later_time(acme: Desk) -> None:
    acme.is_quiet()
    for moment in LATER.values():
        acme.clock.set(*moment)
        acme.is_quiet()


def test_without_a_config_a_later_run_still_counts_from_the_first_day(desk: Desk) -> None:
    desk.apply()
    assert "start: 2026-12-14" in desk.read("config.yaml")  # the Monday after
    desk.clock.set(*LATER["a year"])
    desk.is_quiet()


def test_a_run_with_nothing_to_do_opens_only_what_a_member_changed(
    acme: Desk,
) -> None:
    acme.edit("acme/Glossary.md", "argue about a word", "quarrel over a word")
    time.sleep(0.1)  # a file of this very moment is looked at again
    acme.apply()
    acme.edit("acme/Hand-off rule.md", "# Hand-off rule", "# Our hand-off rule")
    with opened_files() as opened:
        acme.run("plan")
    folder = acme.path("acme")
    names = {Path(one).name for one in opened if Path(one).absolute().is_relative_to(folder)}
    assert "Hand-off rule.md" in names
    assert names <= {"Hand-off rule.md", "workspace", "Start here.md", "Start here.html"}


def test_plan_without_a_config_writes_nothing_at_all(desk: Desk) -> None:
    desk.run("plan")
    desk.run("status")
    desk.run("validate")
    assert desk.files() == {}
    assert not desk.data.exists()
