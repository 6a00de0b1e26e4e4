"""What a tool in memory says that it can hold."""

from smarketing.contract import Limit, Manifest
from smarketing.kinds import KINDS
from smarketing.testing.awkward import Awkward


def manifest(awkward: Awkward, name: str = "memory") -> Manifest:
    """Return what a tool so awkward can hold."""
    kinds = {
        kind: frozenset(field for field in each.fields if f"{kind}.{field}" not in awkward.lacks)
        for kind, each in KINDS.items()
        if kind not in awkward.lacks
    }
    return Manifest(
        name=name,
        title="Memory",
        kinds=kinds,
        instead={
            lack: f"{lack} is left out: memory has no place for it." for lack in awkward.lacks
        },
        archives=frozenset(kinds) - awkward.releases,
        unmarked=awkward.unmarked & frozenset(kinds),
        limits=(Limit("calls", *awkward.limit),) if awkward.limit else (),
        marker="a slot of its own on each object",
        secrets=("token",),
        forgets=awkward.forgets,
        edits=awkward.edits,
    )
