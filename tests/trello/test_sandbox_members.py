"""Who belongs to the stand-in's boards and workspaces: invited, accepted, removed, told by mail."""

import json

import pytest

from smarketing.standin import Asked
from tests.trello.sandbox_client import ANA, BEN, CAI, Caller, Site


def test_an_invited_person_is_pending_until_they_accept_and_nobody_learns_their_mailbox() -> None:
    site = Site()
    ana, ben = site(ANA), site(BEN)
    board = ana.board()
    answer = ana.put(f"boards/{board['id']}/members", email=BEN.mail, body={"fullName": "Ben"})
    assert [one["unconfirmed"] for one in answer["memberships"]] == [False, True]
    assert ben.refused("GET", f"boards/{board['id']}")[0] == 401
    assert ben.get("members/me/boards") == []
    assert [one["id"] for one in ben.get("members/me/boardsInvited")] == [board["id"]]
    assert [one["fullName"] for one in ana.get(f"boards/{board['id']}/membersInvited")] == ["Ben"]
    assert site.subjects(BEN) == ["Ana Silva invited you to the board Launch"]

    site.trello.accept("ben")

    whole = ana.get(
        f"boards/{board['id']}", members="all", membersInvited="all", member_fields="all"
    )
    assert [one["fullName"] for one in whole["members"]] == ["Ana Silva", "Ben Ode"]
    assert whole["membersInvited"] == []
    assert ben.get(f"boards/{board['id']}")["name"] == "Launch"
    assert BEN.mail not in json.dumps(whole)
    assert site.trello.picture()["boards"][0]["members"] == {ANA.mail: "admin", BEN.mail: "normal"}


def test_invitations_are_accepted_over_http_too() -> None:
    site = Site()
    ana = site(ANA)
    board = ana.board()
    ana.put(f"boards/{board['id']}/members", email=BEN.mail)
    door = Asked("POST", "/_trello/accept", {"member": ("ben",)}, {})
    assert site.trello.answer(door).status == 200
    assert site(BEN).get(f"boards/{board['id']}")["name"] == "Launch"
    stranger = Asked("POST", "/_trello/accept", {"member": ("dora",)}, {})
    assert site.trello.answer(stranger).status == 404


def test_inviting_the_same_pending_mailbox_again_sends_another_mail_but_makes_no_second_one() -> (
    None
):
    site = Site()
    ana = site(ANA)
    board = ana.board()
    for _ in range(2):
        ana.put(f"boards/{board['id']}/members", email=BEN.mail)
    assert len(site.subjects(BEN)) == 2
    assert len(ana.get(f"boards/{board['id']}/memberships")) == 2


def test_inviting_a_member_changes_nothing() -> None:
    site = Site()
    ana = site(ANA)
    board = ana.board()
    ana.put(f"boards/{board['id']}/members", email=BEN.mail)
    site.trello.accept("ben")
    ana.put(f"boards/{board['id']}/members", email=BEN.mail)
    assert len(site.subjects(BEN)) == 1


def test_with_the_switch_whoever_has_an_account_is_in_at_once() -> None:
    site = Site(frozenset({"trello-invite-joins-at-once"}))
    ana = site(ANA)
    board = ana.board()
    ana.put(f"boards/{board['id']}/members", email=BEN.mail)
    ana.put(f"boards/{board['id']}/members", email="nobody@acme.example")
    assert site(BEN).get(f"boards/{board['id']}")["name"] == "Launch"
    invited = ana.get(f"boards/{board['id']}", membersInvited="all")["membersInvited"]
    assert [one["memberType"] for one in invited] == ["ghost"]


def test_cards_of_the_invited_become_cards_of_the_member() -> None:
    site = Site()
    ana = site(ANA)
    board = ana.board()
    ana.put(f"boards/{board['id']}/members", email=BEN.mail)
    ghost = ana.get(f"boards/{board['id']}", membersInvited="all")["membersInvited"][0]["id"]
    card = ana.card(ana.list(board), idMembers=ghost)
    site.trello.accept("ben")
    assert ana.get(f"cards/{card['id']}")["idMembers"] == [site(BEN).get("members/me")["id"]]


def joined(site: Site, role: str = "normal") -> tuple[Caller, Caller, str]:
    ana, ben = site(ANA), site(BEN)
    board = ana.board()["id"]
    ana.put(f"boards/{board}/members/{ben.get('members/me')['id']}", type=role)
    return ana, ben, board


def test_a_member_works_on_the_board_by_the_same_api_but_does_not_govern_it() -> None:
    site = Site()
    ana, ben, board = joined(site)
    card = ben.card(ben.list({"id": board}))
    assert ana.get(f"cards/{card['id']}")["name"] == "Agree"
    for change in (
        ("PUT", f"boards/{board}/closed", {"body": {"value": True}}),
        ("DELETE", f"boards/{board}", {}),
        ("DELETE", f"boards/{board}/members/{ana.get('members/me')['id']}", {}),
    ):
        assert ben.refused(change[0], change[1], **change[2])[0] == 401


def test_an_observer_reads_and_does_not_write() -> None:
    _, ben, board = joined(Site(), "observer")
    assert ben.get(f"boards/{board}")["name"] == "Launch"
    assert ben.refused("POST", "lists", idBoard=board, name="x")[0] == 401


