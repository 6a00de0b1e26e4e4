"""Signing in to Trello and out again, and what the doctor says about it."""

import json
import os
from collections.abc import Callable
from email.utils import formatdate
from pathlib import Path

import pytest

from smarketing.account.accounts import KEYRING, Account, own_file
from smarketing.account.registry import tool
from smarketing.integrations.trello.sandbox import stand_in
from smarketing.standin import Answer, Asked, Person, World, json_answer
from tests.vendors.sandboxes import validated

from .conftest import Plug
from .desk import DAY, NOW, Desk
from .rings import NullRing

ANA = Person("ana", "Ana Silva", "ana@acme.example", "ATTAana0000000000000000000000001")
BEN = Person("ben", "Ben Okoye", "ben@acme.example", "ATTAben0000000000000000000000002")
OURS = '[smarketing]: # "k3v9-7q2m-x4dt board:work"'


class Trello:
    """The stand-in with a Date header, as every web server sends one."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.inner = validated(stand_in(World(now, (ANA, BEN))))
        self.ahead = 0.0
        self.now = now

    def __call__(self, asked: Asked) -> Answer:
        answer = self.inner.answer(asked)
        date = formatdate(self.now() + self.ahead, usegmt=True)
        return Answer(answer.status, {**answer.headers, "Date": date}, answer.body)

    def key(self) -> str:
        return str(self.inner.account(ANA)["key"])

    def board(self, desk: Desk, name: str, desc: str = OURS) -> None:
        header = f'OAuth oauth_consumer_key="{self.key()}", oauth_token="{ANA.token}"'
        query = {"name": (name,), "desc": (desc,)}
        made = self.inner.answer(Asked("POST", "/1/boards/", query, {"authorization": header}))
        assert made.status == 200, made.body


@pytest.fixture
def trello(desk: Desk) -> Trello:
    made = Trello(desk.clock.now)
    desk.vendors["trello"] = made
    return made


def signed_in(desk: Desk, trello: Trello, *words: str) -> str:
    typed = f"{trello.key()}\n{ANA.token}\n"
    return desk.run("login", "trello", "--no-browser", *words, typed=typed).all


def stored(name: str) -> str:
    said = tool("trello", {}, Path())
    return Account(said, said.host).get(name)


def test_login_says_where_to_click_asks_tries_and_stores(desk: Desk, trello: Trello) -> None:
    said = signed_in(desk, trello)
    assert "https://trello.com/power-ups/admin" in said
    assert "https://trello.com/1/authorize?expiration=never" in said
    assert "scope=read,write&" in said
    assert "Ana Silva" in said
    assert KEYRING in said
    assert stored("token") == ANA.token
    assert [asked.path for asked in desk.asked] == ["/1/members/me"]


def test_how_long_the_token_lasts_is_the_persons_choice(desk: Desk, trello: Trello) -> None:
    assert "robot account" in signed_in(desk, trello)
    assert "expiration=30days" in signed_in(desk, trello, "--expires", "30days")


def test_a_token_that_trello_does_not_know_is_not_stored(desk: Desk, trello: Trello) -> None:
    typed = f"{trello.key()}\nATTAwrong00000000000000000000009\n"
    said = desk.run("login", "trello", "--no-browser", typed=typed, code=1)
    assert "Copy both again" in said.err
    assert "ATTAwrong" not in said.all
    assert stored("token") == ""


@pytest.mark.parametrize(
    "typed", ["", "\n\n", "two words\nx\n", 'a"b12345678\nx\n', "ключ12345678\n\n"]
)
def test_what_can_be_no_key_is_told_before_any_call(desk: Desk, trello: Trello, typed: str) -> None:
    said = desk.run("login", "trello", "--no-browser", typed=typed, code=1)
    assert "This is no key" in said.err
    assert desk.asked == []


def test_trello_being_down_stores_nothing(desk: Desk) -> None:
    desk.vendors["trello"] = lambda asked: Answer(503, {}, b"Service Unavailable")
    said = desk.run("login", "trello", "--no-browser", typed="a" * 32 + "\n" + "b" * 32, code=1)
    assert "Nothing was stored" in said.err
    assert "b" * 32 not in said.all


def test_key_and_token_are_never_in_a_url_that_we_call(desk: Desk, trello: Trello) -> None:
    signed_in(desk, trello)
    trello.board(desk, "Work")
    desk.run("doctor", "trello")
    desk.run("logout", "trello")
    assert desk.asked
    for asked in desk.asked:
        where = f"{asked.path}{asked.query}"
        assert ANA.token not in where
        assert trello.key() not in where


def test_a_sandbox_gets_only_secrets_of_its_own(desk: Desk, trello: Trello) -> None:
    signed_in(desk, trello)
    desk.config(trello={"endpoint": "http://127.0.0.1:8460"})
    assert desk.doctor("trello", code=4)[0][:2] == ("who", "person")
    said = signed_in(desk, trello)
    assert "trello.com/1/authorize" not in said
    assert "for 127.0.0.1:8460 alone" in said
    assert desk.doctor("trello")[0][0] == "secrets"
    assert all("authorization" in asked.headers for asked in desk.asked)


def test_a_token_is_not_sent_in_the_clear_over_a_network(desk: Desk, trello: Trello) -> None:
    desk.config(trello={"endpoint": "http://trello.acme.example"})
    said = desk.run("login", "trello", typed=f"{trello.key()}\n{ANA.token}\n", code=1)
    assert "https://" in said.err
    assert desk.asked == []


def test_secrets_go_into_the_file_that_config_names(desk: Desk, trello: Trello) -> None:
    desk.config(trello={"secrets": "./robot.json"})
    assert "robot.json" in signed_in(desk, trello)
    assert ANA.token in Path("robot.json").read_text()
    assert "robot.json" in desk.doctor("trello")[0][2]


def test_the_doctor_says_who_where_what_for_and_how_long(desk: Desk, trello: Trello) -> None:
    signed_in(desk, trello)
    found = desk.doctor("trello")
    assert found[0] == ("secrets", "fine", f"key, token: in {KEYRING}.")
    assert found[1][:2] == ("who", "fine")
    assert "Ana Silva" in found[1][2]
    assert [words.split(":")[0] for about, _, words in found if about == "scope"] == [
        "read",
        "write",
    ]
    assert ("token", "fine", "It is 0 days old, and was asked for without end.") in found
    assert ("clock", "fine", "This computer's clock is right.") in found


def test_a_token_of_30_days_is_told_5_days_before_it_ends(desk: Desk, trello: Trello) -> None:
    signed_in(desk, trello, "--expires", "30days")
    desk.clock.at = NOW + 24 * DAY
    assert ("token", "fine", "It ends in 6 days.") in desk.doctor("trello")
    desk.clock.at = NOW + 25.5 * DAY
    token = next(f for f in desk.doctor("trello", code=4) if f[0] == "token")
    assert token[1] == "person"
    assert "4 days" in token[2]


def test_of_a_token_from_the_environment_the_age_is_not_guessed(
    desk: Desk, trello: Trello, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(desk, trello, "--expires", "30days")
    monkeypatch.setenv("SMARKETING_TRELLO_TOKEN", BEN.token)
    found = desk.doctor("trello")
    assert next(f for f in found if f[0] == "token")[1] == "note"
    assert "Ben Okoye" in next(f for f in found if f[0] == "who")[2]
    assert "SMARKETING_TRELLO_TOKEN" in found[0][2]


def test_a_clock_that_is_off_by_more_than_a_minute_is_told(desk: Desk, trello: Trello) -> None:
    signed_in(desk, trello)
    trello.ahead = 59.0
    assert ("clock", "fine", "This computer's clock is right.") in desk.doctor("trello")
    trello.ahead = 90.0
    clock = next(f for f in desk.doctor("trello", code=4) if f[0] == "clock")
    assert "90 seconds slow" in clock[2]


def test_boards_of_ours_with_one_administrator_are_named(desk: Desk, trello: Trello) -> None:
    signed_in(desk, trello)
    trello.board(desk, "Work")
    trello.board(desk, "Holidays", desc="")
    alone = next(f for f in desk.doctor("trello") if f[0] == "one person")
    assert alone[1] == "note"
    assert "Work" in alone[2]
    assert "Holidays" not in alone[2]


def test_a_board_that_trello_calls_nearly_full_is_told(desk: Desk) -> None:
    limits = {"cards": {"openPerBoard": {"status": "warn", "warnAt": 4500, "disableAt": 5000}}}
    boards = [{"name": "Work", "desc": OURS, "memberships": [], "limits": limits}]
    me = {"fullName": "Ana Silva", "username": "ana"}
    desk.vendors["trello"] = lambda asked: json_answer(
        boards if asked.path.endswith("boards") else me
    )
    desk.run("login", "trello", "--no-browser", typed="a" * 32 + "\n" + "b" * 32)
    assert (
        "limits",
        "note",
        "The board Work is nearly full: cards.openPerBoard.",
    ) in desk.doctor("trello")


@pytest.mark.parametrize("reply", [b"[]", b"{}", b'[{"name": 5, "desc": null, "memberships": 7}]'])
def test_a_strange_reply_is_survived(desk: Desk, reply: bytes) -> None:
    desk.vendors["trello"] = lambda asked: Answer(200, {"Date": "yesterday"}, reply)
    desk.run("login", "trello", "--no-browser", typed="a" * 32 + "\n" + "b" * 32)
    desk.doctor("trello")


def test_a_revoked_token_needs_a_person(desk: Desk, trello: Trello) -> None:
    signed_in(desk, trello)
    desk.vendors["trello"] = lambda asked: Answer(401, {}, b"invalid token")
    who = next(f for f in desk.doctor("trello", code=4) if f[0] == "who")
    assert "smarketing login trello" in who[2]


def test_trello_being_down_is_an_error_of_the_doctor(desk: Desk, trello: Trello) -> None:
    signed_in(desk, trello)
    desk.vendors["trello"] = lambda asked: Answer(502, {}, b"<html>")
    assert desk.doctor("trello", code=1)[-1][:2] == ("vendor", "error")


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")
def test_a_file_that_others_can_read_is_what_the_doctor_says(
    desk: Desk, trello: Trello, plug: Plug
) -> None:
    plug(NullRing())
    signed_in(desk, trello)
    own_file().chmod(0o644)
    found = desk.doctor("trello", code=4)
    assert "chmod 600" in found[0][2]


def test_logout_says_where_to_revoke_and_what_remains(
    desk: Desk, trello: Trello, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(desk, trello)
    monkeypatch.setenv("SMARKETING_TRELLO_KEY", trello.key())
    said = desk.run("logout", "trello").out
    assert "https://trello.com/my/account" in said
    assert f"Removed from {KEYRING}" in said
    assert "SMARKETING_TRELLO_KEY still holds" in said
    assert stored("token") == ""


def test_logout_without_an_account_says_so(desk: Desk, trello: Trello) -> None:
    assert "Nothing was stored here" in desk.run("logout", "trello").out


def test_a_tool_without_accounts_says_which_have_some(desk: Desk) -> None:
    assert (
        "With one there is: google, slack, smtp, trello." in desk.run("login", "local", code=1).err
    )
    assert "needs no account" in desk.run("doctor", "local", code=1).err
    assert "There is no integration called trelo" in desk.run("logout", "trelo", code=1).err


def test_the_doctor_looks_at_all_accounts_in_use(desk: Desk, trello: Trello) -> None:
    assert "No account is in use" in desk.run("doctor").out
    signed_in(desk, trello)
    assert desk.run("doctor").out.startswith("trello at api.trello.com\n  ok ")


def test_status_tells_of_a_token_that_ends_soon_without_asking_trello(
    desk: Desk, trello: Trello
) -> None:
    signed_in(desk, trello, "--expires", "30days")
    desk.config(trello={"timezone": "UTC"})
    early = json.loads(desk.run("status", "--json", code=None).out)
    assert early["ending"] == []
    desk.clock.at += 28 * DAY
    asked = len(desk.asked)
    late = json.loads(desk.run("status", "--json", code=4).out)
    assert [words[:26] for words in late["ending"]] == ["trello: It ends in 2 days."]
    assert len(desk.asked) == asked


def test_a_free_workspace_that_trello_calls_nearly_full_is_told(desk: Desk) -> None:
    limits = {"orgs": {"freeBoardsPerOrg": {"status": "warn", "disableAt": 10, "count": 9}}}
    me = {
        "fullName": "Ana Silva",
        "username": "ana",
        "organizations": [{"displayName": "Acme", "limits": limits}],
    }
    desk.vendors["trello"] = lambda asked: json_answer([] if asked.path.endswith("boards") else me)
    desk.run("login", "trello", "--no-browser", typed="a" * 32 + "\n" + "b" * 32)
    told = "The workspace Acme is nearly full: orgs.freeBoardsPerOrg."
    assert ("limits", "note", told) in [tuple(each) for each in desk.doctor("trello")]
