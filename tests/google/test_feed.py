"""What happened in a whole Google account is told in two calls, and forgotten feeds heal."""

from tests.vendors.desk import US, creation

from .desk import ROOT, Desk, Team, small_workspace

EVENTS = "GET /calendar/v3/calendars/{}/events"


def built(desk: Desk | None = None, workspace: str = "k3v9-7q2m-x4dt") -> Team:
    team = Team(desk or Desk(), workspace)
    team.build(*small_workspace())
    return team


def begun(team: Team) -> str:
    """Begin a feed; return where it stands."""
    cursor: str = team.tool.changes("").cursor
    team.desk.calls()
    return cursor


def test_two_workspaces_are_asked_about_in_two_calls() -> None:
    north = built()
    south = built(north.desk, "p8d2-4w6n-b7zc")
    calendar = north.ids["meeting:weekly"].rpartition("/")[0]
    cursor = begun(north)
    south.write("document:glossary", title="Words")
    north.desk.calls()
    told = north.tool.changes(cursor)
    assert north.desk.calls() == ["GET /drive/v3/changes", EVENTS.format(calendar)]
    assert told.touched is not None
    assert south.ids["document:glossary"] in told.touched
    assert not told.touched & set(north.ids.values())


def test_what_is_put_into_a_folder_touches_the_folder() -> None:
    team = built()
    cursor = begun(team)
    team.desk.let_in(team.ids["folder:home"]).make(team.ids["folder:home"], "Mine", "text/plain")
    told = team.tool.changes(cursor).touched
    assert told is not None
    assert team.ids["folder:home"] in told


def test_one_occurrence_that_is_changed_touches_its_series() -> None:
    team = built()
    meeting = team.ids["meeting:weekly"]
    calendar, _, series = meeting.rpartition("/")
    cursor = begun(team)
    occurrence = f"{series}_20261214T100000Z"
    hands = team.desk.member(US)
    hands.change_event(calendar, occurrence, summary="Moved")
    told = team.tool.changes(cursor).touched
    assert told == {meeting, f"{calendar}/{occurrence}"}


def test_a_calendar_that_is_made_later_is_found() -> None:
    team = Team(Desk())
    team.build(creation(ROOT, title="Acme", done=False))
    cursor = begun(team)
    whole = {each.address: each for each in small_workspace()}
    team.build(whole["meeting:weekly"])
    told = team.desk.integration().changes(cursor)
    assert told.touched is not None
    assert team.ids["meeting:weekly"] in told.touched


def test_a_calendar_feed_that_forgot_begins_anew() -> None:
    team = built()
    cursor = begun(team)
    team.desk.member(US).call("POST", "/_google/expire-sync-tokens", {})
    told = team.tool.changes(cursor)
    assert told.touched is None
    assert team.tool.changes(told.cursor).touched == frozenset()
