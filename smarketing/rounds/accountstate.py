"""What is kept of one account, for all processes: how far its feed was told, and who has to look.

Each call is one transaction, durable when it returns.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from smarketing.state.sqlfile import open_file, transaction

_REMEDY = "Move it away and run again: every workspace is then looked at once in full."


@dataclass(frozen=True, slots=True)
class Pending:
    """A workspace has to be looked at. `number` grows each time that is said again.

    `anew` says that the feed can't tell what happened: everything is to be read in full.
    """

    number: int
    anew: bool


@dataclass(frozen=True, slots=True)
class Told:
    """How far a feed was told, "" for one that never was, and when it was begun."""

    cursor: str = ""
    begun: float = 0.0


class AccountState:
    """One SQLite file, readable by its owner only. It holds ids, and no word of anybody's."""

    def __init__(self, path: Path) -> None:
        self._db = open_file(
            path, "smarketing.state.migrations.account", "The account file", _REMEDY
        )

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def told(self) -> Told:
        """Return how far the feed was told."""
        row = self._db.execute("SELECT cursor, begun FROM feed WHERE name = 'changes'").fetchone()
        return Told(*row) if row else Told()

    def workspaces(self) -> frozenset[str]:
        """Return the workspaces that have joined this account."""
        return frozenset(each for (each,) in self._db.execute("SELECT id FROM workspace"))

    def pending(self) -> Mapping[str, Pending]:
        """Return the workspaces that have to be looked at."""
        rows = self._db.execute("SELECT workspace, number, anew FROM pending")
        return {workspace: Pending(number, bool(anew)) for workspace, number, anew in rows}

    def join(self, workspace: str) -> None:
        """Let a workspace hear of this account; one that is new to it has to be looked at."""
        if workspace in self.workspaces():
            return
        with transaction(self._db):
            self._db.execute("INSERT OR IGNORE INTO workspace VALUES (?)", (workspace,))
            self._mark((workspace,), anew=True)

    def tell(self, was: Told, now: Told, touched: Iterable[str], *, anew: bool = False) -> None:
        """Store that these were touched and how far the feed was told, both or neither.

        Where another process has moved the feed on since `was`, its place stands: what happened
        after it will be told, at worst once more.
        """
        with transaction(self._db):
            self._mark(touched, anew)
            if self.told() == was:
                row = ("changes", now.cursor, now.begun)
                self._db.execute("INSERT OR REPLACE INTO feed VALUES (?, ?, ?)", row)

    def settle(self, workspace: str, number: int) -> None:
        """Store that a workspace was looked at, unless it was touched since that number."""
        with transaction(self._db):
            self._db.execute(
                "DELETE FROM pending WHERE workspace = ? AND number <= ?", (workspace, number)
            )

    def _mark(self, touched: Iterable[str], anew: bool) -> None:
        before = self.pending()
        for each in sorted(touched):
            still = anew or (each in before and before[each].anew)
            self._db.execute("DELETE FROM pending WHERE workspace = ?", (each,))
            self._db.execute("INSERT INTO pending (workspace, anew) VALUES (?, ?)", (each, still))
