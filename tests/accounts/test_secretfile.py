"""The file of secrets: its owner's alone, and whole at every moment."""

import json
import os
import stat
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smarketing.account import secretfile
from smarketing.problems import UserError

POSIX = pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "accounts.json"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@POSIX
def test_it_is_its_owners_alone_whatever_the_umask_says(path: Path) -> None:
    before = os.umask(0)
    try:
        secretfile.keep(path, "acme", "host", {"token": "t"})
        secretfile.keep(path, "acme", "host", {"token": "t2"})
    finally:
        os.umask(before)
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700


@POSIX
def test_it_is_closed_from_the_moment_it_is_made(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    replace = os.replace

    def watched(source: str, target: Path) -> None:
        seen.append(mode(Path(source)))
        replace(source, target)

    monkeypatch.setattr(os, "replace", watched)
    secretfile.keep(path, "acme", "host", {"token": "t"})
    assert seen == [0o600]


@pytest.mark.parametrize("crash", ["fsync", "replace"])
def test_a_crash_while_writing_leaves_the_former_file_whole(
    path: Path, monkeypatch: pytest.MonkeyPatch, crash: str
) -> None:
    secretfile.keep(path, "acme", "host", {"token": "old"})

    def crashes(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, crash, crashes)
        with pytest.raises(KeyboardInterrupt):
            secretfile.keep(path, "acme", "host", {"token": "new"})
    assert secretfile.read(path) == {"acme": {"host": {"token": "old"}}}
    assert [file.name for file in path.parent.glob("*unfinished*")] == []


def test_what_a_killed_process_left_is_removed_by_the_next_write(path: Path) -> None:
    secretfile.keep(path, "acme", "host", {"token": "t"})
    left = path.parent / ".accounts.json-x1.unfinished"
    left.write_text('{"acme"')
    secretfile.keep(path, "acme", "host", {"token": "t2"})
    assert not left.exists()
    assert secretfile.read(path)["acme"]["host"]["token"] == "t2"


def test_two_at_a_time_lose_nothing(path: Path) -> None:
    def work(vendor: str) -> None:
        for number in range(10):
            secretfile.keep(path, vendor, f"host{number}", {"token": vendor})

    threads = [Thread(target=work, args=(f"vendor{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = secretfile.read(path)
    assert {vendor: len(hosts) for vendor, hosts in held.items()} == {
        f"vendor{n}": 10 for n in range(4)
    }


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"acme": 1}', '{"acme": {"host": {"token": 5}}}', '"hush-hush"']
)
def test_a_file_that_is_none_of_accounts_is_refused_and_not_quoted(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(UserError, match="no file of accounts") as refused:
        secretfile.read(path)
    assert "hush-hush" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None


def test_the_last_account_takes_the_file_along(path: Path) -> None:
    secretfile.keep(path, "acme", "host", {"token": "t"})
    secretfile.keep(path, "acme", "host", {})
    assert not path.exists()
    secretfile.keep(path, "acme", "host", {})


names = st.sampled_from(["one", "two", "three"])
secrets = st.dictionaries(names, st.text(min_size=1, max_size=8), max_size=2)


@given(st.lists(st.tuples(names, names, secrets), max_size=6))
def test_the_file_holds_what_was_kept_last_for_each_account(
    tmp_path_factory: pytest.TempPathFactory, kept: list[tuple[str, str, dict[str, str]]]
) -> None:
    path = tmp_path_factory.mktemp("any") / "accounts.json"
    expected: dict[tuple[str, str], dict[str, str]] = {}
    for vendor, host, held in kept:
        secretfile.keep(path, vendor, host, held)
        expected[vendor, host] = held
    found = {
        (vendor, host): dict(held)
        for vendor, hosts in secretfile.read(path).items()
        for host, held in hosts.items()
    }
    assert found == {account: held for account, held in expected.items() if held}
    if path.exists():
        json.loads(path.read_text(encoding="utf-8"))
