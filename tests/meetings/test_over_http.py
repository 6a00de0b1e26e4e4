"""Running notes in a Google Doc and a board in Trello: promises travel between them over HTTP."""

from pathlib import Path
from typing import Any

from smarketing.given import Request
from tests.instep.test_overhttp import is_in_step, lane_of, move, row
from tests.overhttp.members import in_google, in_trello
from tests.overhttp.miniature import BOTH, write_yaml
from tests.overhttp.office import Office, office

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


def built(folder: Path) -> Office:
    """Return an office in its first weekly: it is Monday at ten."""
    made = office(folder, BOTH)
    write_yaml(made.folder / "playbook" / "playbook.yaml", SMALL)
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
    assert f"{PROMISE} · Stuck\n" in text(made)
    is_in_step(made)
    say(made, "by Friday · Stuck", "by Friday · done")
    made.apply(request=SYNC)
    assert lane_of(trello, "send the list") == "Done"
    is_in_step(made)
