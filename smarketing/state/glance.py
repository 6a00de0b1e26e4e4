"""What state says of a workspace at a glance: without loading it, and without bringing it up to date."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Glance:
    """The facts of a workspace, and whether a run of it was broken off."""

    facts: Mapping[str, str]
    was_broken_off: bool


def glance(path: Path) -> Glance | None:
    """Return what a state file says, None where it can't be told."""
    with _looked_at(path) as db:
        if db is None:
            return None
        try:
            facts = dict(db.execute("SELECT name, value FROM fact"))
            return Glance(facts, db.execute("SELECT 1 FROM intent").fetchone() is not None)
        except sqlite3.Error:
            return None


def bound_ids(path: Path, place: str) -> frozenset[str] | None:
    """Return the ids of all that a workspace has bound in a tool, None where it can't be told."""
    with _looked_at(path) as db:
        if db is None:
            return None
        query = (
            "SELECT json_extract(content, '$.binding[0]') FROM record "
            "WHERE json_extract(content, '$.place') = ?"
        )
        try:
            return frozenset(str(each) for (each,) in db.execute(query, (place,)) if each)
        except sqlite3.Error:
            return None


@contextmanager
def _looked_at(path: Path) -> Iterator[sqlite3.Connection | None]:
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        yield None
        return
    with closing(db):
        yield db
