"""The calls that W1 takes, beside the fewest possible and those of a naive script."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench import peers, world
from bench.timing import environment
from smarketing.contract import Calls
from smarketing.plan import Recap, counted
from smarketing.sandbox.clock import Clock, standing


@dataclass(frozen=True, slots=True)
class Row:
    """One situation: its name, the most and the fewest calls, and the naive script's run."""

    name: str
    most: int
    lowest: int
    naive: str = ""


FIRST, AGAIN, EDITED = "first", "again", "edited"

MOVED = ("Card number 7", "List 5")
"""The card that a member moves, and where to."""

SCRATCH = Row("first apply from scratch", 350, 330, FIRST)
TEMPLATE = Row("first apply, template there", 45, 33, FIRST)
SETTLED = Row("again, nothing changed", 4, 3, AGAIN)
LOST = Row("state lost, apply again", 20, 16)
CHANGED = Row("again, after a member changed one card", 5, 4, EDITED)


@dataclass(frozen=True, slots=True)
class Made:
    """The calls of one run of ours by tool: what its plan counted, and what it says it made."""

    planned: Mapping[str, Calls]
    spent: Mapping[str, Calls]
    arrived: int
    """What the sandbox saw, those to sign in left out."""


class WrongRunError(Exception):
    """A measured run did not do what it was to do: its figures would mean nothing."""


def checked(recap: Recap) -> Recap:
    """Return the recap of a run that was as it should be; raise WrongRunError for another."""
    if recap.failed or recap.plan.unreachable:
        raise WrongRunError(f"{recap.failed} {recap.plan.unreachable}")
    return recap


def total(calls: Mapping[str, Calls]) -> int:
    """Return all calls together."""
    return sum(each.read + each.write for each in calls.values())


def table(folder: Path) -> Iterator[str]:
    """Yield the lines of the table."""
    naive = naive_calls(folder / "naive")
    yield (
        "| W1 | at most | lowest | planned | **made** | of these Trello, Google | arrived "
        "| naive script | naive / ours |"
    )
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    for row, made in _ours(folder):
        tools = ", ".join(str(total({name: made.spent[name]})) for name in ("trello", "google"))
        ours, theirs = total(made.spent), naive.get(row.naive)
        yield (
            f"| {row.name} | {row.most} | {row.lowest} | {total(made.planned)} | **{ours}** "
            f"| {tools} | {made.arrived} | {theirs or '–'} "
            f"| {f'{theirs / ours:.1f}' if theirs else '–'} |"
        )


def _ours(folder: Path) -> Iterator[tuple[Row, Made]]:
    box = world.sandbox(standing())
    company = world.company(folder / "ours", box)
    config = world.config(company)

    def run() -> Made:
        box.arrived.clear()
        recap = checked(company.apply(config))
        return Made(counted(recap.plan), dict(recap.spent), len(box.arrived))

    yield SCRATCH, run()
    run()
    yield SETTLED, run()
    company.forget()
    yield LOST, run()
    hands = world.member(box)
    run()
    hands.move_card(*MOVED)
    yield CHANGED, run()
    yield TEMPLATE, _from_a_template(folder / "template")


def _from_a_template(folder: Path) -> Made:
    box = world.sandbox(standing())
    company = world.company(folder, box)
    for _ in range(2):
        checked(company.apply(world.config(company, template=True)))
    box.arrived.clear()
    recap = checked(company.apply(world.config(company, 2)))
    return Made(counted(recap.plan), dict(recap.spent), len(box.arrived))


def naive_calls(folder: Path) -> Mapping[str, int]:
    """Return the calls of the naive script by run, with no limits and no latency."""
    box = world.sandbox(Clock())
    box.world.limits = False
    made: dict[str, int] = {}
    with world.served(box) as url:
        company = world.company(folder, box, url)
        world.config(company)
        for run in (FIRST, AGAIN, EDITED):
            if run == EDITED:
                world.member(box).move_card(*MOVED)
            box.arrived.clear()
            subprocess.run(naive(url, folder), check=True, cwd=peers.ROOT, env=environment())
            made[run] = len(box.arrived)
    return made


def naive(url: str, folder: Path) -> tuple[str, ...]:
    """Return the words that run the naive script."""
    accounts = str(folder / "accounts.json")
    return (sys.executable, "-m", "bench.naive", url, accounts, str(folder))
