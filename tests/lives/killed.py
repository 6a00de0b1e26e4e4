"""Runs that kill themselves: `python -m tests.lives.killed` reads orders, a line of JSON each.

Everything is imported and resolved once; each order is a run in a process of its own, forked from here, which
dies by SIGKILL before or after a record of its journal, or runs to its end. Answers how it ended.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from smarketing.state.sqlite import SqliteState
from smarketing.workspace.opening import Opened
from tests.disk import not_waited_for

from .team import FIRST, Team, Wish


class Killer:
    """Counts the points of a run and ends the process at one of them."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.passed = 0

    def point(self) -> None:
        """Pass a point, or die at it."""
        self.passed += 1
        if self.passed == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, real: Callable[..., None]) -> Callable[..., None]:
        """Return the write with a point before and one after it."""

        def write(*args: Any, **kwargs: Any) -> None:
            self.point()
            real(*args, **kwargs)
            self.point()

        return write


def run(team: Team, opened: Opened, at: int, tell: int) -> None:
    """Apply, die at the point with this number, and tell how many there were if there was none."""
    killer = Killer(at)
    SqliteState.commit = killer.around(SqliteState.commit)  # type: ignore[method-assign]
    SqliteState.open = killer.around(SqliteState.open)  # type: ignore[method-assign]
    team.apply(opened)
    os.write(tell, str(killer.passed).encode())


@cache
def opened(team: Team, wish: Wish) -> Opened:
    """Return what a config leads to, the same for every run of this team."""
    return team.opened(wish)


def obey(order: dict[str, Any]) -> dict[str, int]:
    """Run an order in a child; return its signal, its exit code and the points it passed."""
    team = Team(Path(order["base"]))
    asked = opened(team, Wish(**order["wish"]))
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        ended = 1
        try:
            run(team, asked, order["at"], tell)
            ended = 0
        finally:  # never back into the loop that reads orders
            os._exit(ended)
    os.close(tell)
    passed = os.read(hear, 20)
    os.close(hear)
    _, status = os.waitpid(child, 0)
    return {
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
        "code": os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0,
        "passed": int(passed or 0),
    }


def main() -> None:
    """Obey until there are no more orders. The first run is only to import everything."""
    with not_waited_for():
        with TemporaryDirectory() as folder:
            team = Team(Path(folder))
            team.apply(team.opened(FIRST))
        for line in sys.stdin:
            sys.stdout.write(json.dumps(obey(json.loads(line))) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
