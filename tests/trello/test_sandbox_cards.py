"""Cards, lists and checklists of the stand-in."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trello.sandbox_client import ANA, Caller, Site

STEP = 16384


def begin(site: Site | None = None) -> tuple[Caller, Any, Any]:
    ana = (site or Site())(ANA)
    board = ana.board()
    return ana, board, ana.list(board)


def test_one_call_makes_a_card_with_everything_it_can_carry() -> None:
    ana, board, place = begin()
    label = ana.label(board, "Hot", "red")
    me = ana.get("members/me")["id"]
    card = ana.card(
        place,
        "  Agree  ",
        desc="Why\n\n[sm]: # x",
        due="2026-12-01T17:00:00+01:00",
        start="2026-11-30",
        dueComplete=True,
        idLabels=label["id"],
        idMembers=me,
        urlSource="https://docs.example/brief",
    )
    assert card["name"] == "Agree"
    assert card["desc"] == "Why\n\n[sm]: # x"
    assert (card["due"], card["start"]) == ("2026-12-01T16:00:00.000Z", "2026-11-30T00:00:00.000Z")
    assert card["dueComplete"] is True
    assert [one["name"] for one in card["labels"]] == ["Hot"]
    assert card["idMembers"] == [me]
    assert card["badges"]["attachments"] == 1


def test_a_json_body_means_the_same_as_the_query() -> None:
    site = Site()
    ana, board, place = begin(site)
    label = ana.label(board, "Hot", "red")
    ana.card(place, "A", due="2026-12-01", idLabels=label["id"])
    body = {"idList": place["id"], "name": "A", "due": "2026-12-01", "idLabels": [label["id"]]}
    ana.post("cards", body=body)
    first, second = site.trello.picture()["boards"][0]["lists"][0]["cards"]
    assert first == second


def test_positions_are_steps_and_top_and_bottom_are_first_and_last() -> None:
    ana, board, place = begin()
    names = {
        ana.card(place, name, pos=pos)["name"]: pos
        for name, pos in (("b", "bottom"), ("c", "bottom"), ("a", "top"), ("d", STEP * 9))
    }
    cards = ana.get(f"lists/{place['id']}/cards")
    assert [card["name"] for card in cards] == ["a", "b", "c", "d"]
    assert [card["pos"] for card in cards] == [STEP / 2, STEP, STEP * 2, STEP * 9]
    assert len(names) == 4
    left = ana.post(f"boards/{board['id']}/lists", name="Left")
    assert left["pos"] < place["pos"]
    for bad in ("middle", "-1", "0", "nan"):
        assert ana.refused("PUT", f"cards/{cards[0]['id']}", pos=bad)[0] == 400


CHANGES: dict[str, st.SearchStrategy[Any]] = {
    "name": st.sampled_from(["New", " Trimmed "]),
    "desc": st.text(max_size=20),
    "due": st.sampled_from(["2026-12-24T10:00:00.000Z", None]),
    "start": st.sampled_from(["2026-12-20T00:00:00.000Z", None]),
    "dueComplete": st.booleans(),
    "closed": st.booleans(),
    "pos": st.integers(1, 10**6),
}


@given(st.fixed_dictionaries({}, optional=CHANGES), st.booleans())
def test_a_put_changes_the_fields_it_names_and_no_other(
    changes: dict[str, Any], in_body: bool
) -> None:
    ana, _, place = begin()
    before = ana.card(place, desc="Words", due="2026-12-01", start="2026-11-30")
    sent = {"body": changes} if in_body else changes
    ana.put(f"cards/{before['id']}", **sent)
    after = ana.get(f"cards/{before['id']}")
    loose = {"dateLastActivity", "badges", "url"}
    meant = before | {k: v.strip() if k == "name" else v for k, v in changes.items()}
    assert {k: v for k, v in after.items() if k not in loose} == {
        k: v for k, v in meant.items() if k not in loose
    }


def test_the_old_single_field_routes_work_too() -> None:
    ana, board, place = begin()
    done = ana.list(board, "Done")
    card = ana.card(place, due="2026-12-01")["id"]
    ana.put(f"cards/{card}/idList", body={"value": done["id"]})
    ana.put(f"cards/{card}/due", body={"value": None})
    ana.put(f"cards/{card}/name", body={"value": "Renamed"})
    ana.put(f"cards/{card}/closed", body={"value": True})
    after = ana.get(f"cards/{card}")
    assert (after["idList"], after["due"], after["name"]) == (done["id"], None, "Renamed")
    assert after["closed"] is True
    assert ana.get(f"cards/{card}/name") == {"_value": "Renamed"}
    assert ana.refused("PUT", f"cards/{card}/colour", body={"value": 1})[0] == 404


def test_labels_and_members_come_and_go_one_by_one() -> None:
    ana, board, place = begin()
    card, me = ana.card(place)["id"], ana.get("members/me")["id"]
    hot, cold = ana.label(board, "Hot"), ana.label(board, "Cold", "blue")
    ana.post(f"cards/{card}/idLabels", value=hot["id"])
    ana.post(f"cards/{card}/idLabels", value=cold["id"])
    ana.post(f"cards/{card}/idMembers", value=me)
    assert ana.refused("POST", f"cards/{card}/idLabels", value=hot["id"])[0] == 400
    assert ana.refused("POST", f"cards/{card}/idMembers", value=me)[0] == 400
    ana.delete(f"cards/{card}/idLabels/{hot['id']}")
    ana.delete(f"cards/{card}/idMembers/{me}")
    after = ana.get(f"cards/{card}")
    assert (after["idLabels"], after["idMembers"]) == ([cold["id"]], [])
    ana.delete(f"labels/{cold['id']}")
    assert ana.get(f"cards/{card}")["labels"] == []


def test_a_put_of_a_whole_set_throws_out_what_it_does_not_name() -> None:
    ana, board, place = begin()
    hot, cold = ana.label(board, "Hot"), ana.label(board, "Cold", "blue")
    card = ana.card(place, idLabels=f"{hot['id']},{cold['id']}")
    after = ana.put(f"cards/{card['id']}", idLabels=cold["id"])
    assert after["idLabels"] == [cold["id"]]


def test_labels_and_members_of_elsewhere_are_refused() -> None:
    ana, _, place = begin()
    other = ana.board("Other")
    label = ana.label(other, "Theirs")
    assert ana.refused("POST", "cards", idList=place["id"], idLabels=label["id"]) == (
        400,
        "invalid value for idLabels",
    )
    assert ana.get(f"lists/{place['id']}/cards") == []


@pytest.mark.parametrize("due", ["tomorrow", "2026-13-01", "12/24/2026"])
def test_a_date_that_is_none_is_refused(due: str) -> None:
    ana, _, place = begin()
    status, text = ana.refused("POST", "cards", idList=place["id"], name="x", due=due)
    assert (status, text) == (400, "invalid date for due")


def test_a_copied_card_keeps_its_description_and_what_is_asked_for() -> None:
    site = Site()
    ana, _, place = begin(site)
    card = ana.card(place, desc="[sm]: # x", due="2026-12-01", urlSource="https://docs.example/a")
    ana.checklist(card, "Ask", "Write")
    ana.post(f"cards/{card['id']}/actions/comments", text="Hello")
    ana.post("cards", idList=place["id"], idCardSource=card["id"])
    ana.post(
        "cards",
        idList=place["id"],
        idCardSource=card["id"],
        keepFromSource="checklists",
        name="Less",
    )
    first, whole, less = site.trello.picture()["boards"][0]["lists"][0]["cards"]
    assert whole == first
    assert (less["name"], less["desc"], less["due"]) == ("Less", "[sm]: # x", None)
    assert less["checklists"] == first["checklists"]
    assert less["attachments"] == less["comments"] == []


def test_a_card_moves_to_another_board_with_labels_that_look_the_same() -> None:
    site = Site()
    ana, board, place = begin(site)
    card = ana.card(place, idLabels=ana.label(board, "Hot", "red")["id"])
    other = ana.list(ana.board("Other"))
    moved = ana.put(f"cards/{card['id']}", idList=other["id"], idBoard=other["idBoard"])
    assert (moved["idBoard"], moved["labels"][0]["name"]) == (other["idBoard"], "Hot")
    assert ana.get(f"boards/{board['id']}/cards", filter="all") == []


def test_check_items_are_added_ticked_renamed_moved_and_deleted() -> None:
    ana, _, place = begin()
    card = ana.card(place)
    checklist = ana.checklist(card, "Ask", "Write")
    ask, write = checklist["checkItems"]
    one = f"cards/{card['id']}/checkItem/{ask['id']}"
    assert ana.put(one, state="complete", name="Ask Ben")["state"] == "complete"
    ana.put(one, pos="bottom")
    ana.put(
        f"cards/{card['id']}/checklist/{checklist['id']}/checkItem/{write['id']}",
        body={"state": "complete"},
    )
    after = ana.get(f"cards/{card['id']}/checklists")[0]["checkItems"]
    assert sorted((i["pos"], i["name"], i["state"]) for i in after) == [
        (STEP * 2, "Write", "complete"),
        (STEP * 3, "Ask Ben", "complete"),
    ]
    badges = ana.get(f"cards/{card['id']}", fields="badges")["badges"]
    assert (badges["checkItems"], badges["checkItemsChecked"]) == (2, 2)
    ana.delete(f"checklists/{checklist['id']}/checkItems/{ask['id']}")
    ana.put(f"checklists/{checklist['id']}/name", body={"value": "Before"})
    left = ana.get(f"checklists/{checklist['id']}")
    assert (left["name"], [i["name"] for i in left["checkItems"]]) == ("Before", ["Write"])
    ana.delete(f"checklists/{checklist['id']}")
    assert ana.get(f"cards/{card['id']}")["idChecklists"] == []


def test_an_item_is_found_under_its_own_card_only() -> None:
    ana, _, place = begin()
    item = ana.checklist(ana.card(place), "Ask")["checkItems"][0]
    other = ana.card(place, "Other")
    path = f"cards/{other['id']}/checkItem/{item['id']}"
    assert ana.refused("PUT", path, state="complete")[0] == 404


def test_a_checklist_is_copied_with_its_items() -> None:
    ana, _, place = begin()
    card, other = ana.card(place), ana.card(place, "Other")
    source = ana.checklist(card, "Ask", "Write")
    copy = ana.post(f"cards/{other['id']}/checklists", idChecklistSource=source["id"])
    assert copy["name"] == source["name"]
    assert [i["name"] for i in copy["checkItems"]] == ["Ask", "Write"]


def test_archived_cards_and_lists_are_filtered_as_asked() -> None:
    ana, board, place = begin()
    hidden = ana.list(board, "Hidden")
    ana.card(place, "open")
    ana.card(hidden, "in an archived list")
    ana.put(f"cards/{ana.card(place, 'archived')['id']}", closed=True)
    ana.put(f"lists/{hidden['id']}", closed=True)
    names = {
        which: {c["name"] for c in ana.get(f"boards/{board['id']}/cards/{which}")}
        for which in ("all", "open", "closed", "visible", "none")
    }
    assert names == {
        "all": {"open", "archived", "in an archived list"},
        "open": {"open", "in an archived list"},
        "closed": {"archived"},
        "visible": {"open"},
        "none": set(),
    }
    assert [one["name"] for one in ana.get(f"boards/{board['id']}/lists/closed")] == ["Hidden"]


def test_comments_and_attachments_are_kept_changed_and_deleted() -> None:
    site = Site()
    ana, _, place = begin(site)
    card = ana.card(place)["id"]
    comment = ana.post(f"cards/{card}/actions/comments", text="First")
    ana.put(f"actions/{comment['id']}", text="Second")
    link = ana.post(f"cards/{card}/attachments", url="https://docs.example/a", name="Brief")
    shown = site.trello.picture()["boards"][0]["lists"][0]["cards"][0]
    assert shown["comments"] == [{"by": "Ana Silva", "text": "Second"}]
    assert shown["attachments"] == [{"name": "Brief", "url": "https://docs.example/a"}]
    ana.delete(f"cards/{card}/actions/{comment['id']}/comments")
    ana.delete(f"cards/{card}/attachments/{link['id']}")
    shown = site.trello.picture()["boards"][0]["lists"][0]["cards"][0]
    assert shown["comments"] == shown["attachments"] == []


def test_a_deleted_card_is_gone_but_the_log_of_its_board_knows() -> None:
    ana, board, place = begin()
    card = ana.card(place)
    ana.delete(f"cards/{card['id']}")
    assert ana.refused("PUT", f"cards/{card['id']}", name="x") == (404, "card not found")
    [gone] = ana.get(f"boards/{board['id']}/actions", filter="deleteCard")
    assert gone["data"]["card"]["id"] == card["id"]
