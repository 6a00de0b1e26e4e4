"""What a change means for an object in memory. Pure."""

from collections.abc import Mapping

from smarketing.contract import Change, Remote
from smarketing.kinds import ARCHIVED, Value
from smarketing.testing.memory_steps import QUIET
from smarketing.testing.memory_things import Thing


def rights_after(change: Change, thing: Thing) -> dict[str, Value]:
    """Return all rights once these are given or taken away."""
    asked, held = change.fields.get("access"), thing.fields.get("access")
    if not isinstance(asked, Mapping) or not isinstance(held, Mapping):
        return {}
    if change.verb == "grant":
        return {"access": {**held, **asked}}
    if change.verb == "revoke":
        return {"access": {who: role for who, role in held.items() if who not in asked}}
    return {}


def is_settled(change: Change, thing: Thing) -> bool:
    """Say whether the object is already as the change wants it, or nothing is to be written."""
    if change.verb == "archive":
        return thing.existence == ARCHIVED
    return change.verb in QUIET


def is_stale(change: Change, before: Remote, now: Remote) -> bool:
    """Say whether what the change would replace is not what the plan saw."""
    if before.version and now.version:
        return before.version != now.version
    if before.existence != now.existence:
        return True
    if change.parent and before.parent != now.parent:
        return True
    if change.verb == "rename" and before.marker != now.marker:
        return True
    if change.verb in ("grant", "revoke"):
        return False
    replaced = before.fields if change.verb == "archive" else change.fields
    return any(
        name in before.fields and before.fields[name] != now.fields.get(name) for name in replaced
    )
