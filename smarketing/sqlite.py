"""State in one SQLite file per workspace, readable by its owner only."""

import os
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from importlib.resources import files
from pathlib import Path

from smarketing.encoding import (
    decode_action,
    decode_intent,
    decode_record,
    decode_run,
    decode_write,
    encode_action,
    encode_intent,
    encode_record,
    encode_run,
    encode_values,
    encode_write,
)
from smarketing.history import KEPT, Noted, Run, Write
from smarketing.problems import UserError
from smarketing.record import Intent, Record, Snapshot
from smarketing.state import NO_ACTIONS, ActionKey
from smarketing.sync.action import Action


class SqliteState:
    """State that survives the process; each call is one durable transaction."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        self.path = path
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=True)
        try:
            self._db.execute("PRAGMA synchronous = FULL")
            self._migrate()
        except UserError:
            self._db.close()
            raise
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise UserError(
                f"The state file {path} can't be read ({error}). Move it away and run again: "
                "the workspace is found again by its markers, and nothing is made twice."
            ) from error

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def load(self) -> Snapshot:
        """Return everything."""
        records = {
            address: decode_record(address, content)
            for address, content in self._db.execute("SELECT address, content FROM record")
        }
        intents = tuple(
            decode_intent(key, content)
            for key, content in self._db.execute("SELECT key, content FROM intent ORDER BY key")
        )
        return Snapshot(records, intents, self.facts())

    def facts(self) -> dict[str, str]:
        """Return the facts alone: far less than everything."""
        return dict(self._db.execute("SELECT name, value FROM fact"))

    def commit(
        self,
        records: Mapping[str, Record | None],
        facts: Mapping[str, str],
        closed: Iterable[str] = (),
        noted: Noted | None = None,
        *,
        actions: Mapping[ActionKey, Action | None] = NO_ACTIONS,
    ) -> None:
        """Store records, action items, facts and history and close intents, all or nothing."""
        with _transaction(self._db):
            self._store(records, facts, actions)
            self._db.executemany("DELETE FROM intent WHERE key = ?", [(key,) for key in closed])
            if noted is not None:
                self._note(noted)

    def rewrite(
        self,
        records: Mapping[str, Record | None],
        facts: Mapping[str, str],
        runs: Iterable[Run],
        writes: Iterable[Write],
        *,
        actions: Mapping[ActionKey, Action | None] = NO_ACTIONS,
    ) -> None:
        """Store these instead of what is there, and write the file anew without what was."""
        self._db.execute("PRAGMA secure_delete = ON")
        with _transaction(self._db):
            self._store(records, facts, actions)
            for run in map(encode_run, runs):
                self._db.execute(f"INSERT OR REPLACE INTO run VALUES ({_marks(run)})", run)
            for write in writes:
                told, at = encode_write(write), (write.run, write.number)
                self._db.execute(f"INSERT OR REPLACE INTO written VALUES ({_marks(told)})", told)
                if not write.is_kept:
                    self._db.execute("DELETE FROM held WHERE run = ? AND number = ?", at)
        self._db.execute("VACUUM")

    def text(self) -> str:
        """Return the whole file as text, with what lies in it unused."""
        return self.path.read_bytes().decode("utf-8", "replace")

    def open(self, intent: Intent) -> None:
        """Store what a step is about to do."""
        with _transaction(self._db):
            self._db.execute(
                "INSERT OR REPLACE INTO intent VALUES (?, ?)", (intent.key, encode_intent(intent))
            )

    def actions(self) -> Mapping[ActionKey, Action]:
        """Return the action items of all sync blocks."""
        rows = self._db.execute("SELECT block, key, content FROM action")
        return {(block, key): decode_action(key, content) for block, key, content in rows}

    def runs(self, most: int | None = None) -> tuple[Run, ...]:
        """Return the runs that wrote something, the newest first: all, or so many at most."""
        limit = -1 if most is None else most
        rows = self._db.execute("SELECT * FROM run ORDER BY number DESC LIMIT ?", (limit,))
        return tuple(decode_run(row) for row in rows)

    def writes(self, run: int) -> tuple[Write, ...]:
        """Return what a run wrote, in its order."""
        rows = self._db.execute(
            "SELECT written.*, before, after FROM written LEFT JOIN held USING (run, number) "
            "WHERE run = ? ORDER BY number",
            (run,),
        )
        return tuple(decode_write(row) for row in rows)

    def _store(
        self,
        records: Mapping[str, Record | None],
        facts: Mapping[str, str],
        actions: Mapping[ActionKey, Action | None],
    ) -> None:
        stored = [(a, encode_record(r)) for a, r in records.items() if r is not None]
        forgotten = [(a,) for a, r in records.items() if r is None]
        self._db.executemany("DELETE FROM record WHERE address = ?", forgotten)
        self._db.executemany("INSERT OR REPLACE INTO record VALUES (?, ?)", stored)
        self._db.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?)", facts.items())
        for (block, key), action in actions.items():
            self._db.execute("DELETE FROM action WHERE block = ? AND key = ?", (block, key))
            if action is not None:
                row = (block, key, encode_action(action))
                self._db.execute("INSERT INTO action VALUES (?, ?, ?)", row)

    def _note(self, noted: Noted) -> None:
        run = encode_run(noted.run)
        self._db.execute(f"INSERT OR REPLACE INTO run VALUES ({_marks(run)})", run)
        for write in noted.writes:
            told, values = encode_write(write), encode_values(write)
            self._db.execute(f"INSERT INTO written VALUES ({_marks(told)})", told)
            self._db.execute(f"INSERT INTO held VALUES ({_marks(values)})", values)
        if noted.run.end is not None:
            self._db.execute("DELETE FROM held WHERE run <= ?", (noted.run.number - KEPT,))

    def _migrate(self) -> None:
        """Bring the file to the newest schema: the number of steps it has taken is kept in it."""
        (taken,) = self._db.execute("PRAGMA user_version").fetchone()
        steps = sorted(
            (entry for entry in files("smarketing.migrations").iterdir() if _is_step(entry.name)),
            key=lambda entry: entry.name,
        )
        if taken > len(steps):
            raise UserError(
                f"The state file {self.path} was written by a newer smarketing. "
                "Install that version, or a later one, and run again."
            )
        for number, step in enumerate(steps[taken:], start=taken + 1):
            with _transaction(self._db):
                for statement in step.read_text(encoding="utf-8").split(";"):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {number}")


def title_in(path: Path) -> str:
    """Return what the workspace of a state file is called, "" where that can't be told.

    The file is only looked at: it may belong to another version.
    """
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return ""
    try:
        roots = db.execute("SELECT address, content FROM record WHERE address LIKE 'root:%'")
        titles = [decode_record(*root).hub.get("title") for root in roots]
    except (sqlite3.Error, ValueError, LookupError):
        return ""
    finally:
        db.close()
    return next((title for title in titles if isinstance(title, str)), "")


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" for _ in values)


def _is_step(name: str) -> bool:
    return name.endswith(".sql")


class _transaction:  # noqa: N801 - reads as a word in the `with`
    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        self._db.execute("ROLLBACK" if kind else "COMMIT")
