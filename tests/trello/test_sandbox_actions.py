"""The log of the stand-in, and what moves a board's dateLastActivity."""

from typing import Any

from tests.trello.sandbox_client import ANA, BEN, Caller, Site


def begin(*switches: str) -> tuple[Site, Caller, Any, Any]:
    site = Site(frozenset(switches))
    ana = site(ANA)
    board = ana.board()
    card = ana.card(ana.list(board), desc="Before")
    return site, ana, board["id"], card


def kinds(actions: list[Any]) -> list[str]:
    return [one["type"] for one in actions]


def test_a_changed_card_says_what_was_there_before_and_who_changed_it() -> None:
    site, ana, board, card = begin()
    ben = site(BEN)
    ana.put(f"boards/{board}/members/{ben.get('members/me')['id']}", type="normal")
    ben.put(f"cards/{card['id']}", desc="After", name="Agree")
    [action] = ana.get(f"boards/{board}/actions", filter="updateCard")
    assert action["data"]["old"] == {"desc": "Before"}
    assert action["data"]["card"]["desc"] == "After"
    assert action["memberCreator"]["fullName"] == "Ben Ode"


def test_without_old_values_the_log_still_tells_which_card_changed() -> None:
    _, ana, board, card = begin("trello-no-data-old")
    ana.put(f"cards/{card['id']}", desc="After")
    [action] = ana.get(f"boards/{board}/actions", filter="updateCard:desc")
    assert "old" not in action["data"]
    assert action["data"]["card"]["id"] == card["id"]


def test_a_change_to_what_is_there_already_is_none() -> None:
    _, ana, board, card = begin()
    before = ana.get(f"boards/{board}/actions")
    ana.put(f"cards/{card['id']}", desc="Before", closed=False, pos=card["pos"])
    ana.put(f"boards/{board}", name="Launch")
    assert ana.get(f"boards/{board}/actions") == before


def test_a_move_names_both_lists() -> None:
    _, ana, board, card = begin()
    done = ana.list({"id": board}, "Done")
    ana.put(f"cards/{card['id']}", idList=done["id"])
    [move] = ana.get(f"cards/{card['id']}/actions")
    assert move["data"]["listBefore"]["name"] == "To do"
    assert move["data"]["listAfter"]["name"] == "Done"
    assert move["data"]["old"] == {"idList": card["idList"]}


def test_since_an_action_or_a_moment_are_those_after_it_newest_first() -> None:
    site, ana, board, card = begin()
    last = ana.get(f"boards/{board}/actions", limit=1)[0]
    moment = last["date"]
    site.now += 5
    ana.put(f"cards/{card['id']}", name="One")
    ana.put(f"cards/{card['id']}", name="Two")
    new = ana.get(f"boards/{board}/actions", since=last["id"])
    assert [one["data"]["card"]["name"] for one in new] == ["Two", "One"]
    assert ana.get(f"boards/{board}/actions", since=moment) == new
    assert ana.get(f"boards/{board}/actions", since=new[0]["id"]) == []
    older = ana.get(f"boards/{board}/actions", before=new[1]["id"])
    assert older[0]["id"] == last["id"]


def test_fifty_actions_are_told_and_a_thousand_at_most() -> None:
    _, ana, board, card = begin()
    for number in range(60):
        ana.put(f"cards/{card['id']}", name=f"N{number}")
    assert len(ana.get(f"boards/{board}/actions")) == 50
    assert len(ana.get(f"boards/{board}/actions", limit=1000)) == 63
    assert len(ana.get(f"boards/{board}/actions", limit=50, page=1)) == 13
    assert ana.refused("GET", f"boards/{board}/actions", limit=1001)[0] == 400


def test_of_check_items_only_their_state_is_in_the_log() -> None:
    _, ana, board, card = begin()
    item = ana.checklist(card, "Ask")["checkItems"][0]["id"]
    path = f"cards/{card['id']}/checkItem/{item}"
    ana.put(path, name="Ask Ben")
    ana.put(path, state="complete")
    log = ana.get(f"boards/{board}/actions")
    assert kinds(log)[:2] == ["updateCheckItemStateOnCard", "addChecklistToCard"]
    told = log[0]["data"]["checkItem"]
    assert told == {"id": item, "name": "Ask Ben", "state": "complete"}


def test_with_the_switch_a_ticked_item_tells_nothing_of_its_state() -> None:
    _, ana, board, card = begin("trello-bare-checkitem-actions")
    item = ana.checklist(card, "Ask")["checkItems"][0]["id"]
    ana.put(f"cards/{card['id']}/checkItem/{item}", state="complete")
    told = ana.get(f"boards/{board}/actions", limit=1)[0]["data"]["checkItem"]
    assert "state" not in told


def moved_by(site: Site, ana: Caller, board: str, path: str, **change: Any) -> bool:
    fields = {"fields": "dateLastActivity"}
    before = ana.get(f"boards/{board}", **fields)
    site.now += 10
    ana.put(path, **change)
    return bool(before != ana.get(f"boards/{board}", **fields))


def test_every_change_moves_the_activity_of_its_board() -> None:
    site, ana, board, card = begin()
    item = ana.checklist(card, "Ask")["checkItems"][0]["id"]
    label = ana.label({"id": board}, "Hot")["id"]
    assert moved_by(site, ana, board, f"cards/{card['id']}", desc="x")
    assert moved_by(site, ana, board, f"cards/{card['id']}/checkItem/{item}", name="x")
    assert moved_by(site, ana, board, f"labels/{label}", name="x")


def test_with_the_switch_only_a_new_card_moves_the_activity_of_its_board() -> None:
    site, ana, board, card = begin("trello-activity-only-cards")
    assert not moved_by(site, ana, board, f"cards/{card['id']}", desc="x")
    before = ana.get(f"boards/{board}", fields="dateLastActivity")
    ana.card({"id": card["idList"]}, "Another")
    assert ana.get(f"boards/{board}", fields="dateLastActivity") != before
    assert ana.get(f"cards/{card['id']}")["dateLastActivity"] != card["dateLastActivity"]


def test_copies_are_told_apart_from_new_cards_and_boards() -> None:
    _, ana, board, card = begin()
    ana.post("cards", idList=card["idList"], idCardSource=card["id"])
    copy = ana.board("Copy", idBoardSource=board, keepFromSource="cards")
    [copied] = ana.get(f"boards/{board}/actions", filter="copyCard")
    assert copied["data"]["cardSource"]["id"] == card["id"]
    [made] = ana.get(f"boards/{copy['id']}/actions")
    assert (made["type"], made["data"]["boardSource"]["id"]) == ("copyBoard", board)


def test_a_deleted_comment_leaves_the_log() -> None:
    _, ana, board, card = begin()
    comment = ana.post(f"cards/{card['id']}/actions/comments", text="Oops")
    assert kinds(ana.get(f"cards/{card['id']}/actions")) == ["commentCard"]
    ana.delete(f"actions/{comment['id']}")
    assert "commentCard" not in kinds(ana.get(f"boards/{board}/actions"))
