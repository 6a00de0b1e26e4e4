"""A firm that gets reorganised: its playbook and config as data, its tools, its members' hands."""

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from smarketing.kinds import THERE
from smarketing.plan import Plan, Recap, is_empty
from smarketing.planning.given import NOTHING_ASKED, Request
from smarketing.report.paragraph import paragraph
from smarketing.sandbox.cast import DOMAIN
from smarketing.state.record import Record
from tests.overhttp.members import in_google, in_trello
from tests.overhttp.miniature import write_yaml
from tests.overhttp.office import Office
from tests.vendors.sandboxes import sandbox

LOCAL, VENDORS = "local", "trello+google"
PEOPLE = {"ana": "Ana Silva", "ben": "Ben Okoye", "cleo": "Cleo Brandt", "dana": "Dana Wu"}
BOTH = {"sales": "edit", "marketing": "edit"}

HANDBOOK = """\
# Handbook

Both teams read this once a quarter.

## Objections

It costs too much. We say what it saves.

## Prices

Nobody gives more than a tenth away.
"""
RULE = """\
# Hand-off rule

{{ roles.sales.team }} answers within a day. Whoever hands over says why.
"""
PLAYBOOK: Mapping[str, Any] = {
    "playbook": "firm",
    "title": "Firm",
    "roles": {"sales": "required", "marketing": "required"},
    "parts": {"basis": ["board:work", "document:handbook"], "more": ["document:rule"]},
    "folders": {
        "home": {"title": "Home", "share": BOTH},
        "south": {"title": "South", "in": "home"},
        "north": {"title": "North", "in": "home"},
    },
    "boards": {
        "work": {
            "title": "Work",
            "share": BOTH,
            "lists": {"week": "This week", "stuck": "Stuck", "done": "Done"},
            "cards": {
                "agree": {"title": "Agree what a lead is", "list": "week", "owner": "lead of sales",
                          "text": "One sentence. It takes ten minutes.",
                          "checklist": ["Write one sentence each", "Try it on ten leads"]},
                "call": {"title": "Call who waits", "list": "stuck", "owner": "lead of sales"},
                "show": {"title": "Show the campaigns", "list": "week",
                         "owner": "lead of marketing"},
            },
        }
    },
    "documents": {
        "handbook": {"title": "Handbook", "in": "north", "text": "documents/handbook.md"},
        "rule": {"title": "Hand-off rule", "in": "south", "text": "documents/rule.md"},
    },
    "meetings": {
        "weekly": {"title": "Weekly", "when": "every Monday at 10:00 for 45 minutes",
                   "invite": ["sales", "marketing"],
                   "notes": {"document": "minutes", "title": "Minutes", "in": "home", "agenda": "# Minutes\n\nSay who came.\n"}},
    },
}  # fmt: skip
TEAMS: Mapping[str, Any] = {
    "sales": {"title": "Sales", "plays": "sales", "lead": "ana", "members": ["ana", "cleo"]},
    "market": {"title": "Marketing", "plays": "marketing", "lead": "dana", "members": ["dana"]},
}


