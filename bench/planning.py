"""How planning grows with the number of items, beside octoDNS with as many records."""

from collections.abc import Iterator
from pathlib import Path

from bench.startup import smarketing
from bench.timing import Command, Run, medians

SIZES = (1_000, 10_000, 100_000)
ITEMS_OF_A_BOARD = 1_000
LISTS = ("next", "now", "done")

OURS, THEIRS = "smarketing", "octoDNS"


def playbook(items: int) -> str:
    """Return a playbook of so many items: boards, their lists, their cards."""
    return "\n".join(("playbook: large", "title: Large", "boards:", *_boards(items), ""))


def _boards(items: int) -> Iterator[str]:
    for number in range(items // ITEMS_OF_A_BOARD):
        yield f"  b{number}:"
        yield f"    title: Board {number}"
        yield "    lists:"
        yield from (f"      {key}: {key.title()}" for key in LISTS)
        yield "    cards:"
        for card in range(ITEMS_OF_A_BOARD - 1 - len(LISTS)):
            yield f"      c{card}: {{title: Card {card}, list: {LISTS[card % len(LISTS)]}}}"


def our_plan(folder: Path, items: int) -> Command:
    """Return the command that plans a new workspace of so many items."""
    (folder / "large").mkdir(parents=True)
    (folder / "large" / "playbook.yaml").write_text(playbook(items), "utf-8")
    (folder / "config.yaml").write_text("workspace: Bench\nplaybook: ./large\n", "utf-8")
    return Command(OURS, (smarketing(), "plan"), folder)


def their_plan(folder: Path, peers: Path, records: int) -> Command:
    """Return the command by which octoDNS plans as many new records, from YAML to YAML."""
    (folder / "zones").mkdir(parents=True)
    (folder / "config.yaml").write_text(_OCTODNS, "utf-8")
    lines = (
        f"r{number:06}: {{type: A, value: 10.{number >> 16 & 255}.{number >> 8 & 255}.1}}\n"
        for number in range(records)
    )
    (folder / "zones" / "bench.test.yaml").write_text("---\n" + "".join(lines), "utf-8")
    return Command(THEIRS, (str(peers / "octodns-sync"), "--config-file", "config.yaml"), folder)


_OCTODNS = """\
---
providers:
  zones: {class: octodns.provider.yaml.YamlProvider, directory: ./zones, default_ttl: 300}
  made: {class: octodns.provider.yaml.YamlProvider, directory: ./made, default_ttl: 300}
zones:
  bench.test.: {sources: [zones], targets: [made]}
"""


def table(folder: Path, peers: Path, runs: int) -> Iterator[str]:
    """Yield the lines of the table, the largest size measured once."""
    yield "| items | smarketing | growth | peak | octoDNS | growth | peak | ours / theirs |"
    yield "|--:|--:|--:|--:|--:|--:|--:|--:|"
    before: dict[str, Run] = {}
    for size in SIZES:
        commands = (
            our_plan(folder / f"ours-{size}", size),
            their_plan(folder / f"theirs-{size}", peers, size),
        )
        measured = medians(commands, 1 if size == SIZES[-1] else runs)
        ratio = measured[OURS].seconds / measured[THEIRS].seconds
        cells = " | ".join(_cells(measured[name], before.get(name)) for name in (OURS, THEIRS))
        yield f"| {size:,} | {cells} | {ratio:.2f} |"
        before = measured


def _cells(taken: Run, smaller: Run | None) -> str:
    growth = f"{taken.seconds / smaller.seconds:.1f}" if smaller else "–"
    peak = f"{taken.megabytes:.0f} MB" if taken.megabytes else "–"
    return f"{taken.seconds:.2f} s | {growth} | {peak}"
