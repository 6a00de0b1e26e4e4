"""What is asked for, as each tool in use can hold it."""

import json
from collections.abc import Mapping
from dataclasses import replace

from smarketing.changes.invitations import invitations
from smarketing.config.handover import (
    Roster,
    heirs,
    leavers,
    once_there,
    renamed_people,
    settled_heirs,
)
from smarketing.digest.items import DIGEST
from smarketing.fold.access import with_groups
from smarketing.kinds import THERE, Value
from smarketing.meetings.inviting import GUEST
from smarketing.planning.given import Workspace
from smarketing.planning.messengers import unsent
from smarketing.problems import UserError
from smarketing.resolve.desired import Desired, Item
from smarketing.state.record import PLAYBOOK, Record


def held_kinds(workspace: Workspace) -> tuple[Desired, tuple[str, ...]]:
    """Leave out what a tool has no place for, and say what is done instead."""
    desired = workspace.desired
    kept: dict[str, Item] = {}
    instead: dict[str, None] = {}
    for address, item in desired.items.items():
        manifest = workspace.integrations[item.place].manifest
        if item.kind not in manifest.kinds:
            if sentence := manifest.instead.get(item.kind):
                instead[sentence] = None
            continue
        for name, value in item.fields.items():
            held = not value or name in manifest.kinds[item.kind]
            if not held and (sentence := manifest.instead.get(f"{item.kind}.{name}")):
                instead[sentence] = None
        kept[address] = item
    if (messenger := workspace.integrations.get(workspace.messages_in)) and (
        sentence := unsent(desired, messenger.manifest)
    ):
        instead[sentence] = None
    return replace(desired, items=kept), tuple(instead)


def with_heirs(desired: Desired, former: Roster, records: Mapping[str, Record]) -> Desired:
    """Say who has the open work of each who is no longer there, or has another name now, and who
    may no longer enter a board."""
    named = renamed_people(former, desired.roster)
    unseated = {
        address: gone
        for address, item in desired.items.items()
        if item.kind == "board" and (record := records.get(address))
        if (gone := _names(_said(record)) - _names(item.fields.get("access")) - named.keys())
    }
    successors = {**heirs(former, desired.roster), **named}
    gone = leavers(former, desired.roster) - named.keys()
    return replace(desired, successors=successors, unseated=unseated, leavers=gone)


def with_settled_heirs(desired: Desired, former: Roster) -> Desired:
    """Say who has the open work of each whom the last `apply` found to have left, and who is no
    longer there: for a sync, which does nothing of what is new in config."""
    now = desired.roster
    roster = replace(now, left=once_there(former, now))
    return replace(desired, roster=roster, successors=settled_heirs(former, now))


def _said(record: Record) -> Value:
    seen = record.seen.get(PLAYBOOK, {}).get("access")
    return seen.value if seen else None


def _names(access: Value) -> frozenset[str]:
    people = access if isinstance(access, Mapping) else {}
    return frozenset(mailbox.partition("<")[0].strip() for mailbox in people)


def with_own_items(
    workspace: Workspace, desired: Desired, records: Mapping[str, Record]
) -> Desired:
    """Put each tool's root first and the invitations last."""
    places = dict.fromkeys(
        [item.place for item in desired.items.values()]
        + [record.place for record in records.values() if not record.released]
    )
    roots = {f"root:{place}": _root(place, desired) for place in (*places, *_messenger(workspace))}
    items = {**roots, **desired.items}
    items = {a: _by_groups(workspace, item, desired.groups) for a, item in items.items()}
    where = workspace.messages_in
    # A chat takes messages for its channels, and none for one person.
    kinds = workspace.integrations[where].manifest.kinds if f"root:{where}" in roots else {}
    if "to" in kinds.get("message", ()):
        sent = [r for r in records.values() if r.binding or r.existence != THERE]
        sent = [r for r in sent if not r.address.startswith((GUEST, DIGEST))]
        told = {r.address for r in sent} | {str(r.hub["to"]) for r in sent if r.hub.get("to")}
        items |= {item.address: item for item in invitations(desired, where, told)}
    return replace(desired, items=items)


def _root(place: str, desired: Desired) -> Item:
    template = desired.playbook if desired.is_template else None
    fields: dict[str, Value] = {"title": desired.title, "done": True, "template": template}
    return Item(f"root:{place}", "root", place, "", fields)


def _messenger(workspace: Workspace) -> tuple[str, ...]:
    """Return the tool that messages go through where it holds nothing else: else it is in use anyway."""
    where = workspace.messages_in
    terms = workspace.integrations.get(where)
    kinds = terms.manifest.kinds if terms else {}
    return (where,) if "message" in kinds and kinds.keys() <= {"root", "message"} else ()


def with_messenger(workspace: Workspace, desired: Desired) -> Desired:
    """Put the root of a tool for messages alone among what is asked for."""
    roots = {f"root:{place}": _root(place, desired) for place in _messenger(workspace)}
    return replace(desired, items={**roots, **desired.items})


def _by_groups(workspace: Workspace, item: Item, groups: Mapping[str, frozenset[str]]) -> Item:
    """Let whole groups stand for their members where the tool knows groups."""
    shared = {name: item.fields[name] for name in ("access", "attendees") if item.fields.get(name)}
    if not groups or not shared or not workspace.integrations[item.place].manifest.groups:
        return item
    named = {name: with_groups(value, groups) for name, value in shared.items()}
    return replace(item, fields={**item.fields, **named})


def without_begun_notes(desired: Desired, records: Mapping[str, Record]) -> Desired:
    """Leave meeting notes to the members: a run writes the first agenda, and never again."""
    notes = {
        str(item.fields.get("notes", "")).removeprefix("link:")
        for item in desired.items.values()
        if item.kind == "meeting"
    }
    begun = {
        address: replace(item, fields={k: v for k, v in item.fields.items() if k != "body"})
        for address in notes
        if (item := desired.items.get(address))
        and (record := records.get(address))
        and record.binding
    }
    return replace(desired, items={**desired.items, **begun}) if begun else desired


def refuse_a_place_that_keeps(
    workspace: Workspace, records: Mapping[str, Record], moving: Mapping[str, str], desired: Desired
) -> None:
    """A tool whose objects can't say where the work went is not left."""
    kept = {
        (was, desired.items[address].place)
        for address, was in moving.items()
        if not workspace.integrations[was].manifest.signposts
    }
    if kept:
        was, now = min(kept)
        raise UserError(
            f"`use:` now says {now} for what is in {was}. Moving a workspace from {was} to {now} "
            f"is not possible yet: set it back to {was}. Nothing was changed."
        )


def changed_inputs(facts: Mapping[str, str], inputs: Mapping[str, str]) -> dict[str, str]:
    former = json.loads(facts.get("inputs", "{}"))
    return {
        old: inputs[name]
        for name, old in former.items()
        if old and inputs.get(name) and inputs[name] != old
    }
