"""Nothing is waited for until it is on the disk: in tests processes die, their machine does not."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from unittest.mock import patch

from smarketing.rounds.accountstate import AccountState
from smarketing.state.sqlite import SqliteState

as_shipped = SqliteState.__init__
"""Opens a state that waits, as every real run does."""


@contextmanager
def not_waited_for() -> Iterator[None]:
    """Let every state and file that is written meanwhile give its bytes to the system, and go on."""

    @wraps(as_shipped)
    def init(self: SqliteState, path: Path) -> None:
        as_shipped(self, path)
        self._db.execute("PRAGMA synchronous = OFF")

    account = AccountState.__init__

    @wraps(account)
    def begin(self: AccountState, path: Path) -> None:
        account(self, path)
        self._db.execute("PRAGMA synchronous = OFF")

    with (
        patch.object(SqliteState, "__init__", init),
        patch.object(AccountState, "__init__", begin),
        patch.object(os, "fsync", lambda number: None),
    ):
        yield
