"""Where a workspace stands: what is still to agree, and whether a person is needed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from smarketing.desired import Desired
from smarketing.plan import Plan, counts, is_empty
from smarketing.record import Record, Snapshot

_OPEN = re.compile(r"\[to agree:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Status:
    """One workspace at one moment. `agree` maps titles to how much is still to agree there."""

    workspace: str
    built: bool
    pending: Mapping[str, int]
    agree: Mapping[str, int]
    conflicts: tuple[str, ...]
    deleted: tuple[str, ...]
    interrupted: bool
    unreachable: Mapping[str, str]
    needs_approval: str

    @property
    def needs_a_person(self) -> bool:
        """Whether something is open that only a person can settle."""
        return bool(
            self.conflicts
            or self.needs_approval
            or self.interrupted
            or self.unreachable
            or any(self.agree.values())
        )


def status_of(desired: Desired, plan: Plan, snapshot: Snapshot) -> Status:
    """Return the status that follows from a plan and from what state knows."""
    records = snapshot.records
    pending = {} if is_empty(plan) else {v: n for v, n in counts(plan).items() if n}
    return Status(
        desired.title,
        bool(records),
        pending,
        {
            _title(address, records): count
            for address, record in records.items()
            if (count := _to_agree(record))
        },
        tuple(a for a, record in records.items() if record.notes)
        + tuple(shown.address for shown in plan.conflicts),
        tuple(a for a, r in records.items() if r.gone and not r.released and a in desired.items),
        bool(snapshot.intents),
        plan.unreachable,
        plan.needs_approval,
    )


def status_json(status: Status) -> dict[str, Any]:
    """Return the status as data."""
    return {
        "workspace": status.workspace,
        "built": status.built,
        "pending": dict(status.pending),
        "to_agree": dict(status.agree),
        "conflicts": list(status.conflicts),
        "deleted": list(status.deleted),
        "interrupted": status.interrupted,
        "unreachable": dict(status.unreachable),
        "person_needed": status.needs_a_person,
    }


def status_text(status: Status) -> str:
    """Return the status as lines to read."""
    if not status.built:
        return f"{status.workspace}: nothing is built yet. Run: smarketing apply"
    lines = [f"{status.workspace}:"]
    if status.interrupted:
        lines.append(
            "  The last run was interrupted. Run `smarketing apply`: it finishes the work."
        )
    lines += [f"  {name} can't be read: {why}" for name, why in status.unreachable.items()]
    if status.pending:
        told = ", ".join(f"{count} to {verb}" for verb, count in status.pending.items())
        lines.append(f"  Waiting for `smarketing apply`: {told}.")
    else:
        lines.append("  Everything is as the playbook asks.")
    if total := sum(status.agree.values()):
        lines.append(f"  Still to agree: {total}")
        lines += [f"    {title}: {count}" for title, count in status.agree.items()]
    lines += [f"  A suggestion waits for an answer in {address}." for address in status.conflicts]
    for address in status.deleted:
        lines.append(
            f"  {address} was deleted. `smarketing apply --restore {address}` brings it back."
        )
    if status.needs_approval:
        lines.append("  Removals wait for your approval: see `smarketing plan`.")
    return "\n".join(lines)


def _to_agree(record: Record) -> int:
    if record.existence != "there" or record.released or record.address == "document:start-here":
        return 0
    texts = [record.hub.get("body"), record.hub.get("description")]
    return sum(len(_OPEN.findall(text)) for text in texts if isinstance(text, str))


def _title(address: str, records: Mapping[str, Record]) -> str:
    return str(records[address].hub.get("title") or address)
