"""A read tells everything of a workspace, whatever members did to it, or says that it can't."""

import json
from dataclasses import replace

import pytest

from smarketing.contract import Busy, Scope, Unreachable
from smarketing.standin import Answer, Asked
from smarketing.testing.site import OTHER, WORKSPACE
from tests.vendors.desk import ANA, BEN, US, creation

from .desk import ROOT, Desk, Team, small_board

BOARD, CARD = "board:work", "board:work/card:agree"


def built(desk: Desk | None = None) -> Team:
    team = Team(desk or Desk())
    team.build(*small_board())
    return team


def test_a_member_who_takes_the_mark_away_loses_nothing() -> None:
    team = built()
    team.desk.member(US).put(f"cards/{team.ids[CARD]}", {"desc": "Only mine now."})
    card = team.now(CARD)
    assert (card.marker, card.fields["description"]) == ("", "Only mine now.")
    team.desk.member(US).put(f"boards/{team.ids[BOARD]}", {"desc": ""})
    team.build(team.update(CARD, description="Both."))
    bound = {team.ids[BOARD]: "board"}
    found = {each.id: each for each in team.read(bound=bound, cursor="boards")}
    assert found[team.ids[CARD]].fields["description"] == "Both."


def test_a_members_copy_of_a_card_is_not_ours() -> None:
    team = built()
    lane = team.ids["board:work/list:done"]
    copy = team.desk.member(US).post("cards", idList=lane, idCardSource=team.ids[CARD])
    team.desk.calls()
    ours = {each.id: each.ours for each in team.read() if each.marker == CARD}
    assert ours == {team.ids[CARD]: True, copy["id"]: False}


def test_a_members_copy_of_a_board_is_not_ours() -> None:
    team = built()
    copy = team.desk.member(US).post("boards/", name="Mine", idBoardSource=team.ids[BOARD])
    here = {each["desc"] for each in team.desk.member(US).get("members/me/boards", fields="desc")}
    team.desk.member(US).put(f"boards/{copy['id']}", {"desc": next(iter(filter(None, here)))})
    ours = {each.id: each.ours for each in team.read() if each.kind == "board"}
    assert ours == {team.ids[BOARD]: True, copy["id"]: False}


def test_twins_from_two_machines_are_both_ours() -> None:
    desk = Desk()
    one, other = built(desk), built(desk)
    boards = {each.id: each.ours for each in one.read() if each.kind == "board"}
    assert boards == {one.ids[BOARD]: True, other.ids[BOARD]: True}


def test_archived_lists_and_cards_are_told_and_deleted_ones_are_absent() -> None:
    team = built()
    hands = team.desk.member(US)
    hands.put(f"lists/{team.ids['board:work/list:done']}", {"closed": True})
    hands.delete(f"cards/{team.ids[CARD]}")
    found = {each.id: each for each in team.read()}
    assert found[team.ids["board:work/list:done"]].existence == "archived"
    assert team.ids[CARD] not in found


def test_without_any_board_there_is_no_root_that_stands_for_them() -> None:
    team = built()
    team.desk.member(US).delete(f"boards/{team.ids[BOARD]}")
    bound = {team.ids[BOARD]: "board"}
    assert not team.read(bound=bound)


def test_an_existing_board_is_read_by_its_address_and_gets_no_mark() -> None:
    desk = Desk()
    made = desk.member(US).post("boards/", name="Old board", desc="Ours since 2019.")
    link = f"https://trello.com/b/{made['shortUrl'].rsplit('/', 1)[-1]}/old-board"
    team = Team(desk)
    found = team.read(existing={BOARD: link})
    assert [(each.id, each.marker) for each in found if each.kind == "board"] == [
        (made["id"], BOARD)
    ]
    again = team.read(existing={BOARD: link}, bound={made["id"]: "board"}, cursor="boards")
    assert again == found
    assert desk.member(US).get(f"boards/{made['id']}", fields="desc")["desc"] == "Ours since 2019."


def test_an_existing_card_is_read_by_its_address() -> None:
    team = built()
    card = team.desk.member(US).post("cards", idList=team.ids["board:work/list:week"], name="Old")
    found = team.read(existing={f"{BOARD}/card:old": card["shortUrl"]})
    assert [each.marker for each in found if each.id == card["id"]] == [f"{BOARD}/card:old"]
    elsewhere = Team(team.desk, OTHER).read(existing={f"{BOARD}/card:old": card["shortUrl"]})
    assert [each.id for each in elsewhere] == [card["id"]]


@pytest.mark.parametrize("url", ["https://trello.com/b/AbCd1234", "https://trello.com/c/AbCd1234"])
def test_an_existing_address_that_leads_nowhere_stops_the_read(url: str) -> None:
    with pytest.raises(Unreachable, match="existing"):
        Team(Desk()).read(existing={BOARD: url})


