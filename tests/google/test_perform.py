"""What a write does at Google: made once, never over a member's words, told to nobody unasked."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from smarketing.contract import FIRST, LAST, Change, Done, Failed, Later, Lost, Remote, Stale
from smarketing.kinds import ARCHIVED, THERE
from smarketing.standin import Answer, Asked, json_answer
from tests.vendors.desk import ANA, BEN, US, creation

from .desk import ROOT, Desk, Team, small_workspace

BODY = "# Glossary\n\nA lead is a person. They said yes.\n\nAsk Ana.\n"


def built() -> Team:
    team = Team()
    team.build(*small_workspace())
    return team


def once(wanted: Callable[[Asked], bool], do: Callable[[Asked], Answer | None]) -> Any:
    """Do something at the first request of this sort."""
    done: list[Asked] = []

    def before(asked: Asked) -> Answer | None:
        if done or not wanted(asked):
            return None
        done.append(asked)
        return do(asked)

    return before


def dropped(desk: Desk) -> Callable[[Asked], Answer]:
    """Serve a request, and drop the reply."""

    def do(asked: Asked) -> Answer:
        desk.vendor.answer(asked)
        raise requests.ConnectionError("Connection aborted")

    return do


def grant(address: str, who: str, role: str = "writer", note: str = "") -> Change:
    before = Remote("", address.split(":")[0], {"access": {}})
    fields = {"access": {who: role}}
    return Change("grant", address, before.kind, fields, before=before, stage=LAST, note=note)


def test_the_plan_counts_the_calls_that_are_made() -> None:
    team = Team()
    team.tool.read(team_scope(team))
    steps = team.steps(*small_workspace())
    for step in steps:
        before = team.tool.spent()
        outcomes = team.tool.perform(step, dict(team.ids))
        assert team.tool.spent() - before == step.calls, step.key
        for change, outcome in zip(step.changes, outcomes, strict=True):
            assert isinstance(outcome, Done)
            team.ids[change.address] = outcome.remote.id


def team_scope(team: Team) -> Any:
    from smarketing.contract import Scope

    return Scope(team.workspace)


def test_a_document_is_made_in_one_call_with_headings_and_lists() -> None:
    team = built()
    content = team.desk.member(US).document(team.ids["document:glossary"])["body"]["content"]
    paragraphs = [each["paragraph"] for each in content if "paragraph" in each]
    assert paragraphs[0]["paragraphStyle"]["namedStyleType"] == "HEADING_1"
    assert sum("bullet" in each for each in paragraphs) == 2


def test_an_edit_leaves_a_members_bold_words_bold() -> None:
    team = built()
    glossary = team.ids["document:glossary"]
    assert isinstance(team.write("document:glossary", body=BODY), Done)
    hands = team.desk.let_in(glossary)
    text = "".join(
        run["textRun"]["content"]
        for each in hands.document(glossary)["body"]["content"]
        for run in each.get("paragraph", {}).get("elements", ())
    )
    at = text.index("Ask Ana") + 1
    bold = {
        "updateTextStyle": {
            "range": {"startIndex": at, "endIndex": at + 3},
            "textStyle": {"bold": True},
            "fields": "bold",
        }
    }
    hands.edit(glossary, bold)
    now = str(team.now("document:glossary").fields["body"])
    assert "**Ask**" in now
    wanted = now.replace("They said yes.", "They said yes, in writing.")
    assert isinstance(team.write("document:glossary", body=wanted), Done)
    assert team.now("document:glossary").fields["body"] == wanted


def test_words_that_a_member_typed_between_look_and_write_stay() -> None:
    team = built()
    glossary = team.ids["document:glossary"]
    hands = team.desk.let_in(glossary)
    change = team.update("document:glossary", body=BODY)
    team.desk.before = once(
        lambda asked: asked.path.endswith(":batchUpdate"),
        lambda asked: hands.type_over(glossary, "A member was faster."),
    )
    assert team.apply(change) == [Stale()]
    assert team.now("document:glossary").fields["body"] == "A member was faster.\n"


def test_a_table_gets_its_cells_keys_and_choices_in_one_call() -> None:
    team = built()
    table = team.ids["table:tracker"]
    assert team.desk.member(US).cells(table) == [
        ["smarketing", "Title", "Status"],
        ["first", "Agree", "open"],
    ]
    assert team.now("table:tracker/column:status").fields["choices"] == frozenset({"open", "done"})


def test_members_rows_and_columns_are_left_alone() -> None:
    team = built()
    table = team.ids["table:tracker"]
    hands = team.desk.let_in(table)
    hands.put_cell(table, "D1", "Theirs")
    hands.put_cell(table, "D2", "mine")
    hands.put_cell(table, "B3", "A row of Ana's")
    assert isinstance(
        team.write("table:tracker/row:first", cells={"title": "Agreed", "status": "open"}), Done
    )
    team.build(creation("table:tracker/row:second", "table:tracker", cells={"title": "Two"}))
    assert hands.cells(table) == [
        ["smarketing", "Title", "Status", "Theirs"],
        ["first", "Agreed", "open", "mine"],
        ["", "A row of Ana's"],
        ["second", "Two"],
    ]


def test_a_text_like_a_formula_stays_a_text() -> None:
    team = built()
    text = '=HYPERLINK("https://evil.example","x")'
    team.write("table:tracker/row:first", cells={"title": text, "status": "1-2"})
    assert team.desk.member(US).cells(team.ids["table:tracker"])[1] == ["first", text, "1-2"]


def test_a_meeting_is_entered_silently() -> None:
    team = built()
    team.build(
        creation(
            "meeting:guests",
            ROOT,
            title="Guests",
            start="2026-12-08T10:00",
            minutes=30,
            timezone="Europe/London",
            attendees=frozenset({"ana@acme.example"}),
        )
    )
    assert not team.desk.tools.mails


def test_a_meeting_that_a_member_changed_at_the_same_moment_is_stale() -> None:
    team = built()
    calendar, event = team.ids["meeting:weekly"].split("/")
    change = team.update("meeting:weekly", title="Every week")
    hands = team.desk.member(US)
    team.desk.before = once(
        lambda asked: asked.method == "PATCH",
        lambda asked: hands.change_event(calendar, event, summary="A member's title"),
    )
    assert team.apply(change) == [Stale()]
    assert team.now("meeting:weekly").fields["title"] == "A member's title"


def test_an_archived_series_ends_and_an_archived_file_is_put_away() -> None:
    team = built()
    home = team.ids["folder:home"]
    for address in ("document:glossary", "meeting:weekly"):
        team.build(Change("archive", address, address.split(":")[0], before=team.now(address)))
        assert team.now(address).existence == ARCHIVED
    file = team.desk.member(US).file(team.ids["document:glossary"])
    assert not file["trashed"]
    shelf = team.desk.member(US).file(file["parents"][0])
    assert (shelf["name"], shelf["parents"]) == ("Archive", [team.ids[ROOT]])
    back = team.now("document:glossary")
    assert back.parent == home
    team.build(Change("move", "document:glossary", "document", {}, "folder:home", back))
    assert team.now("document:glossary").existence == THERE


def test_a_right_is_given_silently_or_with_the_words_that_were_asked_for() -> None:
    team = built()
    team.build(grant("folder:home", "ana@acme.example"))
    assert not team.desk.tools.mails
    team.build(grant("folder:home", "ben@acme.example", note="Welcome"))
    assert [each.to for each in team.desk.tools.mails] == ["ben@acme.example"]
    assert team.now("folder:home").fields["access"] == {
        "rob@acme.example": "writer",
        "ana@acme.example": "writer",
        "ben@acme.example": "writer",
    }


def test_a_right_is_taken_away_from_one_person_alone() -> None:
    team = built()
    team.desk.let_in(team.ids["folder:home"], ANA)
    team.desk.let_in(team.ids["folder:home"], BEN)
    fields = {"access": {"ana@acme.example": "writer"}}
    before = team.now("folder:home")
    (done,) = team.apply(
        Change("revoke", "folder:home", "folder", fields, before=before, stage=FIRST)
    )
    assert isinstance(done, Done)
    assert team.now("folder:home").fields["access"] == {
        "rob@acme.example": "writer",
        "ben@acme.example": "writer",
    }


@pytest.mark.parametrize(("who", "role"), [("anyone", "reader"), ("ana@acme.example", "owner")])
def test_nothing_is_made_public_or_given_away(who: str, role: str) -> None:
    team = built()
    (outcome,) = team.apply(grant("folder:home", who, role))
    assert isinstance(outcome, Failed)


def test_the_owner_is_never_shut_out() -> None:
    team = built()
    fields = {"access": {"rob@acme.example": "writer"}}
    before = team.now("folder:home")
    (outcome,) = team.apply(
        Change("revoke", "folder:home", "folder", fields, before=before, stage=FIRST)
    )
    assert isinstance(outcome, Failed)
    assert "owns" in outcome.error


def test_a_folder_whose_reply_was_lost_is_not_made_twice() -> None:
    team = Team()
    team.build(creation(ROOT, title="Acme", done=False))
    change = creation("folder:home", ROOT, title="Home")
    team.desk.before = once(
        lambda asked: asked.method == "POST" and asked.path == "/drive/v3/files",
        dropped(team.desk),
    )
    assert team.apply(change) == [Lost()]
    (again,) = team.apply(change)
    assert isinstance(again, Done)
    assert [each.id for each in team.read() if each.kind == "folder"] == [again.remote.id]


def test_a_meeting_whose_reply_was_lost_is_not_made_twice() -> None:
    team = Team()
    team.build(*small_workspace()[:1])
    meeting = small_workspace()[-1]
    team.desk.before = once(lambda asked: asked.path.endswith("/events"), dropped(team.desk))
    assert team.apply(meeting) == [Lost()]
    (again,) = team.apply(meeting)
    assert isinstance(again, Done)
    assert len([each for each in team.read() if each.kind == "meeting"]) == 1


def test_a_meeting_that_was_deleted_and_is_wanted_again_comes_back() -> None:
    team = built()
    calendar, event = team.ids["meeting:weekly"].split("/")
    team.desk.member(US).call("DELETE", f"/calendar/v3/calendars/{calendar}/events/{event}")
    assert "meeting:weekly" not in {each.marker for each in team.read()}
    (again,) = team.apply(small_workspace()[-1])
    assert isinstance(again, Done)
    assert team.now("meeting:weekly").fields["title"] == "Weekly"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (json_answer({"error": {"code": 429}}, 429, Retry_After="7"), Later),
        (json_answer({"error": {"code": 500}}, 500), Lost),
        (Answer(200, {"Content-Type": "application/json"}, b'{"id": "f'), Lost),
    ],
)
def test_trouble_with_a_document_is_never_answered_by_a_second_upload(
    answer: Answer, kind: type
) -> None:
    team = built()
    uploads: list[Asked] = []

    def before(asked: Asked) -> Answer | None:
        if asked.path.startswith("/upload/"):
            uploads.append(asked)
            return answer
        return None

    team.desk.before = before
    change = creation("document:persona", "folder:home", title="Persona", body="Olga.\n")
    (outcome,) = team.apply(change)
    assert isinstance(outcome, kind)
    assert len(uploads) == 1


def test_a_title_that_a_member_changed_is_not_overwritten() -> None:
    team = built()
    change = team.update("folder:home", title="House")
    team.desk.let_in(team.ids["folder:home"]).rename(team.ids["folder:home"], "Our house")
    assert team.apply(change) == [Stale()]


def test_what_has_no_place_says_so() -> None:
    (outcome,) = Team().apply(creation("document:d", "folder:home", title="D", body="x\n"))
    assert isinstance(outcome, Failed)
    assert "has no place" in outcome.error


def test_a_row_that_slips_in_between_look_and_write_costs_nobody_a_word() -> None:
    team = built()
    table = team.ids["table:tracker"]
    hands = team.desk.let_in(table)
    hands.put_cell(table, "B3", "Ana's row")
    hands.put_cell(table, "C3", "hers")
    change = team.update("table:tracker/row:first", cells={"title": "Agreed", "status": "done"})
    swap = {
        "moveDimension": {
            "source": {"sheetId": 0, "dimension": "ROWS", "startIndex": 2, "endIndex": 3},
            "destinationIndex": 1,
        }
    }
    team.desk.before = once(
        lambda asked: asked.path.endswith(":batchUpdate"),
        lambda asked: hands.sheet(table, swap) and None,
    )
    assert team.apply(change) == [Stale()]
    assert hands.cells(table)[1:] == [["", "Ana's row", "hers"], ["first", "Agree", "open"]]
    team.desk.before = None
    again = team.update("table:tracker/row:first", cells={"title": "Agreed", "status": "done"})
    assert isinstance(team.apply(again)[0], Done)
    assert hands.cells(table)[1:] == [["", "Ana's row", "hers"], ["first", "Agreed", "done"]]


def test_one_right_after_another_tells_both() -> None:
    team = built()
    team.build(grant("folder:home", "ana@acme.example"))
    (remote,) = team.build(grant("folder:home", "group:north@acme.example", "reader"))
    assert remote.fields["access"] == {
        "rob@acme.example": "writer",
        "ana@acme.example": "writer",
        "group:north@acme.example": "reader",
    }
    assert team.now("folder:home").fields["access"] == remote.fields["access"]


def test_a_table_that_was_there_is_taken_up_as_it_is() -> None:
    team = Team(Desk(settings={"scope": "wider"}))
    team.build(creation(ROOT, title="Acme", done=False))
    hands = team.desk.member(US)
    table = hands.make("root", "Pipeline", "application/vnd.google-apps.spreadsheet")
    for place, text in {"A1": "Title", "B1": "Deal", "A2": "One", "B2": "5"}.items():
        hands.put_cell(table, place, text)
    found = team.read(
        existing={"table:pipeline": f"https://docs.google.com/spreadsheets/d/{table}/edit"}
    )
    (file,) = [each for each in found if each.kind == "table"]
    assert file.marker == "table:pipeline"
    team.ids["table:pipeline"] = table
    team.build(
        creation("table:pipeline/column:title", "table:pipeline", title="Title"),
        creation("table:pipeline/row:a", "table:pipeline", cells={"title": "Ours"}),
    )
    assert hands.cells(table) == [
        ["Title", "Deal", "smarketing"],
        ["One", "5"],
        ["Ours", "", "a"],
    ]
