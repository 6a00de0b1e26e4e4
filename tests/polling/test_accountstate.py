"""What is kept of an account survives crashes, and several processes share it."""

import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from smarketing.problems import UserError
from smarketing.rounds.accountstate import AccountState, Told

FIRST, SECOND = "k3v9-7q2m-x4dt", "p8d2-4w6n-b7zc"


def joined(path: Path, *workspaces: str) -> AccountState:
    """Return the state of an account in which these have been looked at once."""
    state = AccountState(path)
    for each in workspaces:
        state.join(each)
        state.settle(each, state.pending()[each].number)
    return state


def test_a_new_workspace_has_to_be_looked_at_in_full(tmp_path: Path) -> None:
    state = AccountState(tmp_path / "account.sqlite3")
    state.join(FIRST)
    state.join(FIRST)
    assert {each: pending.anew for each, pending in state.pending().items()} == {FIRST: True}
    assert state.workspaces() == {FIRST}


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    AccountState(tmp_path / "accounts" / "account.sqlite3").close()
    mode = (tmp_path / "accounts" / "account.sqlite3").stat().st_mode
    assert sys.platform == "win32" or stat.S_IMODE(mode) == 0o600


def test_where_the_cursor_is_stored_the_touched_workspace_waits_and_neither_without_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "account.sqlite3"
    state = joined(path, FIRST)
    with monkeypatch.context() as patch:
        patch.setattr(AccountState, "told", lambda _: 1 / 0)  # the process dies between the two
        with pytest.raises(ZeroDivisionError):
            state.tell(Told(), Told("7", 1.0), {FIRST})
    assert (state.told(), state.pending()) == (Told(), {})
    state.tell(Told(), Told("7", 1.0), {FIRST})
    state.close()
    again = AccountState(path)
    assert (again.told(), set(again.pending())) == (Told("7", 1.0), {FIRST})


def test_what_was_touched_while_it_was_looked_at_waits_on(tmp_path: Path) -> None:
    state = joined(tmp_path / "account.sqlite3", FIRST, SECOND)
    state.tell(Told(), Told("1"), {FIRST, SECOND})
    seen = state.pending()[FIRST].number
    state.tell(Told("1"), Told("2"), {FIRST})
    state.settle(FIRST, seen)
    assert set(state.pending()) == {FIRST, SECOND}
    state.settle(FIRST, state.pending()[FIRST].number)
    assert set(state.pending()) == {SECOND}


def test_a_full_look_that_is_owed_stays_owed_when_it_is_touched_again(tmp_path: Path) -> None:
    state = joined(tmp_path / "account.sqlite3", FIRST)
    state.tell(Told(), Told("1"), {FIRST}, anew=True)
    state.tell(Told("1"), Told("2"), {FIRST})
    assert state.pending()[FIRST].anew


def test_of_two_that_ask_at_once_the_slower_one_moves_no_cursor_and_loses_no_event(
    tmp_path: Path,
) -> None:
    quick = joined(tmp_path / "account.sqlite3", FIRST, SECOND)
    slow = AccountState(tmp_path / "account.sqlite3")
    was = slow.told()
    quick.tell(was, Told("5", 1.0), {FIRST})
    slow.tell(was, Told("4", 1.0), {SECOND})
    assert quick.told() == Told("5", 1.0)
    assert set(quick.pending()) == {FIRST, SECOND}


PROCESS = """
import sys
from pathlib import Path
from smarketing.rounds.accountstate import AccountState
name, path = sys.argv[1:]
for number in range(10):
    state = AccountState(Path(path))
    state.join(f"{name}-{number}")
    was = state.told()
    state.tell(was, type(was)(f"{name}-{number}", 1.0), {f"{name}-{number}"})
    state.close()
"""


def test_two_processes_share_an_account_from_its_first_moment(tmp_path: Path) -> None:
    path = tmp_path / "account.sqlite3"
    words = (sys.executable, "-W", "error", "-c", PROCESS)
    both = [subprocess.Popen([*words, name, str(path)]) for name in ("one", "two")]
    assert [each.wait(60) for each in both] == [0, 0]
    everyone = {f"{name}-{number}" for name in ("one", "two") for number in range(10)}
    state = AccountState(path)
    assert state.workspaces() == set(state.pending()) == everyone
    assert state.told().cursor in everyone


def test_a_broken_account_file_is_told_with_its_remedy(tmp_path: Path) -> None:
    path = tmp_path / "account.sqlite3"
    path.write_bytes(b"no database at all, but long enough to be taken for one" * 20)
    with pytest.raises(UserError, match=r"can't be read .* looked at once in full"):
        AccountState(path)
    path.unlink()
    AccountState(path).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(UserError, match="newer smarketing"):
        AccountState(path)
