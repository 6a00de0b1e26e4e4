"""A run of the real command that kills itself: `python -m tests.overhttp.killed NTH POINT WORDS...`

Everything is real: the process, its signal, the sockets. At the nth write it dies by SIGKILL.
"""

import os
import signal
import sys
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from smarketing.cli import commands
from smarketing.sqlite import SqliteState

from .office import Crash, Death


def main() -> None:
    """Run the command, and die at the point that was asked for."""
    nth, point, *words = sys.argv[1:]
    death = Death(int(nth), point)
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
    commands(words)


class Dying:
    """Where a crash comes out of this, the process is no more."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is Crash:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
