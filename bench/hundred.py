"""W100: a hundred workspaces like W1 in one company: calls, and what they cost our own process."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from os import environ
from pathlib import Path

from bench import calls, world
from bench.company import Company
from bench.startup import smarketing
from bench.timing import Command, Run, run
from smarketing.datafolder import DATA_VARIABLE
from smarketing.plan import counted
from smarketing.sandbox.clock import Clock


@dataclass(frozen=True, slots=True)
class Taken:
    """What so many runs took together; `busy` are the seconds that our own code computed."""

    runs: int
    planned: int = 0
    made: int = 0
    refused: int = 0
    busy: float = 0.0
    waited: float = 0.0


def table(folder: Path, size: int) -> Iterator[str]:
    """Yield the lines of the table."""
    box = world.sandbox(Clock())
    with world.served(box) as url:
        company = world.company(folder, box, url)
        configs = [world.config(company, number) for number in range(1, size + 1)]
        yield (
            f"| {size} workspaces | planned | **made** | each | refused as too fast "
            "| our CPU each | waited for limits |"
        )
        yield "|---|--:|--:|--:|--:|--:|--:|"
        for name in ("first apply from scratch", "again, settling", "again, nothing changed"):
            yield _line(name, _all(box, company, configs))
        yield ""
        environ[DATA_VARIABLE] = str(company.data)
        yield from _processes(configs)
        yield ""
        yield f"State: {_size(company.data) / len(configs) / 1000:.0f} kB for each workspace."


def _all(box: world.Watched, company: Company, configs: Sequence[Path]) -> Taken:
    """Apply all configs in this process, one after the other."""
    box.arrived.clear()
    planned = made = 0
    computed, served, began = time.process_time(), box.busy, company.clock.now()
    wall = time.monotonic()
    for config in configs:
        recap = calls.checked(company.apply(config))
        planned += calls.total(counted(recap.plan))
        made += calls.total(recap.spent)
    busy = time.process_time() - computed - (box.busy - served)
    waited = max(0.0, company.clock.now() - began - (time.monotonic() - wall))
    return Taken(len(configs), planned, made, box.refused, busy, waited)


def _line(name: str, taken: Taken) -> str:
    return (
        f"| {name} | {taken.planned} | **{taken.made}** | {taken.made / taken.runs:.1f} "
        f"| {taken.refused} | {taken.busy / taken.runs:.2f} s | {taken.waited:.0f} s |"
    )


def _processes(configs: Sequence[Path]) -> Iterator[str]:
    """Yield what `smarketing apply` takes for one config, and for all in one process."""
    one, all_of_them = (run(_idle(some)) for some in (configs[:1], configs))
    yield "| `smarketing apply` over HTTP, nothing to do | seconds | CPU | peak of memory |"
    yield "|---|--:|--:|--:|"
    yield _process("1 workspace", one)
    yield _process(f"{len(configs)} workspaces in one process", all_of_them)
    more = len(configs) - 1
    if more:
        yield (
            f"| each further one | {(all_of_them.seconds - one.seconds) / more:.2f} s "
            f"| {(all_of_them.busy - one.busy) / more:.2f} s "
            f"| {(all_of_them.megabytes - one.megabytes) / more:.2f} MB |"
        )


def _process(name: str, taken: Run) -> str:
    return f"| {name} | {taken.seconds:.1f} s | {taken.busy:.1f} s | {taken.megabytes:.0f} MB |"


def _idle(configs: Sequence[Path]) -> Command:
    chosen = [word for config in configs for word in ("--config", str(config))]
    words = (smarketing(), "apply", "--yes", *chosen)
    return Command("idle apply", words, configs[0].parent)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
