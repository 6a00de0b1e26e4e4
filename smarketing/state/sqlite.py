"""State in one SQLite file per workspace, readable by its owner only."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from smarketing.state.action import Action
from smarketing.state.encoding import (
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
from smarketing.state.history import KEPT, Noted, Run, Write
from smarketing.state.record import Intent, Record, Snapshot
from smarketing.state.sqlfile import open_file, transaction
from smarketing.state.state import NO_ACTIONS, ActionKey, Instead

_REMEDY = (
    "Move it away and run again: the workspace is found again by its markers, and nothing is made "
    "twice."
)


class SqliteState:
    """State that survives the process; each call is one durable transaction."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = open_file(path, "smarketing.state.migrations", "The state file", _REMEDY)

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
        with transaction(self._db):
            self._store(records, facts, actions)
            self._db.executemany("DELETE FROM intent WHERE key = ?", [(key,) for key in closed])
            if noted is not None:
                self._note(noted)

    def rewrite(self, instead: Instead) -> None:
        """Store these instead of what is there, and write the file anew without what was."""
        self._db.execute("PRAGMA secure_delete = ON")
        with transaction(self._db):
            self._store(instead.records, instead.facts, instead.actions)
            for run in map(encode_run, instead.runs):
                self._db.execute(f"INSERT OR REPLACE INTO run VALUES ({_marks(run)})", run)
            for write in instead.writes:
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
        with transaction(self._db):
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
