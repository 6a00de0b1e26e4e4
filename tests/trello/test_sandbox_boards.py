"""Boards of the stand-in: made, read whole, changed, copied, closed, deleted."""

import pytest

from tests.trello.sandbox_client import ANA, BEN, NOON, Site

FIELDS = ["name", "desc", "closed", "idOrganization", "prefs", "limits", "dateLastActivity"]
CARD_FIELDS = ["name", "desc", "closed", "due", "dueComplete", "start", "idList", "idLabels"]
CARD_FIELDS += ["idMembers", "pos"]
WHOLE = {
    "fields": ",".join(FIELDS),
    "lists": "all",
    "list_fields": "name,closed,pos",
    "cards": "all",
    "card_fields": ",".join(CARD_FIELDS),
    "card_attachments": True,
    "card_attachment_fields": "name,url",
    "card_pluginData": True,
    "checklists": "all",
    "labels": "all",
    "labels_limit": 1000,
    "label_fields": "name,color",
    "members": "all",
    "member_fields": "fullName,username",
    "memberships": "all",
    "membersInvited": "all",
    "customFields": True,
}


def test_a_new_board_has_trellos_own_lists_and_labels_unless_they_are_declined() -> None:
    ana = Site()(ANA)
    usual = ana.post("boards", name="  Launch ")
    bare = ana.board()
    lists = [one["name"] for one in ana.get(f"boards/{usual['id']}/lists")]
    assert (usual["name"], lists) == ("Launch", ["To Do", "Doing", "Done"])
    assert len(ana.get(f"boards/{usual['id']}/labels")) == 6
    assert ana.get(f"boards/{bare['id']}/lists") == ana.get(f"boards/{bare['id']}/labels") == []


def test_ids_begin_with_the_second_of_birth_and_ascend() -> None:
    site = Site()
    first = site(ANA).board()
    site.now += 90
    second = site(ANA).board()
    assert int(first["id"][:8], 16) == NOON
    assert int(second["id"][:8], 16) == NOON + 90
    assert first["id"] < second["id"]
    assert first["shortUrl"].endswith(first["shortLink"])
    assert site(ANA).get(f"boards/{first['shortLink']}")["id"] == first["id"]


def test_one_call_reads_a_whole_board_with_exactly_the_fields_asked_for() -> None:
    ana = Site()(ANA)
    board = ana.board(desc="Plans")
    place = ana.list(board)
    card = ana.card(place, desc="[sm]: # x", urlSource="https://docs.example/brief")
    ana.checklist(card, "Ask", "Write")
    ana.label(board, "Hot", "red")
    ana.put(f"boards/{board['id']}/members", email="new@acme.example", fullName="New One")

    whole = ana.get(f"boards/{board['id']}", **WHOLE)

    assert set(whole) == {"id", *FIELDS} | {
        "lists", "cards", "checklists", "labels", "members", "memberships", "membersInvited",
        "customFields",
    }  # fmt: skip
    assert [set(one) for one in whole["lists"]] == [{"id", "name", "closed", "pos"}]
    [shown] = whole["cards"]
    assert set(shown) == {"id", *CARD_FIELDS, "attachments", "pluginData"}
    assert shown["attachments"][0]["url"] == "https://docs.example/brief"
    assert [item["name"] for item in whole["checklists"][0]["checkItems"]] == ["Ask", "Write"]
    assert [one["fullName"] for one in whole["members"]] == ["Ana Silva"]
    assert [one["fullName"] for one in whole["membersInvited"]] == ["New One"]
    assert [one["unconfirmed"] for one in whole["memberships"]] == [False, True]
    assert whole["limits"]["labels"]["perBoard"]["disableAt"] == 1000


def test_no_more_than_fifty_labels_are_told_unless_more_are_asked_for() -> None:
    ana = Site()(ANA)
    board = ana.board()
    for number in range(60):
        ana.label(board, f"L{number}")
    assert len(ana.get(f"boards/{board['id']}/labels")) == 50
    assert len(ana.get(f"boards/{board['id']}", labels="all")["labels"]) == 50
    assert len(ana.get(f"boards/{board['id']}", labels="all", labels_limit=1000)["labels"]) == 60
    assert ana.refused("GET", f"boards/{board['id']}/labels", limit=1001)[0] == 400


@pytest.mark.parametrize("keep", ["cards", "none"])
def test_a_copied_board_has_lists_and_labels_and_cards_only_when_asked(keep: str) -> None:
    site = Site()
    ana = site(ANA)
    source = ana.board(desc="Template")
    place = ana.list(source, "Week 1")
    label = ana.label(source, "Hot", "red")
    me = ana.get("members/me")["id"]
    card = ana.card(
        place, desc="Text\n\n[sm]: # x", idLabels=label["id"], idMembers=me, due="2026-12-01"
    )
    checklist = ana.checklist(card, "Ask", "Write")
    done = checklist["checkItems"][0]["id"]
    ana.put(f"cards/{card['id']}/checkItem/{done}", state="complete")

    made = ana.board("Acme", idBoardSource=source["id"], keepFromSource=keep, desc="Copy")

    assert made["desc"] == "Copy"
    copy, original = site.trello.picture()["boards"]
    assert (copy["name"], copy["labels"]) == ("Acme", original["labels"])
    if keep == "none":
        assert [one["cards"] for one in copy["lists"]] == [[]]
        return
    expected = original["lists"][0]["cards"][0] | {"members": []}
    assert copy["lists"][0]["cards"] == [expected]
    ids = {one["id"] for one in ana.get(f"boards/{made['id']}/cards")}
    assert card["id"] not in ids


