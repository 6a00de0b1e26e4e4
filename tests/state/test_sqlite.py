"""The state file keeps what it was given, all or nothing, and tells what is wrong with it."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smarketing.encoding import (
    decode_action,
    decode_intent,
    decode_record,
    encode_action,
    encode_intent,
    encode_record,
)
from smarketing.kinds import Value
from smarketing.notes import Note
from smarketing.problems import UserError
from smarketing.record import Binding, Entry, Intent, Record, Seen
from smarketing.sqlite import SqliteState
from smarketing.sync.action import Action, Yielded
from tests.disk import as_shipped

FULL = 2

TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    TEXT,
    st.frozensets(TEXT, max_size=3),
    st.dictionaries(TEXT, TEXT, max_size=3),
)
FIELDS = st.dictionaries(st.sampled_from(("title", "body", "due", "labels")), VALUES, max_size=4)
SEEN = st.dictionaries(
    st.sampled_from(("playbook", "local")),
    st.dictionaries(st.sampled_from(("title", "body")), st.builds(Seen, VALUES, VALUES)),
)
RECORDS = st.builds(
    Record,
    address=st.just("document:a"),
    kind=st.just("document"),
    place=st.just("local"),
    hub=FIELDS,
    seen=SEEN,
    binding=st.none() | st.builds(Binding, id=TEXT, version=TEXT, url=TEXT, parent=TEXT),
    released=st.booleans(),
    links=st.dictionaries(st.just("document:b"), TEXT),
    notes=st.lists(st.builds(Note, TEXT, TEXT), max_size=2).map(tuple),
)


@given(RECORDS)
def test_a_record_comes_back_as_it_was(record: Record) -> None:
    assert decode_record(record.address, encode_record(record)) == record


ACTIONS = st.builds(
    Action,
    key=st.just("board:work/card:a"),
    hub=FIELDS,
    seen=SEEN,
    at=st.dictionaries(TEXT, TEXT, max_size=2),
    set_by=st.dictionaries(TEXT, TEXT, max_size=2),
    closed=st.dictionaries(TEXT, TEXT, max_size=2),
    kept=st.frozensets(TEXT, max_size=2),
    unticked=TEXT,
    yielded=st.dictionaries(
        TEXT,
        st.lists(st.builds(Yielded, VALUES, TEXT, VALUES, TEXT, TEXT), max_size=2).map(tuple),
        max_size=2,
    ),
)


@given(ACTIONS)
def test_an_action_item_comes_back_as_it_was(action: Action) -> None:
    assert decode_action(action.key, encode_action(action)) == action


def test_action_items_are_kept_by_their_block_and_forgotten_one_by_one(tmp_path: Path) -> None:
    one, other = Action("board:a/card:x", {"title": "One"}), Action("board:a/card:y")
    with closing(SqliteState(tmp_path / "state.sqlite3")) as state:
        state.commit({}, {}, actions={("a", one.key): one, ("b", one.key): other})
        state.commit({}, {}, actions={("b", one.key): None, ("a", other.key): other})
    with closing(SqliteState(tmp_path / "state.sqlite3")) as state:
        assert state.actions() == {("a", one.key): one, ("a", other.key): other}


@given(FIELDS)
def test_an_intent_comes_back_as_it_was(fields: dict[str, Value]) -> None:
    entry = Entry("document:a", "update", "document", fields, fields)
    intent = Intent("key", "local", (entry,))
    assert decode_intent("key", encode_intent(intent)) == intent


def test_what_was_committed_is_there_after_the_process_ended(tmp_path: Path) -> None:
    record = Record("document:a", "document", "local", {"title": "A"})
    intent = Intent("one", "local", ())
    state = SqliteState(tmp_path / "w.sqlite3")
    state.open(intent)
    state.commit({"document:a": record}, {"inputs": "{}"})
    state.close()

    with closing(SqliteState(tmp_path / "w.sqlite3")) as opened:
        again = opened.load()

    assert again.records == {"document:a": record}
    assert again.intents == (intent,)
    assert again.facts == {"inputs": "{}"}


def test_an_ended_step_and_its_record_are_stored_together_or_not_at_all(tmp_path: Path) -> None:
    state = SqliteState(tmp_path / "w.sqlite3")
    state.open(Intent("one", "local", ()))
    unstorable = Record("document:a", "document", "local", {"title": object()})  # type: ignore[dict-item]

    with pytest.raises(TypeError):
        state.commit({"document:a": unstorable}, {}, ("one",))

    assert [intent.key for intent in state.load().intents] == ["one"]
    state.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_only_its_owner_can_read_the_file(tmp_path: Path) -> None:
    SqliteState(tmp_path / "deep" / "w.sqlite3").close()
    assert stat.S_IMODE((tmp_path / "deep" / "w.sqlite3").stat().st_mode) == 0o600


def test_a_file_of_a_newer_version_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "w.sqlite3"
    SqliteState(path).close()
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 99")
    database.close()

    with pytest.raises(UserError, match="newer smarketing"):
        SqliteState(path)


def test_a_broken_file_is_told_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "w.sqlite3"
    path.write_bytes(b"this is no database" * 100)

    with pytest.raises(UserError, match="Move it away"):
        SqliteState(path)


def test_each_write_waits_until_it_is_on_the_disk(tmp_path: Path) -> None:
    with (
        patch.object(SqliteState, "__init__", as_shipped),
        closing(SqliteState(tmp_path / "state.db")) as state,
    ):
        assert state._db.execute("PRAGMA synchronous").fetchone() == (FULL,)


@pytest.mark.parametrize("trouble", ["max_page_count = 1", "query_only = ON"])
def test_a_disk_that_takes_nothing_is_told_and_what_was_stored_stays(
    tmp_path: Path, trouble: str
) -> None:
    with closing(SqliteState(tmp_path / "w.sqlite3")) as state:
        state.commit({}, {"one": "1"})
        state._db.execute(f"PRAGMA {trouble}")
        with pytest.raises(UserError, match=r"w\.sqlite3 can't be written .* run again"):
            state.commit({}, {"two": "2" * 100_000})
        assert state.facts() == {"one": "1"}
    with closing(SqliteState(tmp_path / "w.sqlite3")) as state:
        state.commit({}, {"two": "2"})
        assert state.facts() == {"one": "1", "two": "2"}
