"""How long the commands take that do next to nothing."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.timing import Command, medians, run

BARE = "bare interpreter, `import click, yaml`"
HELP = "`smarketing --help`"
PLAN = "`smarketing plan`, nothing to do"
APPLY = "`smarketing apply`, nothing to do"
ANSIBLE = "`ansible --version`"
OCTODNS = "`octodns-sync --help`"


def smarketing() -> str:
    """Return the `smarketing` command of this interpreter's environment."""
    return str(Path(sys.executable).parent / f"smarketing{'.exe' if os.name == 'nt' else ''}")


def commands(folder: Path, peers: Path) -> Iterator[Command]:
    """Yield the commands to measure; `folder` holds a settled workspace of the shipped playbook."""
    yield Command(BARE, (sys.executable, "-c", "import click, yaml"), folder)
    yield Command(HELP, (smarketing(), "--help"), folder)
    yield Command(PLAN, (smarketing(), "plan"), folder)
    yield Command(APPLY, (smarketing(), "apply", "--yes"), folder)
    if os.name != "nt":  # Ansible does not run on Windows
        yield Command(ANSIBLE, (str(peers / "ansible"), "--version"), folder)
    yield Command(OCTODNS, (str(peers / "octodns-sync"), "--help"), folder)


def table(folder: Path, peers: Path, runs: int) -> Iterator[str]:
    """Yield the lines of the table."""
    folder.mkdir(parents=True)
    run(Command("first apply", (smarketing(), "apply", "--yes"), folder))
    measured = medians(list(commands(folder, peers)), runs)
    bare = measured[BARE].seconds
    yield "| command | median | of a bare interpreter |"
    yield "|---|--:|--:|"
    for name, taken in measured.items():
        yield f"| {name} | {taken.seconds:.3f} s | {taken.seconds / bare:.2f} |"
