"""What a look at Google costs, and what it sees: only what changed is read again."""

import json
from dataclasses import replace
from typing import Any

import pytest

from smarketing.contract import Busy, Calls, Listing, Scope, Unreachable
from smarketing.integrations.google.files import MIME
from smarketing.integrations.google.google import Google
from smarketing.standin import Answer, Asked, json_answer
from tests.vendors.desk import ANA, US, Kept, creation

from .desk import ROOT, Desk, Team, small_workspace


def built() -> Team:
    team = Team()
    team.build(*small_workspace())
    return team


def remembered(team: Team, listing: Listing | None = None) -> Scope:
    """Return the scope of a run that remembers all that a listing told."""
    found = listing or team.tool.read(Scope(team.workspace, (team.ids[ROOT],)))
    return Scope(
        team.workspace,
        (team.ids[ROOT],),
        {each.id: each.version for each in found.remotes},
        bound={each.id: each.kind for each in found.remotes},
        cursor=found.cursor,
    )


def look(team: Team, scope: Scope) -> tuple[Listing, Calls]:
    before = team.tool.spent()
    listing = team.tool.read(scope)
    return listing, team.tool.spent() - before


def test_a_look_takes_two_calls_when_nothing_changed() -> None:
    team = built()
    scope = remembered(team)
    listing, calls = look(team, scope)
    assert calls == Calls(2, 0)
    assert not listing.remotes
    assert listing.unchanged == set(scope.known)


def test_a_look_from_another_process_takes_no_more() -> None:
    team = built()
    scope = remembered(team)
    team.tool = team.desk.integration()
    listing, calls = look(team, scope)
    assert calls == Calls(2, 0)
    assert listing.unchanged == set(scope.known)


def test_only_the_document_that_a_member_edited_is_read_again() -> None:
    team = built()
    scope = remembered(team)
    glossary = team.ids["document:glossary"]
    team.desk.let_in(glossary).type_over(glossary, "A member wrote this.")
    listing, calls = look(team, scope)
    assert [(each.id, each.fields["body"]) for each in listing.remotes] == [
        (glossary, "A member wrote this.\n")
    ]
    assert listing.unchanged == set(scope.known) - {glossary}
    assert calls == Calls(3, 0)


def test_a_cell_that_a_member_filled_is_seen() -> None:
    team = built()
    scope = remembered(team)
    table = team.ids["table:tracker"]
    team.desk.let_in(table).put_cell(table, "C2", "done")
    listing, _ = look(team, scope)
    rows = {each.id: each.fields["cells"] for each in listing.remotes if each.kind == "row"}
    assert rows == {team.ids["table:tracker/row:first"]: {"title": "Agree", "status": "done"}}


def test_a_meeting_that_a_member_moved_is_seen() -> None:
    team = built()
    scope = remembered(team)
    calendar, event = team.ids["meeting:weekly"].split("/")
    when = {"dateTime": "2026-12-07T11:00:00", "timeZone": "Europe/London"}
    hands = team.desk.member(team.desk.people[0])
    hands.change_event(calendar, event, start=when, end=when)
    listing, calls = look(team, scope)
    assert [each.fields["start"] for each in listing.remotes] == ["2026-12-07T11:00"]
    assert calls == Calls(2, 0)


def test_what_went_to_the_bin_is_gone() -> None:
    team = built()
    scope = remembered(team)
    glossary = team.ids["document:glossary"]
    team.desk.member(team.desk.people[0]).trash(glossary)
    for each in (scope, replace(scope, cursor="", known={})):
        listing = team.tool.read(each)
        assert glossary not in {remote.id for remote in listing.remotes} | listing.unchanged


def test_our_own_write_is_no_news() -> None:
    team = built()
    listing = team.tool.read(Scope(team.workspace, (team.ids[ROOT],)))
    team.write("folder:home", title="House")
    scope = remembered(team)
    listing, _ = look(team, replace(scope, cursor=listing.cursor))
    assert not listing.remotes


def test_an_object_of_which_no_version_is_known_is_read_by_its_id() -> None:
    team = built()
    scope = remembered(team)
    glossary = team.ids["document:glossary"]
    known = {each: version for each, version in scope.known.items() if each != glossary}
    listing, calls = look(team, replace(scope, known=known))
    assert [each.id for each in listing.remotes] == [glossary]
    assert calls == Calls(4, 0)


def test_a_search_that_lags_behind_hides_nothing_that_is_bound() -> None:
    team = Team(Desk(lag=60.0))
    team.build(*small_workspace())
    bound = {each: "document" if "#" not in each else "row" for each in team.ids.values()}
    kinds = {team.ids[address]: address.rsplit("/", 1)[-1].split(":")[0] for address in team.ids}
    listing = team.tool.read(Scope(team.workspace, bound=bound | kinds))
    assert {each.id for each in listing.remotes} == set(team.ids.values())


def test_a_folder_whose_reply_was_lost_is_found_although_the_search_lags() -> None:
    team = Team(Desk(lag=60.0))
    team.build(creation(ROOT, title="Acme", done=False))
    desk = team.desk

    def dropped(asked: Asked) -> Answer | None:
        if asked.method == "POST" and asked.path == "/drive/v3/files":
            desk.vendor.answer(asked)
            raise ConnectionError("dropped")
        return None

    desk.before = dropped
    with pytest.raises(ConnectionError):
        team.apply(creation("folder:home", ROOT, title="Home"))
    desk.before = None
    assert "folder:home" in {each.marker for each in team.read()}


