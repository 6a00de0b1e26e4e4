"""Running notes in a Google Doc and a board in Trello: promises travel between them over HTTP."""

import json
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest

from smarketing.integrations.google.sandbox.docs.document import Doc
from smarketing.integrations.google.sandbox.docs.units import OBJECT
from smarketing.planning.given import Request
from tests.instep.test_overhttp import is_in_step, lane_of, move, row
from tests.overhttp.members import in_google, in_trello
from tests.overhttp.miniature import BOTH, write_yaml
from tests.overhttp.office import Office, office
from tests.overhttp.test_undo import undo

SYNC = Request(sync=True)
SMALL: dict[str, Any] = {
    "playbook": "miniature",
    "title": "Miniature",
    "roles": {"sales": "required"},
    "statuses": {"week": {}, "stuck": {"words": ["blocked"]}, "done": {"ticked": True}},
    "folders": {"home": {"title": "Home", "share": {"sales": "edit"}}},
    "boards": {
        "work": {
            "title": "Work",
            "share": {"sales": "edit"},
            "lists": {"week": "This week", "stuck": "Stuck", "done": "Done"},
            "cards": {"agree": {"title": "Agree", "list": "week"}},
        }
    },
    "tables": {
        "tracker": {
            "title": "Tracker",
            "in": "home",
            "columns": {"title": "Title", "status": "Status", "owner": "Owner", "due": "Due"},
        }
    },
    "meetings": {
        "weekly": {
            "title": "Weekly",
            "when": "every Monday at 10:00 for 45 minutes",
            "invite": ["sales"],
            "notes": {
                "document": "notes",
                "title": "Weekly notes",
                "in": "home",
                "agenda": "## {{ meeting.date }}, {{ meeting.time }}\n\n"
                "{% if meeting.first %}Welcome.{% else %}{{ agenda.promises }}{% endif %}\n\n"
                "### Stuck\n\n{% if meeting.first %}Nothing yet.{% else %}{{ agenda.stuck }}"
                "{% endif %}\n\n### Promises\n\nWrite them here.\n",
            },
        }
    },
    "sync": {
        "work": {
            "between": ["board:work", "table:tracker", "document:notes"],
            "new": "from board:work and document:notes to board:work and table:tracker",
            "prefer": "board:work",
        }
    },
}


DAY, HOUR = 86_400, 3600
PROMISE = "☐ @ana send the list by Friday"


def text(made: Office) -> str:
    return str(in_google(made.vendors).document("Weekly notes").text())


def with_team_meeting() -> dict[str, Any]:
    """Return a playbook with one more meeting, whose notes no sync block names."""
    weekly = SMALL["meetings"]["weekly"]
    notes = {**weekly["notes"], "document": "team-notes", "title": "Team notes"}
    team = {**weekly, "title": "Team", "notes": notes}
    return {**SMALL, "meetings": {**SMALL["meetings"], "team": team}}


def built(folder: Path, switches: Collection[str] = (), playbook: dict[str, Any] = SMALL) -> Office:
    """Return an office in its first weekly: it is Monday at ten."""
    made = office(folder, BOTH, switches=switches)
    write_yaml(made.folder / "playbook" / "playbook.yaml", playbook)
    assert not made.apply().failed
    assert not made.apply(request=SYNC).failed
    return made


def say(made: Office, old: str, new: str) -> None:
    in_google(made.vendors).says_in_document("Weekly notes", old, new)


def test_a_promise_in_a_google_doc_becomes_a_card_and_follows_it(tmp_path: Path) -> None:
    made = built(tmp_path)
    trello, google = in_trello(made.vendors), in_google(made.vendors)
    say(made, "Write them here.", f"Write them here.\n{PROMISE}")
    made.apply(request=SYNC)
    assert lane_of(trello, "send the list") == "This week"
    assert trello.assigned("send the list") == ["Ana Silva"]
    assert row(google, "send the list")["Due"] == "2026-12-11"
    is_in_step(made)
    move(trello, "send the list", "Stuck")
    made.apply(request=SYNC)
    assert (shown(made), lane_of(trello, "send the list")) == ("Stuck", "Stuck")
    is_in_step(made)
    say(made, f"by Friday · {OBJECT}", "by Friday · done")
    made.apply(request=SYNC)
    assert lane_of(trello, "send the list") == "Done"
    is_in_step(made)


