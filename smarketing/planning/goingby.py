"""What synced places and running notes go by in a run: state, time and what was looked at."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from smarketing.config.handover import once_there
from smarketing.instep.going import Going
from smarketing.instep.keeping import away_in, doubted_in, fresh_in, is_forgotten, lists_in
from smarketing.meetings.remembered import remembered_in, standing_in
from smarketing.meetings.running import Running
from smarketing.planning.asking import Asked
from smarketing.planning.given import Request, Workspace
from smarketing.planning.sighting import Sighted
from smarketing.sync.block import Block


def going_in(workspace: Workspace, request: Request, asked: Asked, seen: Sighted) -> Going:
    """Return what synced places are brought in step by."""
    return Going(
        asked.desired.sync,
        workspace.state.actions(),
        frozenset(seen.looks),
        workspace.today,
        asked.desired.people,
        doubted_in(asked.snapshot.facts),
        bool(seen.lost) or is_forgotten(asked.snapshot.facts),
        {place: look.terms.manifest.archives for place, look in seen.looks.items()},
        frozenset(
            str(item.fields.get("title") or "")
            for item in workspace.desired.items.values()
            if item.kind == "label"
        ),
        lists_in(asked.snapshot.facts),
        seen.records,
        running_in(workspace, asked),
        once_there(asked.former, asked.desired.roster),
        asked.desired.successors,
        request.again,
        away_in(asked.snapshot.facts),
        fresh_in(asked.snapshot.facts),
    )


def running_in(workspace: Workspace, asked: Asked) -> Running:
    """Return what the running notes of meetings go by, at this moment."""
    facts, now = asked.snapshot.facts, datetime.fromtimestamp(workspace.clock.now(), UTC)
    return Running(asked.desired, now, remembered_in(facts), standing_in(facts))


def lines_of(blocks: Sequence[Block], facts: Mapping[str, str]) -> dict[str, Collection[str]]:
    """Return the words of the lines that show action items, by running notes."""
    places = {place for block in blocks for place in block.places}
    remembered = remembered_in(facts)
    return {
        document: remembered[document].lines.values() for document in places & remembered.keys()
    }
