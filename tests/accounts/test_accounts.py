"""Where the secrets of an account come from and go to."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from smarketing.account import secretfile
from smarketing.account.accounts import KEYRING, Account, Tool, opener, own_file
from smarketing.contract import Secrets
from smarketing.problems import UserError

from .conftest import Plug
from .rings import BrokenRing, LockedRing, NullRing, Ring

HOST = "api.acme.example"
OTHER = "127.0.0.1:8460"


def tool(base: Path = Path(), **settings: Any) -> Tool:
    return Tool("acme", (HOST, "www.acme.example"), settings, base)


def account(host: str = HOST, base: Path = Path(), **settings: Any) -> Account:
    return Account(tool(base, **settings), host)


def file_of(path: Path, **secrets: str) -> Path:
    secretfile.keep(path, "acme", HOST, secrets)
    return path


def test_without_any_place_a_secret_is_the_empty_text() -> None:
    assert account().get("token") == ""
    assert account().where("token") == ""
    assert account().places() == {}


def test_an_account_is_what_the_contract_calls_secrets() -> None:
    opened: Secrets = opener(tool())(HOST)
    opened.put("token", "t1")
    assert opener(tool())(HOST).get("token") == "t1"


def test_the_order_is_environment_then_named_file_then_keyring_then_our_file(
    tmp_path: Path, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = file_of(tmp_path / "named.json", token="named")
    settings = {"secrets": "named.json"}
    file_of(own_file(), token="ours")
    assert account().get("token") == "ours"
    ring.set_password("smarketing", f"acme at {HOST}", json.dumps({"token": "ring"}))
    assert account().get("token") == "ring"
    assert account().where("token") == KEYRING
    assert account(base=tmp_path, **settings).get("token") == "named"
    assert account(base=tmp_path, **settings).where("token") == str(named)
    monkeypatch.setenv("SMARKETING_ACME_TOKEN", "said")
    assert account(base=tmp_path, **settings).get("token") == "said"
    assert "SMARKETING_ACME_TOKEN" in account(base=tmp_path, **settings).where("token")


def test_the_environment_speaks_only_of_the_vendors_own_hosts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SMARKETING_ACME_TOKEN", "said")
    assert account().get("token") == "said"
    assert account("www.acme.example").get("token") == "said"
    for other in (OTHER, "api.acme.example.evil.example", "API.acme.example:80", ""):
        assert account(other).get("token") == ""
        assert account(other).variables() == ()


@pytest.mark.parametrize("ring_of", [Ring, NullRing, BrokenRing, LockedRing])
def test_what_is_kept_for_one_host_is_never_given_for_another(
    plug: Plug, ring_of: type[Ring]
) -> None:
    plug(ring_of())
    account(OTHER).keep({"token": "sandbox"})
    assert account(OTHER).get("token") == "sandbox"
    assert account().get("token") == ""
    account().keep({"token": "real"})
    assert account(OTHER).get("token") == "sandbox"
    assert account("127.0.0.1:8461").get("token") == ""


def test_all_hosts_of_the_vendor_are_one_account() -> None:
    account("www.acme.example").keep({"token": "t"})
    assert account(HOST).get("token") == "t"


def test_an_endpoint_of_its_own_names_the_host() -> None:
    assert tool().host == HOST
    assert tool(endpoint="http://127.0.0.1:8460").host == OTHER


def test_a_named_file_of_another_host_says_nothing(tmp_path: Path) -> None:
    file_of(tmp_path / "named.json", token="named")
    assert account(OTHER, tmp_path, secrets="named.json").get("token") == ""


def test_a_variable_may_name_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "robot.json").write_text('{"type": "service_account"}\n')
    monkeypatch.setenv("SMARKETING_ACME_SERVICE_ACCOUNT", str(tmp_path / "robot.json"))
    assert account().get("service_account") == '{"type": "service_account"}'
    monkeypatch.setenv("SMARKETING_ACME_SERVICE_ACCOUNT", '{"type": "other"}')
    assert account().get("service_account") == '{"type": "other"}'


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    account().keep({"token": "stored"})
    monkeypatch.setenv("SMARKETING_ACME_TOKEN", "")
    assert account().get("token") == "stored"
    assert account().variables() == ()


def test_with_a_keyring_nothing_is_written_to_disk() -> None:
    assert account().keep({"token": "t"}) == KEYRING
    assert not own_file().exists()


@pytest.mark.parametrize("ring_of", [NullRing, BrokenRing, LockedRing])
def test_without_a_keyring_that_keeps_things_our_file_is_used(
    plug: Plug, ring_of: type[Ring]
) -> None:
    plug(ring_of())
    assert account().keep({"token": "t"}) == str(own_file())
    assert account().get("token") == "t"
    assert account().remove() == (str(own_file()),)
    assert account().get("token") == ""


def test_an_older_account_in_a_locked_keyring_does_not_win_unseen(plug: Plug) -> None:
    locked = LockedRing()
    locked.held["smarketing", f"acme at {HOST}"] = json.dumps({"token": "old"})
    plug(locked)
    with pytest.raises(UserError, match="Unlock it"):
        account().keep({"token": "new"})
    with pytest.raises(UserError, match="can't be removed"):
        account().remove()


def test_signing_in_replaces_all_of_the_account() -> None:
    account().keep({"refresh_token": "r", "client_id": "c"})
    account().keep({"service_account": "s"})
    assert account().get("refresh_token") == ""
    assert account().places() == {KEYRING: ("service_account",)}


def test_a_renewed_secret_goes_where_the_others_are(tmp_path: Path) -> None:
    named = file_of(tmp_path / "named.json", token="t", key="k")
    account(base=tmp_path, secrets="named.json").put("token", "t2")
    assert secretfile.read(named)["acme"][HOST] == {"token": "t2", "key": "k"}
    assert account().get("token") == ""


def test_a_secret_of_the_environment_is_renewed_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMARKETING_ACME_TOKEN", "said")
    with pytest.raises(UserError, match="SMARKETING_ACME_TOKEN") as refused:
        account().put("token", "new")
    assert "said" not in str(refused.value)


def test_removing_takes_it_from_every_place(plug: Plug) -> None:
    file_of(own_file(), token="file")
    working = Ring()
    working.held["smarketing", f"acme at {HOST}"] = json.dumps({"token": "ring"})
    plug(working)
    assert account().remove() == (KEYRING, str(own_file()))
    assert account().places() == {}
    assert not own_file().exists()


def test_a_damaged_entry_of_the_keyring_counts_as_none(ring: Ring) -> None:
    for damaged in ("{", "[]", '"text"'):
        ring.held["smarketing", f"acme at {HOST}"] = damaged
        assert account().get("token") == ""


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_file_that_others_may_read_is_refused_with_one_clear_message(
    tmp_path: Path, mode: int
) -> None:
    named = file_of(tmp_path / "named.json", token="hush-hush")
    named.chmod(mode)
    with pytest.raises(UserError, match="chmod 600") as refused:
        account(base=tmp_path, secrets="named.json").get("token")
    assert str(named) in str(refused.value)
    assert "hush-hush" not in str(refused.value)


def test_no_secret_is_in_a_repr_or_a_traceback_of_values() -> None:
    account().keep({"token": "hush-hush"})
    opened = account()
    opened.get("token")
    for thing in (opened, tool(), opener(tool())):
        assert "hush-hush" not in f"{thing!r} {thing!s}"
