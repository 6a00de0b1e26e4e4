"""Runs a command and says how long it took, how busy it was, and how much memory it held."""

import os
import subprocess
import sys
import time
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
    start = time.perf_counter()
    process = subprocess.Popen(
        command.words,
        cwd=command.folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    with process:
        errors = process.stderr.read() if process.stderr else b""
        status, megabytes, busy = _ended(process)
    seconds = time.perf_counter() - start
    if status:
        raise CommandFailedError(f"{command.name}: {errors.decode('utf-8', 'replace')[-2000:]}")
    return Run(seconds, megabytes, busy)


def _ended(process: subprocess.Popen[bytes]) -> tuple[int, float, float]:
    """Wait for the end; return the exit status, the peak in MB and the seconds of computing."""
    if sys.platform == "win32":
        return process.wait(), 0.0, 0.0
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    return process.returncode, usage.ru_maxrss / unit, usage.ru_utime + usage.ru_stime


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
