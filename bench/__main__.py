"""The benchmark: `python -m bench` lists its tables, `python -m bench calls sync` measures these two."""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from bench import calls, halfyear, hundred, idle, peers, planning, startup, sync, wall
from bench.upgrades import table as upgrades

ALL = "all"
_LIBRARIES = ("py-trello", "google-api-python-client")
"""What the naive scripts are written with."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what it measures, and how its lines are made.

    `lines` gets a folder to work in, and after it the scripts of the `peers` that it compares
    with, if there are any. `libraries` are those of our own environment that count.
    """

    says: str
    lines: Callable[..., Iterator[str]]
    peers: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()


def tables(options: argparse.Namespace) -> Mapping[str, Table]:
    """Return all tables by name."""
    many = options.workspaces
    return {
        "startup": Table(
            "commands that do next to nothing, beside Ansible and octoDNS",
            partial(startup.table, runs=options.startup_runs),
            ("ansible-core", "octodns"),
        ),
        "planning": Table(
            "planning up to 100,000 items, beside octoDNS",
            partial(planning.table, runs=options.planning_runs),
            ("octodns",),
        ),
        "calls": Table(
            "calls of an apply to Trello and Google, beside a naive script",
            calls.table,
            libraries=_LIBRARIES,
        ),
        "wall": Table(
            "seconds of the first apply over HTTP, beside a naive script and Ansible",
            wall.table,
            ("ansible-core",),
            _LIBRARIES,
        ),
        "sync": Table(
            "a sync after one edit, beside a naive script and vdirsyncer",
            partial(sync.table, verbose=options.verbose),
            libraries=_LIBRARIES,
        ),
        "idle": Table(
            f"a round of sync over {many} idle workspaces, beside a naive script and vdirsyncer",
            partial(idle.table, size=many),
            libraries=_LIBRARIES,
        ),
        "hundred": Table(
            f"{many} workspaces made one after the other, and run again",
            partial(hundred.table, size=many),
        ),
        "halfyear": Table("26 weeks of a company: what it takes to live them", halfyear.table),
        "upgrades": Table(
            "upgrades of documents that members lived in, beside Copier",
            upgrades.table,
            ("copier",),
        ),
    }


def main() -> None:
    """List the tables, or measure and print Markdown."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=f"one of them, or `{ALL}`")
    parser.add_argument("--startup-runs", type=int, default=15)
    parser.add_argument("--planning-runs", type=int, default=3)
    parser.add_argument("--workspaces", type=int, default=100)
    parser.add_argument("-v", "--verbose", action="store_true", help="sync: list each call")
    options = parser.parse_args()
    known = tables(options)
    if unknown := set(options.tables) - set(known) - {ALL}:
        parser.error(f"there is no {', '.join(sorted(unknown))}, but {', '.join((*known, ALL))}")
    if not options.tables:
        print("\n".join(_listed(known)))
        return
    chosen = tuple(known) if ALL in options.tables else tuple(dict.fromkeys(options.tables))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        # A user's own state has no part in this, and gets none of it.
        for variable in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA", "USERPROFILE"):
            os.environ[variable] = str(Path(name) / "home")
        for each in chosen:
            for line in _measured(known[each], Path(name) / each):
                print(line, flush=True)


def _listed(known: Mapping[str, Table]) -> Iterator[str]:
    yield "python -m bench TABLE..., with one or more of:"
    for name, each in known.items():
        yield f"  {name:<9} {each.says}"
    yield f"  {ALL:<9} all of them"


def _measured(table: Table, folder: Path) -> Iterator[str]:
    """Yield where and when a table was measured, with which versions, and its lines."""
    given = (peers.installed(),) if table.peers else ()
    versions = [peers.versions(given[0] / "python", table.peers)] if given else []
    if table.libraries:
        versions.append(peers.versions(Path(sys.executable), table.libraries))
    yield f"{_setting()}{''.join(f'; {each}' for each in versions)}."
    yield ""
    yield from table.lines(folder, *given)
    yield ""


def _setting() -> str:
    today = date.today()
    return (
        f"Measured on {today.day} {today:%b %Y}: Python {platform.python_version()} on "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores{_busy()}"
    )


def _busy() -> str:
    """Return how much else the machine has to do, where it tells."""
    load = getattr(os, "getloadavg", None)
    return f", load {load()[0]:.1f} before it began" if load else ""


if __name__ == "__main__":
    main()