@dataclass
class Firm:
    """A firm on one stack. `playbook`, `texts` and `config` are what a person edits."""

    folder: Path
    stack: str
    playbook: dict[str, Any] = field(default_factory=lambda: copy.deepcopy(dict(PLAYBOOK)))
    texts: dict[str, str] = field(default_factory=dict)
    config: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        vendors = sandbox() if stack_is_local(self.stack) else sandbox("trello", "google")
        self.office = Office(self.folder, vendors)
        self.texts = {"handbook.md": HANDBOOK, "rule.md": RULE}
        self.config = self._first_config()
        assert not self.apply().failed
        if not stack_is_local(self.stack):
            for key in PEOPLE:
                vendors.stand_in("trello").accept(key)  # type: ignore[attr-defined]
            self.apply()  # owners who have joined since are assigned
        self.settled()

    def _first_config(self) -> dict[str, Any]:
        settings = self.office.company.integrations()
        google = dict.fromkeys(("documents", "folders", "tables", "meetings"), "google")
        return {
            "id": "k3v9-7q2m-x4dt",
            "workspace": "Acme",
            "playbook": "./playbook",
            "start": "2026-12-07",
            "timezone": "Europe/London",
            "domains": [DOMAIN],
            "people": {key: f"{PEOPLE[key]} <{key}@{DOMAIN}>" for key in ("ana", "cleo", "dana")},
            "teams": copy.deepcopy(dict(TEAMS)),
            "use": {} if stack_is_local(self.stack) else {"boards": "trello", **google},
            "integrations": {"local": {"folder": "./acme"}, **settings},
        }

    # Runs

    def save(self) -> None:
        """Write down what the person edited."""
        documents = self.folder / "playbook" / "documents"
        documents.mkdir(parents=True, exist_ok=True)
        for name, text in self.texts.items():
            (documents / name).write_text(text, encoding="utf-8")
        write_yaml(self.folder / "playbook" / "playbook.yaml", self.playbook)
        self.office.config = self.folder / "config.yaml"
        write_yaml(self.office.config, self.config)

    def apply(self, request: Request = NOTHING_ASKED) -> Recap:
        self.save()
        recap = self.office.apply(request=request)
        if recap.plan.needs_approval and not request.approve:
            return self.apply(Request(approve=recap.plan.needs_approval))
        return recap

    def plan(self) -> Plan:
        self.save()
        return self.office.plan()

    def said(self) -> str:
        """Return the plan as a person reads it."""
        return paragraph(self.plan())

    def reorganise(self) -> Recap:
        """Apply once, and hold that all is said and done after it."""
        recap = self.apply()
        assert not recap.failed, recap.failed
        self.settled()
        return recap

    def settled(self) -> None:
        plan = self.plan()
        assert is_empty(plan), [(c.verb, c.address, dict(c.fields)) for c in plan.changes]

    # What is there

    def records(self) -> Mapping[str, Record]:
        company = self.office.company
        with company._at_home(), company._opened(self.office.config) as workspace:
            return workspace.state.load().records

    def id_of(self, address: str) -> str:
        """Return which object an item is: the file's place in the folder is none on `local`."""
        record = self.records()[address]
        assert record.binding is not None, f"{address} has no object"
        return record.binding.id

    def ids(self) -> dict[str, str]:
        """Return the object of each item that stands."""
        return {a: r.binding.id for a, r in self.records().items() if r.binding and r.stands}

    def text(self) -> str:
        """Return all that the tools hold."""
        if stack_is_local(self.stack):
            files = sorted((self.folder / "acme").rglob("*"))
            return "\n".join(f.read_text("utf-8") for f in files if f.is_file())
        return str(self.office.picture())

    def owner(self, card: str) -> str:
        return str(self.records()[f"board:work/card:{card}"].hub.get("owner") or "")

    def home(self, address: str) -> str:
        """Return what holds an item now."""
        return str(self.records()[address].hub.get("parent"))

    def body(self, document: str) -> str:
        return str(self.records()[f"document:{document}"].hub.get("body"))

    def rights_of(self, key: str) -> list[str]:
        """Return the items to which somebody has a right that we gave."""
        me = {f"{key}@{DOMAIN}", PEOPLE[key]}  # Trello shows names, Google addresses
        return [a for a, r in self.records().items() if me & r.granted.keys()]

    def may_enter(self, key: str) -> bool:
        """Say whether a vendor lets somebody in anywhere."""
        self.apply()  # looks anew
        held: set[str] = set()
        for record in self.records().values():
            shown = record.seen.get(record.place, {}).get("access")
            rights = shown.value if shown else None
            held |= set(rights) if isinstance(rights, Mapping) else set()
        return bool({f"{key}@{DOMAIN}", PEOPLE[key]} & held)

    def archived(self, address: str) -> bool:
        record = self.records()[address]
        return record.existence != THERE

    # Members

    def says_in_document(self, title: str, old: str, new: str) -> None:
        if not stack_is_local(self.stack):
            in_google(self.office.vendors).says_in_document(title, old, new)
            return
        (path,) = (self.folder / "acme").rglob(f"{title}.md")
        self._edit(path, old, new)

    def says_in_card(self, title: str, old: str, new: str) -> None:
        if stack_is_local(self.stack):
            self._edit(self.folder / "acme" / "Work.md", old, new)
        else:
            in_trello(self.office.vendors).says_in_card(title, old, new)

    def adds_card(self, beside: str, title: str) -> None:
        """Let a member write a card of their own into the list in which another is."""
        if not stack_is_local(self.stack):
            in_trello(self.office.vendors).add_card(beside, title)
            return
        path = self.folder / "acme" / "Work.md"
        found = re.search(rf"^- \[ \] {re.escape(beside)}", path.read_text("utf-8"), re.MULTILINE)
        assert found is not None
        self._edit(path, found[0], f"- [ ] {title}\n{found[0]}")

    def _edit(self, path: Path, old: str, new: str) -> None:
        text = path.read_bytes().decode()
        assert old in text, f"{old!r} is not in {path.name}"
        path.write_bytes(text.replace(old, new, 1).encode())


def stack_is_local(stack: str) -> bool:
    return stack == LOCAL
