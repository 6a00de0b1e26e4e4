"""Runs that kill themselves: `python -m tests.lives.killed` reads orders, a line of JSON each.

Everything is imported once; each order is a run in a process of its own, forked from here, which
dies by SIGKILL before or after a record of its journal, or runs to its end. Answers how it ended.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from smarketing import startpage
from smarketing.integrations.local import perform, read
from smarketing.sqlite import SqliteState

from .team import Team, Wish

WARM = (startpage, perform, read)


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


def run(base: Path, wish: Wish, at: int, tell: int) -> None:
    """Apply, die at the point with this number, and tell how many there were if there was none."""
    killer = Killer(at)
    SqliteState.commit = killer.around(SqliteState.commit)  # type: ignore[method-assign]
    SqliteState.open = killer.around(SqliteState.open)  # type: ignore[method-assign]
    team = Team(base)
    team.apply(team.opened(wish))
    os.write(tell, str(killer.passed).encode())


def obey(order: dict[str, Any]) -> dict[str, int]:
    """Run an order in a child; return its signal, its exit code and the points it passed."""
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            run(Path(order["base"]), Wish(**order["wish"]), order["at"], tell)
        except BaseException as error:
            sys.stderr.write(f"{error!r}\n")
            sys.stderr.flush()
            os._exit(1)
        os._exit(0)
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
    """Obey until there are no more orders."""
    for line in sys.stdin:
        sys.stdout.write(json.dumps(obey(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