def test_a_promise_in_notes_that_no_block_names_becomes_a_card_and_a_sync_of_it_can_be_undone(
    tmp_path: Path,
) -> None:
    made = built(tmp_path, playbook=with_team_meeting())
    trello, google = in_trello(made.vendors), in_google(made.vendors)
    weekly, written = text(made), "- [ ] Ana: send the list by Friday"
    google.says_in_document("Team notes", "Write them here.", f"Write them here.\n{written}")
    made.apply(request=SYNC)
    assert trello.assigned("send the list") == ["Ana Silva"]
    assert row(google, "send the list")["Due"] == "2026-12-11"
    assert text(made) == weekly, "it stands in the notes in which it was promised, and in no other"
    is_in_step(made)
    google.says_in_document("Team notes", written, written.replace("[ ]", "[x]"))
    made.apply(request=SYNC)
    assert lane_of(trello, "send the list") == "Done"
    is_in_step(made)
    undo(made)
    assert lane_of(trello, "send the list") == "This week"
    is_in_step(made)
    assert written.replace("[ ]", "[x]") in google.document("Team notes").text()
    move(trello, "send the list", "Stuck")
    made.apply(request=SYNC)
    assert f"{written} · \n" in google.document("Team notes").text()
    assert list(google.document("Team notes").drop_downs().values()) == ["Stuck"]
    is_in_step(made)


NO_DROP_DOWNS = "google-docs-without-drop-downs"
CHOICES = ["This week", "Stuck", "Done"]


def drop_down(made: Office, choices: list[str] = CHOICES) -> str:
    """Promise something with a drop-down behind it; return the id of the drop-down."""
    say(made, "Write them here.", f"Write them here.\n{PROMISE} ")
    found: list[str] = []

    def put(doc: Doc) -> None:
        found.append(doc.member_inserts_dropdown(f"{PROMISE} ", choices, "This week"))

    in_google(made.vendors).in_document("Weekly notes", put)
    made.apply(request=SYNC)
    return found[0]


def shown(made: Office) -> str:
    """Return what the one drop-down shows."""
    told = json.dumps(in_google(made.vendors).document("Weekly notes").json())
    (option,) = re.findall(r'"displayValue": "([^"]*)"', told)
    return str(option)


def test_a_drop_down_carries_the_status_both_ways(tmp_path: Path) -> None:
    made = built(tmp_path)
    trello, google = in_trello(made.vendors), in_google(made.vendors)
    key = drop_down(made)
    assert lane_of(trello, "send the list") == "This week"
    is_in_step(made)
    google.in_document("Weekly notes", lambda doc: doc.member_chooses(key, "Stuck"))
    made.apply(request=SYNC)
    assert lane_of(trello, "send the list") == "Stuck"
    assert row(google, "send the list")["Due"] == "2026-12-11"
    is_in_step(made)
    move(trello, "send the list", "Done")
    assert not made.apply(request=SYNC).failed
    assert shown(made) == "Done"
    assert PROMISE.replace("☐", "☑") in text(made)
    is_in_step(made)


@pytest.mark.parametrize("can", [True, False])
def test_a_drop_down_that_cannot_show_a_status_stays_and_is_told_and_pulls_nothing_back(
    tmp_path: Path, can: bool
) -> None:
    made = built(tmp_path, () if can else [NO_DROP_DOWNS])
    trello, google = in_trello(made.vendors), in_google(made.vendors)
    key = drop_down(made, ["This week", "Done"] if can else CHOICES)
    move(trello, "send the list", "Stuck")
    for old, new in (("", ""), ("Write them here", "Write them down"), ("Friday", "Thursday")):
        if old:
            say(made, old, new)
        recap = made.apply(request=SYNC)
        assert "“This week” could not become “Stuck”" in str(recap.failed)
    assert trello.card("send the list")["due"].startswith("2026-12-10"), "its own words are heard"
    assert (shown(made), lane_of(trello, "send the list")) == ("This week", "Stuck")
    google.in_document("Weekly notes", lambda doc: doc.member_chooses(key, "Done"))
    made.apply(request=SYNC)
    assert lane_of(trello, "send the list") == "Done"
    is_in_step(made)


BEN = "Ben Okoye <ben@acme.example>"
SALES = {"title": "Sales", "plays": "sales", "lead": "ana", "members": ["ana", "ben"]}


