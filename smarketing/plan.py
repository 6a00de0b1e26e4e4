"""A plan and a recap as data: they print, save as JSON, and the plan is what gets applied."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from smarketing.contract import Calls, Change, Step
from smarketing.reorganisation.likeness import Proposal
from smarketing.sync.agreed import Agreed

VERBS = (
    "revoke", "create", "update", "move", "rename", "archive", "release", "conflict", "keep",
    "grant", "notify",
)  # fmt: skip

RIGHT = " for "
"""Stands between the address and the mailbox of a right that is taken away."""

NOT_TRIED = "was not tried, because what it needs failed"
"""The error of a change that failed only because another one did."""


@dataclass(frozen=True, slots=True)
class ConflictShown:
    """Two places changed one thing: what stands, and what is shown beside it."""

    address: str
    field: str
    integration: str
    stands: str
    yields: str


@dataclass(frozen=True, slots=True)
class Keep:
    """A member's value that stands against the playbook, and why."""

    address: str
    field: str
    integration: str
    why: str


@dataclass(frozen=True, slots=True)
class Undoes:
    """The run that a plan takes back, the words for it, and sentences about what stays."""

    run: int
    words: str
    stays: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that one run would do, and all there is to say about it.

    `places` maps addresses to the integration that holds them, `titles` addresses to titles,
    `folders` integrations to where a person looks ("./acme"). `instead` says what a tool
    can't do and what is done instead, `held` whom nobody tells yet. `needs_approval` is the
    digest of `removals` where they are too many to happen unasked, else "". `outbox` is where
    messages wait for a person to send them, "" where the tool sends them. `foreseen` are the
    tools' limits that this will run into, `reads` the calls that looking around took. `rights`
    are by address those who may enter without us. `tools` are the names of integrations for
    people, `seconds` how long the steps take if the tools' limits alone decide, `people` the
    names of those who have an e-mail address, by it. `told` are by integration the names of those
    whom the tool itself tells that something is theirs. `waiting` counts the changes that are left
    for another run because only some were asked for. `still_in` is by the name of each who has left, and
    by place, what they can still enter by rights that others gave. `undoes` is the run that this takes back. `proposals`
    are what may only have got another key, `reorganised` the sentences about what became of
    people, teams and things. `synced` is by sync block what the synced places agreed on, `notices` are
    sentences about meetings, `promised` those about what becomes of what is promised in them.
    """

    workspace: str
    workspace_id: str
    changes: tuple[Change, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    conflicts: tuple[ConflictShown, ...] = ()
    keeps: tuple[Keep, ...] = ()
    releases: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    unreachable: Mapping[str, str] = field(default_factory=dict)
    reads: Mapping[str, Calls] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    folders: Mapping[str, str] = field(default_factory=dict)
    needs_approval: str = ""
    removals: tuple[str, ...] = ()
    first_run: bool = False
    outbox: str = ""
    foreseen: tuple[str, ...] = ()
    tools: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    people: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rights: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    still_in: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    waiting: int = 0
    undoes: Undoes | None = None
    proposals: tuple[Proposal, ...] = ()
    reorganised: tuple[str, ...] = ()
    synced: Mapping[str, Agreed] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    promised: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A change that did not happen. `error` says what happened and what to do."""

    address: str
    verb: str
    error: str
    who: str = ""

    @property
    def what(self) -> tuple[str, str, str]:
        """What tells it from other changes: a right is one person's."""
        return (self.address, self.verb, self.who)


def whose(change: Change) -> str:
    """Return whose right a change gives or takes, "" for any other."""
    access = change.fields.get("access") if change.verb in ("grant", "revoke") else None
    return ", ".join(access) if isinstance(access, Mapping) else ""


def what_of(change: Change) -> tuple[str, str, str]:
    """Return what tells a change from others in a plan."""
    return (change.address, change.verb, whose(change))


@dataclass(frozen=True, slots=True)
class Recap:
    """What was done of a plan. `spent` are the calls made in all, `more` says why they are more
    than the plan counted. `start` is the url of the page that a person opens first. `asides` are
    sentences about what a tool refused for the first time, and what stands instead."""

    plan: Plan
    done: tuple[Change, ...] = ()
    failed: tuple[Failure, ...] = ()
    spent: Mapping[str, Calls] = field(default_factory=dict)
    more: tuple[str, ...] = ()
    start: str = ""
    asides: tuple[str, ...] = ()


