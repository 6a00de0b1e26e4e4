"""What a company of the half year asks for: its playbook, its people, and two reorganisations."""

from typing import Any

from smarketing.standin import Person

START = "2026-12-07"
NAMES = {
    "ana": "Ana Silva",
    "ben": "Ben Okoye",
    "cleo": "Cleo Brandt",
    "dana": "Dana Wu",
    "eli": "Eli Stone",
    "fay": "Fay Moreau",
}
MARKETING = ("dana", "eli", "fay")
HOLIDAYS = ("2026-12-24", "2026-12-28", "2027-01-01", "2027-04-05", "2027-05-06")
AWAY = {"eli": ["2027-01-11 to 2027-01-22"], "fay": ["2027-03-15 to 2027-03-26"]}
TOOLS = {"boards": "trello", "documents": "google", "tables": "google", "meetings": "google"}

AGENDA = """\
## {{ meeting.date }}, {{ meeting.time }} · meeting {{ meeting.number }}

Chair {{ meeting.chair }} · notes {{ meeting.notes }}{{ meeting.also }}

{% if meeting.first %}Welcome.{% else %}{{ agenda.promises }}

### Wins

{{ agenda.wins }}

### Stuck

{{ agenda.stuck }}
{% endif %}

### Decided

Decided on {{ meeting.date }}:

### Promises

Promised on {{ meeting.date }}:
"""
SALES_AGENDA = """\
## {{ meeting.date }}, {{ meeting.time }}

Guest: {{ meeting.guest }}

### Decided

Decided on {{ meeting.date }}:

### Promises

Promised on {{ meeting.date }}:
"""


def playbook() -> dict[str, Any]:
    """Return the playbook of the first day."""
    share = {"sales": "edit", "marketing": "edit"}
    return {
        "playbook": "halfyear",
        "title": "Half year",
        "roles": {"sales": "required", "marketing": "required"},
        "statuses": {
            "week": {"words": ["to do"]},
            "stuck": {"words": ["blocked"]},
            "done": {"words": ["finished"], "ticked": True},
        },
        "folders": {"home": {"title": "Home", "share": share}},
        "boards": {
            "work": {
                "title": "Work",
                "share": share,
                "lists": {"week": "This week", "stuck": "Stuck", "done": "Done"},
                "cards": {
                    "agree": _card("Agree what a lead is", "lead of sales", "day 5"),
                    "rule": _card("Sign the hand-off rule", "lead of marketing", "day 12"),
                },
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
            "weekly": _meeting("Weekly", "every Monday at 10:00", ["sales", "marketing"], AGENDA),
            "sales": _meeting("Sales meeting", "every Thursday at 9:00", ["sales"], SALES_AGENDA)
            | {"guest": "one of marketing"},
        },
        "sync": {
            "work": {
                "between": ["board:work", "table:tracker", "document:weekly-notes"],
                "new": "from board:work, table:tracker and document:weekly-notes to board:work "
                "and table:tracker",
                "prefer": "board:work",
            }
        },
    }


def _card(title: str, owner: str, due: str) -> dict[str, str]:
    return {"title": title, "list": "week", "owner": owner, "due": due}


def _meeting(title: str, when: str, invite: list[str], agenda: str) -> dict[str, Any]:
    key = title.split()[0].lower()
    notes = {"document": f"{key}-notes", "title": f"{title} notes", "in": "home", "agenda": agenda}
    return {"title": title, "when": f"{when} for 45 minutes", "invite": invite, "notes": notes}


def config(tools: bool) -> dict[str, Any]:
    """Return the config of the first day: in Trello and Google, or in a folder alone."""
    people = {
        key: {"name": f"{name} <{key}@acme.example>"} | _away(key)
        for key, name in NAMES.items()
        if key != "cleo"
    }
    return {
        "id": "k3v9-7q2m-x4dt",
        "workspace": "Acme",
        "playbook": "./playbook",
        "start": START,
        "timezone": "Europe/London",
        "domains": ["acme.example"],
        "holidays": list(HOLIDAYS),
        "people": people,
        "teams": {
            "sales": {"title": "Sales", "plays": "sales", "lead": "ana", "members": ["ana", "ben"]},
            "market": {
                "title": "Marketing",
                "plays": "marketing",
                "lead": "dana",
                "members": list(MARKETING),
            },
        },
        "use": TOOLS if tools else {},
    }


def _away(key: str) -> dict[str, Any]:
    return {"away": AWAY[key]} if key in AWAY else {}


def ben_leaves(config: dict[str, Any], playbook: dict[str, Any]) -> None:
    """Ben goes and Cleo comes; sales gets another name, and the board another list and card."""
    config["people"]["ben"] |= {"left": "2027-02-05", "work-to": "ana"}
    config["people"]["cleo"] = {"name": "Cleo Brandt <cleo@acme.example>"}
    sales = config["teams"].pop("sales")
    config["teams"]["north"] = sales | {
        "title": "Sales North",
        "was": "sales",
        "members": ["ana", "cleo"],
    }
    board = playbook["boards"]["work"]
    board["lists"]["stuck"] = "Blocked"
    board["cards"]["tour"] = _card("Show Cleo the hand-off", "lead of sales", "day 70")


def dana_leaves(config: dict[str, Any], playbook: dict[str, Any]) -> None:
    """Dana goes and Eli leads marketing; the weekly is called otherwise."""
    config["people"]["dana"] |= {"left": "2027-04-09", "work-to": "eli"}
    config["teams"]["market"] |= {"lead": "eli", "members": ["eli", "fay"]}
    playbook["meetings"]["weekly"]["title"] = "Growth weekly"
    playbook["boards"]["work"]["cards"].pop("agree")


REORGANISATIONS = {9: (ben_leaves, "ben"), 18: (dana_leaves, "dana")}
"""By week: what is edited, and who leaves."""


def cast() -> tuple[Person, ...]:
    """Return the robot and everybody of the company, with accounts at the vendors."""
    everybody = {"robot": "Acme Robot", **NAMES}
    return tuple(
        Person(key, name, f"{key}@acme.example", f"{number:064x}")
        for number, (key, name) in enumerate(everybody.items(), 1)
    )
