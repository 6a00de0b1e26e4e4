"""Key and token go into one header of requests to Trello, and nowhere else."""

from pathlib import Path

import pytest

from smarketing.contract import Setup, Unreachable
from smarketing.integrations.trello import integration
from smarketing.sandbox.inprocess import InProcess
from smarketing.standin import Answer, Asked
from tests.vendors.desk import US, Kept

from .desk import Desk, Team, small_board


def test_no_url_and_no_body_holds_the_key_or_the_token() -> None:
    desk = Desk()
    team = Team(desk)
    team.build(*small_board())
    team.write("board:work/card:agree", description="x" * 9000, title="Again")
    team.tool.check()
    secrets = desk.vendor.account(US).values()
    assert len(desk.asked) > 10
    for asked in desk.asked:
        sent = f"{asked.path} {asked.query} {asked.body.decode()}"
        assert not any(secret in sent for secret in secrets)
        assert all(secret in asked.headers["authorization"] for secret in secrets)


def test_a_refusal_that_repeats_the_token_does_not_show_it() -> None:
    desk = Desk()
    token = desk.vendor.account(US)["token"]
    desk.before = lambda asked: Answer(400, body=f"invalid token {token}".encode())
    with pytest.raises(Unreachable) as caught:
        Team(desk).read()
    assert token not in str(caught.value)


def test_nothing_is_asked_of_anybody_without_key_and_token() -> None:
    asked: list[Asked] = []

    def answer(each: Asked) -> Answer:
        asked.append(each)
        return Answer()

    setup = Setup({}, Path(), lambda host: Kept({}), InProcess(answer))
    with pytest.raises(Unreachable, match="smarketing login trello"):
        integration(setup).check()
    assert asked == []


def test_the_account_of_the_endpoints_host_is_used() -> None:
    hosts: list[str] = []
    asked: list[Asked] = []

    def secrets(host: str) -> Kept:
        hosts.append(host)
        return Kept({"key": "k", "token": "t"})

    def answer(each: Asked) -> Answer:
        asked.append(each)
        return Answer(body=b'{"id": "1", "fullName": "Ana", "username": "ana"}')

    settings = {"endpoint": "http://127.0.0.1:8460"}
    tool = integration(Setup(settings, Path(), secrets, InProcess(answer)))
    assert tool.check() == "Trello, as Ana (@ana)"
    assert hosts == ["127.0.0.1:8460"]
    assert asked[0].path == "/1/members/me"