def test_what_is_archived_stays_behind_when_a_board_is_copied() -> None:
    site = Site()
    ana = site(ANA)
    source = ana.board()
    kept, gone = ana.list(source, "Kept"), ana.list(source, "Gone")
    ana.card(gone, "In an archived list")
    ana.put(f"cards/{ana.card(kept, 'Archived')['id']}", closed=True)
    ana.put(f"lists/{gone['id']}/closed", body={"value": True})
    ana.board("Copy", idBoardSource=source["id"], keepFromSource="cards")
    assert site.trello.picture()["boards"][0]["lists"] == [
        {"name": "Kept", "closed": False, "cards": []}
    ]


def test_switches_change_what_a_copied_board_keeps() -> None:
    drops = frozenset({"trello-copy-drops-attachments", "trello-copy-resets-check-states"})
    site = Site(drops)
    ana = site(ANA)
    source = ana.board("Source")
    card = ana.card(ana.list(source), urlSource="https://docs.example/brief")
    item = ana.checklist(card, "Ask")["checkItems"][0]
    ana.put(f"cards/{card['id']}/checkItem/{item['id']}", state="complete")
    ana.board("Copy", idBoardSource=source["id"], keepFromSource="cards")
    copied = site.trello.picture()["boards"][0]["lists"][0]["cards"][0]
    assert copied["attachments"] == []
    assert [one["done"] for one in copied["checklists"][0]["items"]] == [False]


def test_only_the_fields_that_are_sent_change() -> None:
    ana = Site()(ANA)
    board = ana.board(desc="Plans")
    changed = ana.put(f"boards/{board['id']}", name=" Spring ", prefs__permissionLevel="org")
    same = {"dateLastActivity", "dateLastView", "ixUpdate", "url", "prefs", "name"}
    assert (changed["name"], changed["prefs"]["permissionLevel"]) == ("Spring", "org")
    assert {k: v for k, v in changed.items() if k not in same} == {
        k: v for k, v in board.items() if k not in same
    }


def test_a_closed_board_is_listed_as_closed_and_can_come_back() -> None:
    ana = Site()(ANA)
    board = ana.board()
    ana.put(f"boards/{board['id']}/closed", body={"value": "true"})
    assert ana.get("members/me/boards", filter="open") == []
    assert [one["id"] for one in ana.get("members/me/boards", filter="closed")] == [board["id"]]
    ana.put(f"boards/{board['id']}", closed=False)
    fields = ana.get("members/me/boards", filter="open", fields="id,dateLastActivity")
    assert [set(one) for one in fields] == [{"id", "dateLastActivity"}]


def test_a_deleted_board_and_everything_on_it_is_gone() -> None:
    site = Site()
    ana = site(ANA)
    board = ana.board()
    card = ana.card(ana.list(board))
    ana.checklist(card, "Ask")
    ana.delete(f"boards/{board['id']}")
    assert ana.refused("GET", f"boards/{board['id']}") == (404, "board not found")
    assert ana.refused("GET", f"cards/{card['id']}") == (404, "card not found")
    assert site.trello.picture()["boards"] == []
    assert not site.trello.store.items


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": " "}, "invalid value for name"),
        ({"name": "x" * 16385}, "invalid value for name"),
        ({"name": "x", "desc": "😀" * 8193}, "invalid value for desc"),
        ({"name": "x", "prefs_permissionLevel": "secret"}, "permissionLevel"),
        ({"name": "x", "defaultLists": "perhaps"}, "invalid value for defaultLists"),
        ({"name": "x", "idBoardSource": "nope"}, "invalid id"),
    ],
)
def test_a_board_that_trello_does_not_take_is_refused_in_plain_text(
    given: dict[str, str], words: str
) -> None:
    site = Site()
    status, text = site(ANA).refused("POST", "boards", **given)
    assert status == 400
    assert words in text
    assert site.trello.picture()["boards"] == []


def test_unknown_fields_ids_and_routes_are_refused() -> None:
    ana = Site()(ANA)
    board = ana.board()
    assert ana.refused("GET", f"boards/{board['id']}", fields="nmae")[0] == 400
    assert ana.refused("GET", "boards/Stuff") == (400, "invalid id")
    assert ana.refused("GET", "boards/" + "0" * 24) == (404, "board not found")
    assert ana.refused("GET", "nowhere")[0] == 404


def test_somebody_else_sees_a_board_of_the_workspace_only_when_it_is_open_to_it() -> None:
    site = Site()
    ana, ben = site(ANA), site(BEN)
    board = ana.board()
    workspace = ana.get("members/me/organizations")[0]
    ana.put(f"organizations/{workspace['id']}/members/{ben.get('members/me')['id']}", type="normal")
    assert ben.refused("GET", f"boards/{board['id']}") == (
        401,
        "unauthorized permission requested",
    )
    ana.put(f"boards/{board['id']}", prefs__permissionLevel="org")
    assert ben.get(f"boards/{board['id']}")["name"] == "Launch"