def test_somebody_removed_loses_the_board_and_their_cards() -> None:
    site = Site()
    ana, ben, board = joined(site)
    me = ben.get("members/me")["id"]
    card = ana.card(ana.list({"id": board}), idMembers=me)
    ana.delete(f"boards/{board}/members/{me}")
    assert ben.refused("GET", f"boards/{board}")[0] == 401
    assert ana.get(f"cards/{card['id']}")["idMembers"] == []


def test_an_invitation_can_be_taken_back_and_the_last_admin_stays() -> None:
    site = Site()
    ana = site(ANA)
    board = ana.board()["id"]
    ana.put(f"boards/{board}/members", email=BEN.mail)
    ghost = ana.get(f"boards/{board}", membersInvited="all")["membersInvited"][0]["id"]
    ana.delete(f"boards/{board}/members/{ghost}")
    site.trello.accept("ben")
    assert site(BEN).get("members/me/boards") == []
    me = ana.get("members/me")["id"]
    assert ana.refused("DELETE", f"boards/{board}/members/{me}") == (403, "Not enough admins")
    assert ana.refused("PUT", f"boards/{board}/members/{me}", type="normal")[0] == 403


def test_roles_change_by_member_and_by_membership() -> None:
    site = Site()
    ana, ben, board = joined(site)
    ana.put(f"boards/{board}/members/{ben.get('members/me')['id']}", type="admin")
    membership = ana.get(f"boards/{board}/memberships")[1]
    assert membership["memberType"] == "admin"
    ana.put(f"boards/{board}/memberships/{membership['id']}", type="observer")
    assert site.trello.picture()["boards"][0]["members"][BEN.mail] == "observer"


def test_a_free_workspace_takes_ten_collaborators_counting_invitations() -> None:
    site = Site()
    ana = site(ANA)
    board = ana.board()["id"]
    for number in range(9):
        ana.put(f"boards/{board}/members", email=f"p{number}@acme.example")
    status, text = ana.refused("PUT", f"boards/{board}/members", email=BEN.mail)
    assert (status, json.loads(text)["error"]) == (403, "FREE_WORKSPACE_COLLABORATOR_LIMIT")
    assert site.subjects(BEN) == []
    org = ana.get("members/me/organizations")[0]["id"]
    limit = ana.get(f"organizations/{org}")["limits"]["orgs"]["usersPerFreeOrg"]
    assert limit == {"status": "disabled", "disableAt": 10, "warnAt": 9, "count": 10}

    other = ana.board("Other")["id"]
    ana.put(f"boards/{other}/members", email="p1@acme.example")
    site.trello.subscribe("ana")
    ana.put(f"boards/{board}/members", email=BEN.mail)
    assert "usersPerFreeOrg" not in ana.get(f"organizations/{org}")["limits"]["orgs"]


def test_a_free_workspace_has_ten_open_boards() -> None:
    site = Site()
    ana = site(ANA)
    boards = [ana.board(f"B{number}")["id"] for number in range(10)]
    assert ana.refused("POST", "boards", name="One more")[0] == 403
    ana.put(f"boards/{boards[0]}", closed=True)
    ana.board("Now")


def test_workspaces_tell_their_members_and_only_to_them() -> None:
    site = Site()
    ana = site(ANA)
    org = ana.get("members/me/organizations")[0]
    ana.put(f"organizations/{org['id']}/members", email=BEN.mail, fullName="Ben Ode")
    assert len(ana.get(f"organizations/{org['name']}/members")) == 1
    site.trello.accept("ben")
    names = [one["fullName"] for one in site(BEN).get(f"organizations/{org['id']}/members")]
    assert names == ["Ana Silva", "Ben Ode"]
    assert site(CAI).refused("GET", f"organizations/{org['id']}")[0] == 401
    assert ana.board(idOrganization=org["name"])["idOrganization"] == org["id"]


def test_who_is_put_on_a_card_or_named_in_a_comment_gets_a_mail_and_the_writer_none() -> None:
    site = Site()
    ana, ben, board = joined(site)
    me = ben.get("members/me")
    card = ana.card(ana.list({"id": board}))["id"]
    ana.post(f"cards/{card}/idMembers", value=me["id"])
    ana.post(f"cards/{card}/idMembers", value=ana.get("members/me")["id"])
    ana.post(f"cards/{card}/actions/comments", text=f"@{me['username']} look")
    assert site.subjects(BEN) == [
        "Ana Silva added you to the board Launch",
        "Ana Silva added you to the card Agree",
        "Ana Silva commented on the card Agree",
    ]
    assert site.subjects(ANA) == []


@pytest.mark.parametrize("mail", ["", "ben", "ben@acme", "a b@acme.example"])
def test_what_is_no_mailbox_is_not_invited(mail: str) -> None:
    ana = Site()(ANA)
    board = ana.board()["id"]
    assert ana.refused("PUT", f"boards/{board}/members", email=mail)[0] == 400


def test_a_person_who_comes_later_has_an_account_too() -> None:
    site = Site(people=(ANA,))
    site.world.people = (ANA, BEN)
    assert site(BEN).get("members/me")["fullName"] == "Ben Ode"
