"""`python -m bench` prints all tables in one run."""

import argparse
import os
import platform
import tempfile
from pathlib import Path

from bench import peers, planning, startup


def main() -> None:
    """Measure, and print Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--startup-runs", type=int, default=15)
    parser.add_argument("--planning-runs", type=int, default=3)
    options = parser.parse_args()
    scripts = peers.installed()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        # A user's own state has no part in this, and gets none of it.
        for variable in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA", "USERPROFILE"):
            os.environ[variable] = str(folder / "home")
        print(_setting(scripts), end="\n\n")
        for line in startup.table(folder / "startup", scripts, options.startup_runs):
            print(line, flush=True)
        print(flush=True)
        for line in planning.table(folder / "planning", scripts, options.planning_runs):
            print(line, flush=True)


def _setting(scripts: Path) -> str:
    return (
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores; {peers.versions(scripts)}."
    )


if __name__ == "__main__":
    main()
