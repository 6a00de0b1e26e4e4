"""Whom a run sent a digest, whom it will tell later, and of whom nobody knows. Pure."""

from collections.abc import Iterator

from smarketing.changes.sending import FIELD
from smarketing.contract import Change
from smarketing.digest.items import DIGEST
from smarketing.plan import Plan, Recap
from smarketing.text.wording import joined, one_line

_MOST = 6


def told(recap: Recap) -> Iterator[str]:
    """Yield a sentence for each thing there is to say of messages."""
    plan = recap.plan
    sent = [c for c in recap.done if c.address.startswith(DIGEST)]
    new = [change for change in sent if change.verb == "create"]
    if people := [_name(to) for change in new if (to := change.fields.get("to"))]:
        who = joined(list(dict.fromkeys(people)), most=_MOST)
        where = f"The digest for {who} lies in {plan.outbox}" if plan.outbox else ""
        yield f"{where or f'The digest went to {who}'}."
    for change in new:
        if not change.fields.get("to"):
            yield _posted(plan, change)
    if any(change.verb == "update" for change in sent):
        yield "The digest of this week was brought up to date where it stands."
    if plan.held:
        who = joined(list(dict.fromkeys(map(_name, plan.held))), most=_MOST)
        yield f"Held back, as asked: what {who} would be told."
    for keep in plan.keeps:
        if keep.field == FIELD:
            title = one_line(plan.titles.get(keep.address, keep.address))
            yield f"“{title}” {one_line(keep.why)}."


def _posted(plan: Plan, change: Change) -> str:
    title = one_line(plan.titles.get(change.address) or "The digest")
    place = plan.places[change.address]
    if folder := plan.folders.get(place):
        return f"“{title}” lies in {plan.outbox or folder}."
    return f"“{title}” was posted in {plan.tools.get(place, place)}."


def _name(to: object) -> str:
    return one_line(str(to).partition("<")[0]) or one_line(str(to))