def test_feeds_that_forgot_are_answered_by_a_full_look() -> None:
    team = built()
    scope = remembered(team)

    def forgotten(asked: Asked) -> Answer | None:
        if "syncToken" in asked.query:
            return json_answer({"error": {"code": 410}}, 410)
        return None

    team.desk.before = forgotten
    listing = team.tool.read(scope)
    assert listing.unchanged == set(scope.known)
    assert team.ids["meeting:weekly"] in listing.unchanged


def test_a_cursor_that_nobody_can_read_is_answered_by_a_full_look() -> None:
    team = built()
    scope = replace(remembered(team), cursor="x")
    assert team.tool.read(scope).unchanged == set(scope.known)


def test_lost_state_takes_few_calls() -> None:
    team = built()
    team.tool = team.desk.integration()
    listing, calls = look(team, Scope(team.workspace))
    # feed; two searches; one document; one table; calendars; events
    assert calls == Calls(7, 0)
    assert {each.id for each in listing.remotes} == set(team.ids.values())


def test_a_request_to_wait_is_passed_on() -> None:
    team = built()
    error: dict[str, Any] = {"code": 403, "errors": [{"reason": "userRateLimitExceeded"}]}
    team.desk.before = lambda asked: json_answer({"error": error}, 403)
    with pytest.raises(Busy):
        team.read()


def test_an_answer_that_is_incomplete_is_no_answer() -> None:
    team = built()
    team.desk.before = lambda asked: (
        json_answer({}, 500) if asked.path.startswith("/v1/documents") else None
    )
    with pytest.raises(Unreachable):
        team.read()


def test_a_file_that_we_may_not_see_is_named_with_what_to_do() -> None:
    team = built()
    hands = team.desk.member(ANA)
    theirs = hands.call("POST", "/drive/v3/files", {"name": "Theirs"})["id"]
    scope = Scope(
        team.workspace,
        existing={"document:plan": f"https://docs.google.com/document/d/{theirs}/edit"},
    )
    with pytest.raises(Unreachable, match="scope: wider"):
        team.tool.read(scope)


def test_what_is_named_as_existing_comes_with_its_address() -> None:
    team = built()
    glossary = team.ids["document:glossary"]
    url = f"https://docs.google.com/document/d/{glossary}/edit?usp=sharing"
    listing = team.tool.read(Scope("another-one-1", existing={"document:words": url}))
    assert [(each.id, each.marker) for each in listing.remotes] == [(glossary, "document:words")]


def test_rights_that_a_folder_gives_are_not_told_again_inside() -> None:
    team = built()
    team.desk.let_in(team.ids["folder:home"], ANA)
    assert team.now("folder:home").fields["access"] == {
        "rob@acme.example": "writer",
        "ana@acme.example": "writer",
    }
    assert team.now("document:glossary").fields["access"] == {"rob@acme.example": "writer"}


def test_it_says_who_is_signed_in() -> None:
    team = Team()
    assert team.tool.check() == "Google, as rob@acme.example"
    assert team.tool.spent() == Calls(0, 0)


def test_a_calendar_that_a_member_deleted_takes_its_meetings_along() -> None:
    team = built()
    scope = remembered(team)
    calendar, _ = team.ids["meeting:weekly"].split("/")
    team.desk.member(US).call("DELETE", f"/calendar/v3/calendars/{calendar}")
    listing = team.tool.read(scope)
    assert team.ids["meeting:weekly"] not in listing.unchanged
    assert "meeting" not in {each.kind for each in listing.remotes}


def test_what_is_ours_to_adopt_is_offered_and_what_a_workspace_has_is_not() -> None:
    team = Team(Desk(settings={"scope": "wider"}))
    team.build(*small_workspace())
    theirs = team.desk.member(US).make("root", "Old plan", MIME["document"])
    offered = team.tool.offers(frozenset({"document", "folder", "meeting"}))
    assert theirs in {each.id for each in offered}
    assert not {each.id for each in offered} & set(team.ids.values())


def test_a_workspace_may_live_in_a_shared_drive() -> None:
    desk = Desk()
    hands = desk.member(US)
    drive = hands.call("POST", "/drive/v3/drives", {"name": "Sales"}, requestId="one")["id"]
    desk.settings = {"shared_drive": drive}
    team = Team(desk)
    team.build(*small_workspace())
    assert hands.file(team.ids[ROOT])["parents"] == [drive]
    desk.let_in(team.ids["folder:home"], ANA)
    home = team.now("folder:home")
    assert home.ours
    assert home.fields["access"] == {"ana@acme.example": "writer"}
    scope = remembered(team)
    listing, calls = look(team, scope)
    assert listing.unchanged == set(scope.known)
    assert calls == Calls(2, 0)


def test_what_was_made_since_a_cursor_is_found_although_the_search_lags() -> None:
    team = Team(Desk(lag=60.0))
    cursor = team.tool.read(Scope(team.workspace)).cursor
    team.build(*small_workspace())
    team.tool = team.desk.integration()
    listing = team.tool.read(Scope(team.workspace, cursor=cursor))
    assert {each.id for each in listing.remotes} == set(team.ids.values())


def test_a_service_account_signs_in_without_a_person() -> None:
    desk = Desk()
    key = json.dumps(desk.vendor.service_account("https://elsewhere.example/token"))
    setup = replace(desk.setup(US), secrets=lambda host: Kept({"service_account": key}))
    assert Google(setup).check().startswith("Google, as robot@")


def test_with_narrow_sight_the_wider_scope_is_named_before_anything_is_offered() -> None:
    with pytest.raises(Unreachable, match="login google --wider"):
        Team(Desk()).tool.offers(frozenset({"document"}))
