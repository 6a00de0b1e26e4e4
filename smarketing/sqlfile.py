"""A SQLite file that its owner alone may read, brought to its newest schema."""

import os
import sqlite3
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

from smarketing.problems import UserError

_PATIENCE = 30.0
"""Seconds to wait for another process that is writing."""


def open_file(path: Path, package: str, what: str, remedy: str) -> sqlite3.Connection:
    """Open the file, made if it is not there; `package` holds its schema as numbered steps.

    Raise UserError, with `remedy`, for a file that can't be read, or is newer than this program.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    try:
        db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    except sqlite3.DatabaseError as error:
        raise UserError(f"{what} {path} can't be opened ({error}). {remedy}") from error
    try:
        db.execute("PRAGMA synchronous = FULL")
        _migrate(db, package, f"{what} {path}")
    except UserError:
        db.close()
        raise
    except sqlite3.DatabaseError as error:
        db.close()
        raise UserError(f"{what} {path} can't be read ({error}). {remedy}") from error
    return db


def _migrate(db: sqlite3.Connection, package: str, file: str) -> None:
    """Bring the file to the newest schema: the number of steps it has taken is kept in it."""
    steps = sorted(
        (entry for entry in files(package).iterdir() if entry.name.endswith(".sql")),
        key=lambda entry: entry.name,
    )
    if _taken(db) == len(steps):
        return
    with transaction(db):
        taken = _taken(db)  # another process may have been quicker
        if taken > len(steps):
            raise UserError(
                f"{file} was written by a newer smarketing. "
                "Install that version, or a later one, and run again."
            )
        for step in steps[taken:]:
            for statement in step.read_text(encoding="utf-8").split(";"):
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {len(steps)}")


def _taken(db: sqlite3.Connection) -> int:
    (taken,) = db.execute("PRAGMA user_version").fetchone()
    return int(taken)


class transaction:  # noqa: N801 - reads as a word in the `with`
    """All that is written inside stands, or none of it.

    Raise UserError where the disk takes nothing: it is full, say, or may only be read.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        try:
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise self._refused(error) from error

    def __exit__(self, kind: object, error: BaseException | None, *_: object) -> None:
        if error is None:
            try:
                self._db.execute("COMMIT")
            except sqlite3.OperationalError as refused:
                error = refused
        if error is None:
            return
        with suppress(sqlite3.OperationalError):  # on a full disk SQLite has gone back by itself
            self._db.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError):
            raise self._refused(error) from error

    def _refused(self, error: sqlite3.OperationalError) -> UserError:
        (_, _, path) = self._db.execute("PRAGMA database_list").fetchone()
        return UserError(
            f"The file {path} can't be written ({error}), so the run stopped. When it can be, run "
            "again: that goes on from here, and nothing is made twice."
        )
