"""What state knows, under the names that the playbook has for it now; what is undecided waits. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from smarketing.contract import Integration
from smarketing.kinds import Derive, Values
from smarketing.reorganisation.likeness import Proposal, held_back, proposals, reworded
from smarketing.reorganisation.renaming import (
    Moves,
    fixed_moves,
    present,
    renamed,
    renamed_intents,
    with_addresses,
)
from smarketing.resolve.desired import Desired
from smarketing.state.record import Record, Snapshot


@dataclass(frozen=True, slots=True)
class Named:
    """State under present names. `stuck` is what its tool can't move, new to old address;
    `undecided` what may only have got another key; `held` both, which is not asked for yet."""

    snapshot: Snapshot
    records: Mapping[str, Record]
    desired: Desired
    stuck: Mapping[str, str]
    undecided: tuple[Proposal, ...]
    held: Mapping[str, str]


def under_present_names(
    snapshot: Snapshot, desired: Desired, terms: Mapping[str, Integration]
) -> Named:
    """Return the records under the addresses that `was:`, or a mere rewording, gives them."""
    fixed = {place: each.manifest.fixed for place, each in terms.items()}
    stuck = fixed_moves(snapshot.records, desired.was, fixed)
    desired = replace(desired, was={o: n for o, n in desired.was.items() if n not in stuck})
    records = renamed(snapshot.records, desired.was)
    intents = renamed_intents(snapshot.intents, snapshot.records, desired.was)
    if again := reworded(records, desired):
        intents = renamed_intents(intents, records, again)
        records = renamed(records, again)
    undecided = proposals(records, desired)
    held = stuck | {each.address: each.former for each in undecided}
    snapshot = replace(snapshot, intents=intents)
    return Named(snapshot, records, held_back(desired, held), stuck, undecided, held)


def as_they_are(snapshot: Snapshot, desired: Desired) -> Named:
    """Return the records under the addresses that state has: nothing new is asked for."""
    return Named(snapshot, snapshot.records, desired, {}, (), {})


def as_asked(derive: Derive, held: Mapping[str, str]) -> Derive:
    """Show what is derived from all the rest what is held back as if it were decided."""
    moves: Moves = tuple((old, new) for new, old in held.items())

    def derived(values: Values) -> Values:
        return derive(
            {
                present(address, moves): {
                    name: with_addresses(name, value, moves) for name, value in hub.items()
                }
                for address, hub in values.items()
            }
        )

    return derived if moves else derive
