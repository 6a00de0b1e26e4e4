"""Boards that are known are read together, and nothing that a batch does not bring is taken for gone."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest

from smarketing.contract import Busy, Unreachable
from smarketing.integrations.trello.account import LONGEST_QUERY
from smarketing.integrations.trello.sandbox.switches import BATCH_COUNTS_EACH
from smarketing.standin import Answer, Asked
from tests.vendors.desk import BEN, US, creation

from .desk import ROOT, Desk, Team, small_board

BOARDS = ("board:work", "board:more", "board:third")


def three_boards(desk: Desk | None = None) -> Team:
    team = Team(desk or Desk())
    team.build(*small_board(), *(creation(each, ROOT, title=each[6:]) for each in BOARDS[1:]))
    team.desk.calls()
    return team


def read_again(team: Team) -> set[str]:
    """Read as a run does that knows its boards; return the titles of those that are there."""
    found = team.read(cursor="boards")
    return {str(each.fields["title"]) for each in found if each.kind == "board"}


def boards(team: Team) -> list[str]:
    return [f"GET /1/boards/{team.ids[each]}" for each in BOARDS]


@pytest.mark.parametrize("switches", [frozenset(), frozenset({BATCH_COUNTS_EACH})])
def test_several_boards_that_are_known_take_one_call(switches: frozenset[str]) -> None:
    team = three_boards(Desk(switches=switches, limits=True))
    assert read_again(team) == {"Work", "more", "third"}
    assert team.desk.calls() == ["GET /1/batch"]


def test_what_is_read_together_is_what_each_says_by_itself() -> None:
    team = three_boards()
    together = team.read(cursor="boards")
    team.desk.before = lambda asked: Answer(404) if asked.path == "/1/batch" else None
    assert list(team.read(cursor="boards")) == list(together)
    assert sorted(team.desk.calls()) == sorted(["GET /1/batch", "GET /1/batch", *boards(team)])


def test_a_board_that_is_gone_is_asked_for_by_itself() -> None:
    team = three_boards()
    team.desk.member(US).delete(f"boards/{team.ids['board:more']}")
    assert read_again(team) == {"Work", "third"}
    assert team.desk.calls() == ["GET /1/batch", boards(team)[1]]


def test_a_board_that_we_may_not_see_any_more_among_others_is_not_gone() -> None:
    team = three_boards()
    board = team.ids["board:more"]
    team.desk.join(board, BEN)
    ben, rob = team.desk.vendor.member("ben").id, team.desk.vendor.member("rob").id
    team.desk.member(US).put(f"boards/{board}/members/{ben}", {"type": "admin"})
    team.desk.member(BEN).delete(f"boards/{board}/members/{rob}")
    with pytest.raises(Unreachable, match="does not let this account see"):
        read_again(team)


@pytest.mark.parametrize("body", [b"[]", b"{}", b'[{"200": {}}, {"200": null}, {"200": 7}]'])
def test_a_batch_that_brings_nothing_costs_a_call_and_no_board(body: bytes) -> None:
    team = three_boards()
    odd = Answer(200, {"content-type": "application/json"}, body)
    team.desk.before = lambda asked: odd if asked.path == "/1/batch" else None
    assert read_again(team) == {"Work", "more", "third"}


@pytest.mark.parametrize(
    ("why", "error"), [("rate limit", Busy), ("unavailable", Busy), ("gateway", Unreachable)]
)
def test_a_batch_that_is_refused_for_now_is_no_listing(why: str, error: type[Exception]) -> None:
    team = three_boards()
    refusal = team.desk.refusal(why)
    team.desk.before = lambda asked: refusal if asked.path == "/1/batch" else None
    with pytest.raises(error):
        read_again(team)


def test_a_batch_that_is_cut_short_is_no_listing() -> None:
    team = three_boards()

    def cut(asked: Asked) -> Answer:
        whole: Answer = team.desk.vendor.answer(asked)
        return replace(whole, body=whole.body[:-9])

    team.desk.before = cut
    with pytest.raises(Unreachable, match="cut short"):
        read_again(team)


def test_more_boards_than_an_address_has_room_for_take_several_batches() -> None:
    team = Team(Desk())
    named = [f"board:b{number}" for number in range(9)]
    team.build(
        creation(ROOT, done=False, template=None),
        *(creation(each, ROOT, title=each[6:]) for each in named),
    )
    team.desk.calls()
    assert len(read_again(team)) == 9
    addresses = [urlencode(asked.query, doseq=True) for asked in team.desk.asked]
    assert 2 <= len(addresses) <= 4
    assert all(len(address) <= LONGEST_QUERY + 10 for address in addresses)
