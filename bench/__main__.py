"""`python -m bench` prints all tables in one run, `python -m bench calls wall` only these."""

import argparse
import os
import platform
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from bench import calls, halfyear, hundred, idle, peers, planning, startup, wall
from bench.upgrades import table as upgrades

Table = Callable[[Path], Iterator[str]]


def main() -> None:
    """Measure, and print Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help="all of them, if none is named")
    parser.add_argument("--startup-runs", type=int, default=15)
    parser.add_argument("--planning-runs", type=int, default=3)
    parser.add_argument("--workspaces", type=int, default=100)
    options = parser.parse_args()
    scripts = peers.installed()
    tables = _tables(scripts, options)
    if unknown := set(options.parts) - set(tables):
        parser.error(f"there is no {', '.join(sorted(unknown))}, but {', '.join(tables)}")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        # A user's own state has no part in this, and gets none of it.
        for variable in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA", "USERPROFILE"):
            os.environ[variable] = str(folder / "home")
        print(_setting(scripts))
        for part in options.parts or tables:
            print(flush=True)
            for line in tables[part](folder / part):
                print(line, flush=True)


def _tables(scripts: Path, options: argparse.Namespace) -> Mapping[str, Table]:
    return {
        "startup": partial(startup.table, peers=scripts, runs=options.startup_runs),
        "planning": partial(planning.table, peers=scripts, runs=options.planning_runs),
        "calls": calls.table,
        "wall": partial(wall.table, peers=scripts),
        "hundred": partial(hundred.table, size=options.workspaces),
        "idle": partial(idle.table, size=options.workspaces),
        "halfyear": halfyear.table,
        "upgrades": partial(upgrades.table, peers=scripts),
    }


def _setting(scripts: Path) -> str:
    return (
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores{_busy()}; {peers.versions(scripts)}."
    )


def _busy() -> str:
    """Return how much else the machine has to do, where it tells."""
    load = getattr(os, "getloadavg", None)
    return f", load {load()[0]:.1f} before we began" if load else ""


if __name__ == "__main__":
    main()