def counts(plan: Plan) -> dict[str, int]:
    """Return how often each verb occurs."""
    tally: Counter[str] = Counter(change.verb for change in plan.changes)
    return {
        **{verb: tally[verb] for verb in VERBS},
        "release": tally["release"] + len(_released(plan)),
        "conflict": tally["conflict"] + len(plan.conflicts),
        "keep": tally["keep"] + len(plan.keeps),
    }


def calls(plan: Plan) -> dict[str, dict[str, int]]:
    """Return the calls to each integration, the looking around included."""
    return _told(counted(plan))


def counted(plan: Plan) -> dict[str, Calls]:
    """Return the calls to each integration, the looking around included."""
    total = dict(plan.reads)
    for step in plan.steps:
        total[step.integration] = total.get(step.integration, Calls(0, 0)) + step.calls
    return total


def extra_calls(recap: Recap) -> int:
    """Return how many calls more were made than the plan counted."""
    planned = counted(recap.plan)
    return sum(
        max(0, made.read + made.write - planned.get(place, Calls()).read - planned[place].write)
        for place, made in recap.spent.items()
        if place in planned
    )


def _told(calls: Mapping[str, Calls]) -> dict[str, dict[str, int]]:
    return {place: {"read": n.read, "write": n.write} for place, n in sorted(calls.items())}


def is_empty(plan: Plan) -> bool:
    """Say whether there is nothing to write."""
    return not plan.steps


def as_json(plan: Plan) -> dict[str, Any]:
    """Return the plan as JSON holds it."""
    return {
        "workspace": plan.workspace,
        "id": plan.workspace_id,
        "counts": counts(plan),
        "changes": [_change(plan, change) for change in plan.changes]
        + [_release(plan, address) for address in _released(plan)],
        "conflicts": [
            {
                "address": shown.address,
                "field": shown.field,
                "integration": shown.integration,
                "stands": shown.stands,
                "yields": shown.yields,
            }
            for shown in plan.conflicts
        ],
        "keeps": [
            {"address": k.address, "field": k.field, "integration": k.integration, "why": k.why}
            for k in plan.keeps
        ],
        "calls": calls(plan),
        "missing": list(plan.missing),
        "reorganised": list(plan.reorganised),
        "proposals": [
            {
                "address": each.address,
                "former": each.former,
                "where": each.source,
                "if_it_is": each.write,
                "if_it_is_new": each.write_if_new,
            }
            for each in plan.proposals
        ],
        "left_out": list(plan.left_out),
        "instead": list(plan.instead),
        "promised": list(plan.promised),
        "foreseen": list(plan.foreseen),
        "rights": {address: list(who) for address, who in sorted(plan.rights.items()) if who},
        "still_in": {
            who: {place: list(addresses) for place, addresses in sorted(places.items())}
            for who, places in sorted(plan.still_in.items())
        },
        "held": list(plan.held),
        "told": {place: list(names) for place, names in sorted(plan.told.items())},
        "unreachable": dict(plan.unreachable),
        "needs_approval": plan.needs_approval,
        "removals": list(plan.removals),
        "undoes": _undoes(plan.undoes),
    }


def _undoes(undoes: Undoes | None) -> dict[str, Any] | None:
    return {"run": undoes.run, "stays": list(undoes.stays)} if undoes else None


def recap_json(recap: Recap) -> dict[str, Any]:
    """Return plan and result as JSON holds them."""
    return {
        **as_json(recap.plan),
        "done": [_change(recap.plan, change) for change in recap.done],
        "failed": [
            {"address": failure.address, "verb": failure.verb, "error": failure.error}
            for failure in recap.failed
        ],
        "spent": _told(recap.spent),
        "more": list(recap.more),
        "asides": list(recap.asides),
    }


def _released(plan: Plan) -> list[str]:
    """Return what is released and has no change that says so."""
    said = {change.address for change in plan.changes if change.verb == "release"}
    return [address for address in dict.fromkeys(plan.releases) if address not in said]


def _change(plan: Plan, change: Change) -> dict[str, Any]:
    moved = {"parent"} if change.verb == "move" else set()
    return {
        "verb": change.verb,
        "address": change.address,
        "integration": plan.places.get(change.address, ""),
        "fields": sorted({*change.fields, *moved}),
    }


def _release(plan: Plan, address: str) -> dict[str, Any]:
    place = plan.places.get(address, "")
    return {"verb": "release", "address": address, "integration": place, "fields": []}