def test_an_owner_waits_in_the_description_until_they_join() -> None:
    team = built()
    card = team.now(CARD)
    assert (card.fields["owner"], card.unsettled) == ("Ana Silva", frozenset())
    raw = team.desk.member(US).get(f"cards/{card.id}", fields="desc,idMembers")
    assert raw["desc"].endswith('Owner: Ana Silva\n\n[smarketing]: # "card:agree owner"')
    team.desk.join(team.ids[BOARD], ANA)
    card = team.now(CARD)
    assert card.unsettled == {"owner"}
    team.build(replace(team.update(CARD, owner="Ana Silva"), before=card))
    card = team.now(CARD)
    assert (card.fields["owner"], card.unsettled) == ("Ana Silva", frozenset())
    raw = team.desk.member(US).get(f"cards/{card.id}", fields="desc,idMembers")
    assert raw["desc"] == 'Ask both teams.\n\n[smarketing]: # "card:agree"'
    assert raw["idMembers"] == [team.desk.vendor.member("ana").id]


def test_who_else_is_assigned_stays_assigned() -> None:
    team = built()
    for person in (ANA, BEN):
        team.desk.join(team.ids[BOARD], person)
    team.read()
    team.build(team.update(CARD, owner="Ana Silva"))
    rob = team.desk.vendor.member("rob").id
    team.desk.member(US).post(f"cards/{team.ids[CARD]}/idMembers", value=rob)
    team.build(team.update(CARD, owner="Ben Okoye"))
    there = team.desk.member(US).get(f"cards/{team.ids[CARD]}", fields="idMembers")["idMembers"]
    assert set(there) == {rob, team.desk.vendor.member("ben").id}


def test_who_is_invited_has_access_already() -> None:
    team = built()
    said = {"email": "new@acme.example", "type": "observer"}
    team.desk.member(US).put(f"boards/{team.ids[BOARD]}/members", said, {"fullName": "Nia Bo"})
    assert team.now(BOARD).fields["access"] == {"Rob Ortega": "admin", "Nia Bo": "observer"}


def test_a_template_is_offered_without_its_people_and_never_our_own() -> None:
    desk = Desk()
    theirs = Team(desk, OTHER)
    changes = small_board()
    theirs.build(replace(changes[0], fields={"done": False, "template": "starter"}), *changes[1:])
    assert Team(desk).tool.read(Scope(WORKSPACE, template="starter")).template == ()
    theirs.write(ROOT, done=True)
    listing = Team(desk).tool.read(Scope(WORKSPACE, template="starter"))
    assert [each.kind for each in listing.template] == [
        "board", "list", "list", "label", "card", "check",
    ]  # fmt: skip
    assert Team(desk).tool.read(Scope(WORKSPACE, template="other")).template == ()
    assert Team(desk).tool.read(Scope(OTHER, template="starter")).template == ()


def test_a_reply_that_is_cut_short_is_no_listing() -> None:
    team = built()

    def cut(asked: Asked) -> Answer:
        whole: Answer = team.desk.vendor.answer(asked)
        return replace(whole, body=whole.body[:-9])

    team.desk.before = cut
    with pytest.raises(Unreachable, match="cut short"):
        team.read()


@pytest.mark.parametrize(
    ("why", "error"), [("rate limit", Busy), ("unavailable", Busy), ("gateway", Unreachable)]
)
def test_a_refused_read_is_no_listing(why: str, error: type[Exception]) -> None:
    team = built()
    boards = f"/1/boards/{team.ids[BOARD]}"
    refusal = team.desk.refusal(why)
    team.desk.before = lambda asked: refusal if asked.path == boards else None
    with pytest.raises(error):
        team.read()


def test_a_board_we_may_not_see_any_more_is_not_gone() -> None:
    team = built()
    team.desk.join(team.ids[BOARD], BEN)
    hands = team.desk.member(US)
    ben, rob = team.desk.vendor.member("ben").id, team.desk.vendor.member("rob").id
    hands.put(f"boards/{team.ids[BOARD]}/members/{ben}", {"type": "admin"})
    team.desk.member(BEN).delete(f"boards/{team.ids[BOARD]}/members/{rob}")
    with pytest.raises(Unreachable, match="does not let this account see"):
        team.read(bound={team.ids[BOARD]: "board"}, cursor="boards")


def test_labels_beyond_the_first_fifty_are_read() -> None:
    team = built()
    more = [creation(f"{BOARD}/label:n{n}", BOARD, title=f"L{n}", color="blue") for n in range(60)]
    team.build(*more)
    assert sum(each.kind == "label" for each in team.read()) == 61


def test_a_label_without_a_name_goes_by_its_colour() -> None:
    team = built()
    label = team.desk.member(US).post("labels", name="", color="lime", idBoard=team.ids[BOARD])
    team.desk.member(US).post(f"cards/{team.ids[CARD]}/idLabels", value=label["id"])
    assert team.now(CARD).fields["labels"] == frozenset({"Hot", "lime"})


def test_offers_are_the_boards_that_no_workspace_has() -> None:
    team = built()
    team.desk.member(US).post("boards/", name="Old board")
    offers = team.tool.offers(frozenset({"board", "card"}))
    assert [each.fields["title"] for each in offers] == ["Old board"]
    assert team.tool.offers(frozenset({"document"})) == ()


def test_two_members_of_one_name_are_two() -> None:
    team = built()
    for mail in ("x@acme.example", "y@acme.example"):
        said = {"email": mail, "type": "normal"}
        team.desk.member(US).put(f"boards/{team.ids[BOARD]}/members", said, {"fullName": "Al Bo"})
    access = team.now(BOARD).fields["access"]
    assert isinstance(access, dict)
    assert len(access) == 3
    assert json.dumps(access).count("Al Bo") == 2
