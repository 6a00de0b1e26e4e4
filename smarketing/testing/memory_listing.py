"""What a read of memory tells of the tool's objects. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from smarketing.contract import Listing, Remote, Scope
from smarketing.testing.memory_things import Thing


def id_of(there: str) -> str:
    return there.removeprefix("mem:")


def ours_among(
    things: Mapping[str, Thing], scope: Scope, existing: Mapping[str, str]
) -> Sequence[str]:
    """Return the ids of what is read: the seeds, and all that lies inside them."""
    ours = dict.fromkeys((*scope.roots, *scope.known, *existing), True)
    by_marker = not scope.roots

    def is_ours(each: str) -> bool:
        known = ours.get(each)
        if known is None:
            thing = things.get(each)
            known = thing is not None and (
                (by_marker and thing.workspace == scope.workspace)
                or (thing.parent != "" and is_ours(thing.parent))
            )
            ours[each] = known
        return known

    return [each for each in things if is_ours(each)]


def listing_of(seen: Sequence[Remote], scope: Scope, existing: Mapping[str, str]) -> Listing:
    known = scope.known
    unchanged = [each.id for each in seen if each.version and known.get(each.id) == each.version]
    quiet = frozenset(unchanged)
    remotes = [each for each in seen if each.id not in quiet]
    if existing:
        remotes = [
            replace(each, marker=existing[each.id]) if each.id in existing else each
            for each in remotes
        ]
    return Listing(tuple(remotes), quiet)


def without_messages(listing: Listing, scope: Scope) -> Listing:
    """Return what can be looked for; of messages all is told from what we know ourselves."""
    sent = frozenset(each for each, kind in scope.bound.items() if kind == "message")
    remotes = tuple(remote for remote in listing.remotes if remote.kind != "message")
    return replace(listing, remotes=remotes, unchanged=listing.unchanged | sent)


def without_the_last_change(
    seen: list[Remote], last: tuple[str, Remote | None] | None
) -> list[Remote]:
    if last is None:
        return seen
    changed, before = last
    others = [each for each in seen if each.id != changed]
    return others if before is None else [*others, before]
