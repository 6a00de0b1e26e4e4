"""Runs a command and says how long it took, how busy it was, and how much memory it held."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Command:
    """A command to measure: its name in the table, its words, where it runs."""

    name: str
    words: tuple[str, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class Run:
    """One run: seconds from start to end, the peak of its memory, the seconds that it computed.

    The last two are 0 where the system does not tell.
    """

    seconds: float
    megabytes: float
    busy: float = 0.0


class CommandFailedError(Exception):
    """A measured command ended with an error: its figures would mean nothing."""


def run(command: Command) -> Run:
    """Run the command once, its output thrown away; raise CommandFailedError if it fails."""
    answer = subprocess.run(
        (sys.executable, str(Path(__file__).with_name("once.py")), *command.words),
        cwd=command.folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    status, *figures = json.loads(answer.stdout or "[1]")
    if status:
        raise CommandFailedError(f"{command.name}: {answer.stderr}")
    return Run(*figures)


def environment() -> Mapping[str, str]:
    """Return an environment in which all tools speak alike and none looks at colours."""
    return {**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}


def medians(commands: Sequence[Command], runs: int) -> dict[str, Run]:
    """Return the median of each command's runs, taken in turns so that all share a slow moment.

    Several runs are preceded by one that is not counted; a single run is as it is.
    """
    for command in commands if runs > 1 else ():
        run(command)
    taken = [[run(command) for command in commands] for _ in range(runs)]
    return {
        command.name: Run(
            median(turn[place].seconds for turn in taken),
            median(turn[place].megabytes for turn in taken),
        )
        for place, command in enumerate(commands)
    }
