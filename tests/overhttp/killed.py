"""Real commands that kill themselves: `python -m tests.overhttp.killed` reads orders, a line of JSON each.

Everything is imported once; each order is the whole command in a process of its own, forked from here,
with real sockets. It dies by SIGKILL at one point of a write, or runs to its end. Answers how it ended.
"""

import json
import os
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

import googleapiclient.discovery  # noqa: F401 - the libraries that a run would import
import requests
import trello  # noqa: F401
from requests.adapters import HTTPAdapter

from smarketing.cli import main as smarketing_main
from smarketing.state.sqlite import SqliteState
from tests.disk import not_waited_for

from .office import Crash, Death


def dying(death: Death) -> None:
    """Let this process pass the points of a death."""
    real_send, real_commit, real_open = HTTPAdapter.send, SqliteState.commit, SqliteState.open

    def send(self: HTTPAdapter, request: requests.PreparedRequest, **kwargs: Any) -> Any:
        with Dying():
            return death.around(
                str(request.method),
                str(request.path_url),
                lambda: real_send(self, request, **kwargs),
            )

    def commit(*args: Any, **kwargs: Any) -> None:
        with Dying():
            death.pass_by()
        real_commit(*args, **kwargs)

    def opened(*args: Any, **kwargs: Any) -> None:
        with Dying():
            death.pass_by()
        real_open(*args, **kwargs)

    HTTPAdapter.send = send  # type: ignore[method-assign,assignment]
    SqliteState.commit = commit  # type: ignore[method-assign]
    SqliteState.open = opened  # type: ignore[method-assign]


class Dying:
    """Where a crash comes out of this, the process is no more."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is Crash:
            os.kill(os.getpid(), signal.SIGKILL)


def run(order: dict[str, Any], said: Path) -> NoReturn:
    """Be the command that was ordered; never return."""
    ended = 1
    try:
        told = os.open(said, os.O_WRONLY | os.O_CREAT)
        os.dup2(told, 1)
        os.dup2(told, 2)
        os.environ.update(order["environment"])
        sys.argv = ["smarketing", *order["words"]]
        if order["nth"]:
            dying(Death(order["nth"], order["point"]))
        smarketing_main()
        ended = 0
    except SystemExit as end:
        ended = int(end.code or 0)
    finally:  # never back into the loop that reads orders
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended)


def obey(order: dict[str, Any], said: Path) -> dict[str, Any]:
    """Run an order in a child; return its exit code, negative for a signal, and what it said."""
    child = os.fork()
    if child == 0:
        run(order, said)
    _, status = os.waitpid(child, 0)
    text = said.read_text(encoding="utf-8") if said.exists() else ""
    said.unlink(missing_ok=True)
    return {"code": os.waitstatus_to_exitcode(status), "said": text}


def main() -> None:
    """Obey until there are no more orders."""
    with not_waited_for(), TemporaryDirectory() as folder:
        for line in sys.stdin:
            sys.stdout.write(json.dumps(obey(json.loads(line), Path(folder) / "said")) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
