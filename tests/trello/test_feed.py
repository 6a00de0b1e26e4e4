"""What happened in a whole Trello account is told in one call."""

from tests.vendors.desk import US

from .desk import Desk, Team, small_board

BOARD, CARD = "board:work", "board:work/card:agree"


def built(desk: Desk, workspace: str = "k3v9-7q2m-x4dt") -> Team:
    team = Team(desk, workspace)
    team.build(*small_board())
    return team


def test_all_boards_are_asked_about_in_one_call() -> None:
    desk = Desk()
    north, south = built(desk), built(desk, "p8d2-4w6n-b7zc")
    cursor = north.tool.changes("").cursor
    desk.clock.sleep(1)
    desk.member(US).put(f"cards/{south.ids[CARD]}", {"name": "Another name"})
    desk.calls()
    told = north.tool.changes(cursor)
    assert told.touched == {south.ids[BOARD]}
    assert desk.calls() == ["GET /1/members/me/boards"]


def test_boards_that_come_go_or_are_closed_are_touched() -> None:
    desk = Desk()
    team = built(desk)
    cursor = team.tool.changes("").cursor
    desk.clock.sleep(1)
    came = built(desk, "p8d2-4w6n-b7zc").ids[BOARD]
    desk.member(US).put(f"boards/{team.ids[BOARD]}", {"closed": True})
    told = team.tool.changes(cursor)
    assert told.touched == {team.ids[BOARD], came}
    desk.member(US).delete(f"boards/{came}")
    assert team.tool.changes(told.cursor).touched == {came}
