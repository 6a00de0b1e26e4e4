"""All that is known about one item, for a person who wonders why it is as it is."""

from typing import Any

from smarketing.kinds import Value
from smarketing.resolve.desired import Item
from smarketing.state.record import PLAYBOOK, Record


def explain_item(address: str, item: Item | None, record: Record | None) -> dict[str, Any]:
    """Return where the item is, who speaks for it, and each field's value by place."""
    hub = record.hub if record else {}
    names = dict.fromkeys([*(item.fields if item else ()), *hub])
    return {
        "address": address,
        "kind": item.kind if item else record.kind if record else "",
        "asked_for_at": item.source if item else "",
        "integration": item.place if item else record.place if record else "",
        "state": _state(item, record),
        "where": record.binding.url if record and record.binding else "",
        "fields": [_field(name, item, record) for name in names],
    }


def explanation_text(told: dict[str, Any]) -> str:
    """Return the explanation as lines to read."""
    lines = [f"{told['address']}: {told['state']}"]
    if told["asked_for_at"]:
        lines.append(f"  asked for at  {told['asked_for_at']}")
    if told["where"]:
        lines.append(f"  stands at     {told['where']} ({told['integration']})")
    if told.get("promised"):
        lines.append(f"  a promise in it {told['promised']}")
    for field in told["fields"]:
        lines.append(f"  {field['name']}: {_short(field['value'])}  [{field['from']}]")
    return "\n".join(lines)


def _state(item: Item | None, record: Record | None) -> str:
    if record is None:
        return "not made yet"
    if record.gone:
        return f"was deleted by somebody; `apply --restore {record.address}` brings it back"
    if record.existence != "there":
        return f"archived; `apply --restore {record.address}` brings it back"
    if record.kind != "root" and (record.released or item is None):
        return "released: the playbook no longer speaks for it, and nothing changes it"
    return "kept up to date" if record.binding else "not made yet"


def _field(name: str, item: Item | None, record: Record | None) -> dict[str, Any]:
    asked = item.fields.get(name) if item else None
    if record is None or name not in record.hub:
        return {"name": name, "value": _plain(asked), "from": "the playbook"}
    value = record.hub[name]
    playbook = record.seen.get(PLAYBOOK, {}).get(name)
    if item is not None and name in item.fields and asked == value:
        source = "the playbook"
    elif playbook is None:
        source = "members" if name not in ("parent", "existence") else "smarketing"
    elif playbook.value == value:
        source = "the playbook"
    else:
        source = "members and the playbook, merged"
    return {"name": name, "value": _plain(value), "from": source}


def _plain(value: Value) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return value if value is None or isinstance(value, bool | int | str) else dict(value)


def _short(value: Any) -> str:
    text = " ".join(_told(value).split()) or "empty"
    return text if len(text) <= 100 else f"{text[:97]}..."


def _told(value: Any) -> str:
    """Return a value as people write it: `Ana Silva, Ben Okoye`, `edit for Ana Silva`, `yes`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_told(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_told(one)}" for name, one in value.items())
    return "" if value is None else str(value)
