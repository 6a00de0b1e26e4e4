"""What a tool held when it was last read, for a place that says that nothing changed. Pure."""

from collections.abc import Iterable

from smarketing.contract import Remote
from smarketing.kinds import Value
from smarketing.state.record import Binding, Record


def as_last_seen(record: Record, version: str | None = None) -> Remote:
    """Return the object as it was when last read, for a place that says it is unchanged."""
    binding = record.binding
    assert binding is not None
    fields: dict[str, Value] = {
        name: seen.value
        for name, seen in record.seen.get(record.place, {}).items()
        if name not in ("parent", "existence")
    }
    return Remote(
        id=binding.id,
        kind=record.kind,
        fields=fields,
        parent=binding.parent,
        existence=str(record.seen.get(record.place, {})["existence"].value),
        marker=binding.marker,
        version=binding.version if version is None else version,
        url=binding.url,
        born=binding.born,
        ours=binding.ours,
        inside=binding.inside,
    )


def binding_to(remote: Remote, marker: str) -> Binding:
    """Return the tie to an object as it is now; `marker` is the address that is written on it."""
    return Binding(
        id=remote.id,
        version=remote.version,
        url=remote.url,
        parent=remote.parent,
        marker=marker,
        born=remote.born,
        ours=remote.ours,
        inside=remote.inside,
    )


def with_known_versions(records: Iterable[Record]) -> dict[str, str]:
    """Return the versions by id, for a read that skips what did not change."""
    return {r.binding.id: r.binding.version for r in records if r.binding and r.binding.version}
