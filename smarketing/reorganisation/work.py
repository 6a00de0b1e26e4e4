"""Whose open work goes to whom, and what still names who is no longer there. Pure."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from smarketing.config.handover import Roster, leavers, renamed_people
from smarketing.kinds import THERE, Value
from smarketing.recognising.look import Look
from smarketing.reorganisation.known import Reorganisation
from smarketing.reorganisation.people import SHOWN
from smarketing.resolve.desired import Desired
from smarketing.state.record import PLAYBOOK, Record
from smarketing.text.wording import joined, one_line, plural


def of_work(what: Reorganisation) -> Iterator[str]:
    """Say whose open cards go to whom."""
    names = renamed_people(what.former, what.desired.roster)
    passed: Counter[tuple[str, str]] = Counter()
    for address, record in what.after.items():
        was = what.before.get(address)
        if was is None or record.kind != "card" or not record.stands or record.hub.get("done"):
            continue
        old, new = _owner(was.hub), _owner(record.hub)
        is_ours = old in what.desired.successors or _asked(was) != _asked(record)
        if is_ours and old and old != new and names.get(old) != new:
            passed[old, new] += 1
    known = {*what.former.people.values(), *what.former.left.values()}
    for (old, new), count in passed.items():
        if old in known or old in what.desired.successors:
            cards = plural(count, "open card", "open cards")
            verb = "goes" if count == 1 else "go"
            yield (
                f"{_of(old)} {cards} {verb} to {new}."
                if new
                else (f"Nobody takes over {_of(old)} {cards}: no team has a lead.")
            )
    for old, count in what.following.items():
        promises = plural(count, "open promise", "open promises")
        verb = "goes" if count == 1 else "go"
        heir = what.desired.successors[old]
        yield f"{_of(old)} {promises} {verb} to {heir} with the next sync."


def _owner(hub: Mapping[str, Value]) -> str:
    return str(hub.get("owner") or "")


def _asked(card: Record) -> Value:
    """Return whose the playbook says that a card is: another owner is else a member's doing."""
    said = card.seen.get(PLAYBOOK, {}).get("owner")
    return said.value if said else None


def _of(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def of_what_is_left_over(what: Reorganisation) -> Iterator[str]:
    """Say what open work outside the playbook still names who is no longer there."""
    for name, titles in what.elsewhere.items():
        shown = joined([f"“{one_line(title)}”" for title in titles], most=SHOWN)
        verb, them = ("names", "it") if len(titles) == 1 else ("name", "them")
        yield f"{shown} still {verb} {name}; give {them} to somebody, for we change only what is ours."


def open_elsewhere(
    former: Roster,
    desired: Desired,
    records: Mapping[str, Record],
    looks: Mapping[str, Look],
    kept: Collection[str],
) -> dict[str, list[str]]:
    """Return the titles of open cards outside the playbook, by who left in this run and has them.

    `kept` are the addresses of those that a sync hands over.
    """
    leaving = leavers(former, desired.roster)
    found: dict[str, list[str]] = {}
    if not leaving:
        return found
    open_work = [
        remote.fields
        for look in looks.values()
        for remote in look.matched.others
        if remote.kind == "card" and remote.existence == THERE
    ]
    open_work += [
        record.hub
        for record in records.values()
        if record.kind == "card" and record.stands
        if record.address not in desired.items and record.address not in kept
    ]
    for fields in open_work:
        owner = fields.get("owner")
        if owner in leaving and not fields.get("done"):
            found.setdefault(str(owner), []).append(str(fields.get("title") or ""))
    return found
