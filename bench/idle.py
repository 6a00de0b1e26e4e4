"""W100 at rest: a round of sync over a hundred workspaces in which nothing happened."""

import json
from collections.abc import Iterator, Sequence
from os import environ
from pathlib import Path

from bench import calls, vdirsyncer, w1, world
from bench.company import Company
from bench.startup import smarketing
from bench.timing import Command, Run, run
from smarketing.datafolder import DATA_VARIABLE
from smarketing.sandbox.clock import Clock

MOST, LOWEST = 6, 3
"""Calls for all workspaces together: the most that a round may take, and the fewest possible."""

_LONGEST_REST = 4
_SYNC = {
    "cards": {
        "between": ["board:work", "table:sheet"],
        "fields": ["title"],
        "new": "nowhere",
        "prefer": "board:work",
    }
}


def table(folder: Path, size: int) -> Iterator[str]:
    """Yield the lines of the table."""
    box = world.sandbox(Clock())
    with world.served(box) as url:
        company = world.company(folder / "ours", box, url)
        configs = _built(company, size)
        environ[DATA_VARIABLE] = str(company.data)
        together = _at_rest(box, configs)
        box.arrived.clear()
        alone = [_sync(configs[:1]) for _ in range(2)][-1]
        asked_alone = len(box.arrived) // 2
    naive = calls.naive_calls(folder / "naive")[calls.AGAIN]
    yield f"| nothing happened in {size} workspaces | calls | seconds | CPU |"
    yield "|---|--:|--:|--:|"
    count, taken = together
    yield _line(
        f"`smarketing sync`, all in one command (at most {MOST}, lowest {LOWEST})", count, taken
    )
    yield _line("`smarketing sync`, one workspace by itself", asked_alone, alone)
    yield f"| naive script that reads everything again, {size} times {naive} | {naive * size} | – | – |"
    items = w1.CARDS + w1.ROWS
    theirs = vdirsyncer.idle(folder / "vdirsyncer", size, items)
    if theirs is None:
        yield "| vdirsyncer could not be installed here | – | – | – |"
    else:
        name = f"{theirs.version}, {size} calendars of {items} tasks on a CalDAV server"
        yield _line(name, theirs.calls, theirs.taken)


def _built(company: Company, size: int) -> list[Path]:
    """Build the workspaces, each with a board and a sheet that stay in step."""
    configs = [world.config(company, number) for number in range(1, size + 1)]
    playbook = company.folder / "playbook" / "playbook.yaml"
    text = playbook.read_text(encoding="utf-8").replace('"k1"', '"title"')
    data = json.loads(text)
    data["tables"]["sheet"]["columns"]["title"] = "Title"
    playbook.write_text(json.dumps({**data, "sync": _SYNC}, indent=1), encoding="utf-8")
    for config in configs:
        calls.checked(company.apply(config))
    return configs


def _at_rest(box: world.Watched, configs: Sequence[Path]) -> tuple[int, Run]:
    """Sync until a round finds nothing; return what the round after it asked and took."""
    last = -1
    for _ in range(_LONGEST_REST):
        box.arrived.clear()
        taken = _sync(configs)
        if len(box.arrived) == last:
            break
        last = len(box.arrived)
    if len(box.arrived) > MOST:
        raise calls.WrongRunError(f"an idle round asked {len(box.arrived)} times: {box.arrived}")
    return len(box.arrived), taken


def _sync(configs: Sequence[Path]) -> Run:
    chosen = [word for config in configs for word in ("--config", str(config))]
    return run(Command("idle sync", (smarketing(), "sync", *chosen), configs[0].parent))


def _line(name: str, count: int, taken: Run) -> str:
    return f"| {name} | **{count}** | {taken.seconds:.1f} s | {taken.busy:.1f} s |"
