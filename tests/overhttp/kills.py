"""The miniature is killed at every write, at every moment of it: `python -m tests.overhttp.kills`.

Real processes, real signals, real HTTP; see test_kills.py for the sample that every run of the tests
takes. Every third process dies while searches lag. Prints each point that went well.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from smarketing.sandbox.clock import Clock
from smarketing.sandbox.server import Server
from tests.vendors.heard import COUNTED, lines, taken
from tests.vendors.sandboxes import sandbox

from .forked import Point, every_point
from .miniature import BOTH, write
from .office import Office
from .test_crashes import LAG, Whole, undisturbed

ROOT = Path(__file__).parents[2]


@contextmanager
def served(folder: Path) -> Iterator[Office]:
    """Serve an office's sandbox on a port of this machine."""
    made = Office(folder, sandbox(*BOTH, clock=Clock()))
    with Server(made.vendors.sandbox) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        made.company.url = server.url
        made.config = write(folder, BOTH, made.company.integrations())
        try:
            yield made
        finally:
            server.shutdown()


def words(made: Office) -> list[str]:
    """Return what follows the program's name."""
    return ["apply", "--config", str(made.config), "--yes"]


def environment(made: Office) -> Mapping[str, str]:
    """Return what an office's processes find in their environment, beside the machine's."""
    return {"SMARKETING_DATA": str(made.company.data)}


@dataclass(frozen=True, slots=True)
class Orders:
    """One process that has everything imported and forks the command for each order."""

    process: "subprocess.Popen[str]"

    def apply(self, made: Office, nth: int = 0, point: str = "") -> tuple[int, str]:
        """Run the command, to be killed at a write or not; return its status and what it said."""
        assert self.process.stdin
        assert self.process.stdout
        order = {"words": words(made), "environment": environment(made), "nth": nth, "point": point}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer["code"], answer["said"]

    def finish(self, made: Office, whole: Whole, how: str) -> None:
        """Let the next run finish, and hold what came of it."""
        for again in ("", ", and run again"):
            code, said = self.apply(made)
            assert code == 0, f"{how}{again}: {said}"
            whole.equals(made, f"{how}{again}")


@contextmanager
def orders() -> Iterator[Orders]:
    """Yield who takes orders."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.overhttp.killed"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    ) as process:  # fmt: skip
        yield Orders(process)
        assert process.stdin
        process.stdin.close()


def killed(folder: Path, point: Point, whole: Whole, given: Orders, *, lags: bool) -> None:
    """Let a process be killed there, and hold that the next one finishes its work.

    With `lags` searches do not see what it wrote, neither when it dies nor in the next run.
    """
    nth, moment = point
    how = f"killed at write {nth} {moment}" + (" while searches lag" if lags else "")
    with served(folder) as made:
        made.vendors.world.lag = LAG if lags else 0.0
        code, said = given.apply(made, nth, moment)
        assert code == -signal.SIGKILL, f"{how}: {said}"
        if lags:
            given.apply(made)
            made.vendors.clock.move(LAG + 1)
        given.finish(made, whole, how)
    assert not taken(), how


def main() -> int:
    """Kill at every point; return 1 if anything went wrong."""
    wrong = 0
    with TemporaryDirectory() as folder, orders() as given:
        whole = undisturbed(Path(folder) / "whole", BOTH)
        points = every_point(whole.writes)
        for number, point in enumerate(points):
            # Three moments of a write follow each other: each of them lags at some write.
            lags = number % 4 == 3
            try:
                killed(Path(folder) / str(number), point, whole, given, lags=lags)
            except AssertionError as error:
                wrong += 1
                sys.stdout.write(f"{error}\n")
            else:
                sys.stdout.write(f"{point[0]} {point[1]}{', lagging' * lags}: finished\n")
            sys.stdout.flush()
    told = f"{whole.writes} writes; killed at {len(points)} points, {wrong} went wrong"
    sys.stdout.write("\n".join([told, *lines(COUNTED), ""]))
    return bool(wrong)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