def promised_by_ben(folder: Path) -> Office:
    """Return an office whose sales team has Ben, too, and a promise of his in the weekly notes."""
    made = built(folder)
    trello = in_trello(made.vendors)
    made.change_config(people={**made.config_data()["people"], "ben": BEN}, teams={"north": SALES})
    made.apply()
    in_trello(made.vendors, "ben")
    made.apply()
    say(made, "Write them here.", f"Write them here.\n{PROMISE.replace('ana', 'ben')}")
    made.apply(request=SYNC)
    assert trello.assigned("send the list") == ["Ben Okoye"]
    return made


@pytest.mark.parametrize("again", [False, True])
def test_a_promise_of_who_left_goes_to_who_takes_over_in_trello_and_google(
    again: bool, tmp_path: Path
) -> None:
    made = promised_by_ben(tmp_path)
    trello, google = in_trello(made.vendors), in_google(made.vendors)
    ben = {"name": BEN, "left": "2026-12-07", "work-to": "ana"}
    made.change_config(people={**made.config_data()["people"], "ben": ben})
    said = made.apply().plan.reorganised
    assert "Ben Okoye’s 1 open promise goes to Ana Silva with the next sync." in said
    assert trello.assigned("send the list") == [], "Trello takes off who may no longer enter"
    if again:
        assert not made.apply().done
    made.apply(request=SYNC)
    assert trello.assigned("send the list") == ["Ana Silva"]
    assert row(google, "send the list")["Owner"] == "Ana Silva"
    assert f"{PROMISE}\n" in text(made)
    is_in_step(made)


@pytest.mark.parametrize("again", [False, True])
def test_who_goes_to_another_team_and_may_no_longer_enter_the_board_keeps_their_promises(
    again: bool, tmp_path: Path
) -> None:
    made = promised_by_ben(tmp_path)
    trello, google = in_trello(made.vendors), in_google(made.vendors)
    other = {"title": "Service", "plays": [], "lead": "ben"}
    made.change_config(teams={"north": {**SALES, "members": ["ana"]}, "service": other})
    made.apply()
    assert trello.assigned("send the list") == [], "Trello takes off who may no longer enter"
    if again:
        assert not made.apply().done
    made.apply(request=SYNC)
    assert row(google, "send the list")["Owner"] == "Ben Okoye"
    assert f"{PROMISE.replace('ana', 'ben')}\n" in text(made)
    is_in_step(made)
    say(made, PROMISE.replace("ana", "ben"), PROMISE)
    made.apply(request=SYNC)
    assert trello.assigned("send the list") == ["Ana Silva"]
    assert row(google, "send the list")["Owner"] == "Ana Silva"
    is_in_step(made)


def with_ideas() -> dict[str, Any]:
    """Return a playbook whose agendas ask for ideas."""
    weekly = SMALL["meetings"]["weekly"]
    asked = "### Ideas\n\n{{ agenda.ideas }}\n\nAdd yours; a `+1` behind one is a vote.\n\n"
    agenda = weekly["notes"]["agenda"].replace("### Stuck", f"{asked}### Stuck")
    notes = {**weekly["notes"], "agenda": agenda}
    return {**SMALL, "meetings": {"weekly": {**weekly, "notes": notes}}}


def test_an_idea_typed_below_the_agendas_own_words_goes_on_with_its_votes(tmp_path: Path) -> None:
    made = built(tmp_path, playbook=with_ideas())
    asked = "Add yours; a +1 behind one is a vote."
    typed = "Objections page +1 +1 +1\n- A demo +1 +1\nA slot +1"
    say(made, asked, f"{asked}\n{typed}")
    made.apply(request=SYNC)
    assert f"{asked}\n{typed}\n" in text(made)
    ideas = ["Objections page (3 votes)", "A demo (2 votes)", "A slot (1 vote)"]
    for number in range(3):
        minutes = text(made)
        made.vendors.clock.move(7 * DAY - (0 if number else HOUR))
        assert not made.apply(request=SYNC).failed
        assert text(made).endswith(minutes), "past minutes stay as they were left"
        part = text(made).partition("Ideas\n")[2].partition("Stuck\n")[0]
        assert part.splitlines() == [*ideas, asked]
        is_in_step(made)
