"""What a sync run asks for because of the day: guests of the coming meetings, and the digest."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from smarketing.digest.items import Digesting
from smarketing.digest.waiting import what_waits
from smarketing.instep.going import titles_in
from smarketing.instep.keeping import Keeping
from smarketing.meetings.altered import KIND
from smarketing.meetings.coming import Comings
from smarketing.meetings.inviting import guests_to_invite
from smarketing.planning.asking import Asked
from smarketing.planning.given import Request, Workspace
from smarketing.planning.sighting import Sighted
from smarketing.resolve.desired import Item
from smarketing.startpage.derived import START_PAGES
from smarketing.state.record import Record


def inviting(
    workspace: Workspace, asked: Asked, keeping: Keeping, digesting: Digesting
) -> Callable[[Mapping[str, Record]], Sequence[Item]]:
    """Return what asks for guests and digests: what these are depends on today."""
    terms = workspace.integrations
    held = frozenset(place for place, tool in terms.items() if KIND in tool.manifest.kinds)

    def invited(records: Mapping[str, Record]) -> Sequence[Item]:
        synced = keeping.came.agreed if keeping.came else {}
        waits = tuple(what_waits(records, synced, titles_in(records)))
        facts, place = asked.snapshot.facts, digesting.place
        guests = guests_to_invite(asked.desired, records, digesting.now, place, held, facts)
        return [*guests, *digesting.items(records, waits)]

    return invited


def comings_in(workspace: Workspace, request: Request, asked: Asked, seen: Sighted) -> Comings:
    """Return what tells the page for everybody which date of each meeting comes."""
    now = datetime.fromtimestamp(workspace.clock.now(), UTC) if request.sync else None
    page = _words_of_page(seen) if seen.lost else ""
    return Comings.of(asked.snapshot.facts, asked.desired.was, now, page)


def _words_of_page(seen: Sighted) -> str:
    for look in seen.looks.values():
        if page := look.matched.found.get(START_PAGES[0]):
            return str(
                look.terms.as_hub("document", "body", page.fields.get("body"), look.names) or ""
            )
    return ""


def digesting_in(workspace: Workspace, request: Request, asked: Asked) -> Digesting:
    """Return what asks for the digests of this run."""
    tool = workspace.integrations.get(workspace.messages_in)
    mails = tool is not None and "to" in tool.manifest.kinds.get("message", ())
    return Digesting(
        asked.desired,
        workspace.messages_in if mails else "",
        {place: each.manifest for place, each in workspace.integrations.items()},
        request.hold_invitations,
        asked.snapshot.facts,
        datetime.fromtimestamp(workspace.clock.now(), UTC),
    )
