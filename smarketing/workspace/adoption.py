"""What is there already and may be an item of the playbook: proposals, never guesses in silence."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from smarketing.contract import Integration, Remote, Unreachable
from smarketing.planning.given import NOTHING_ASKED, Workspace
from smarketing.planning.preparing import prepare
from smarketing.recognising.look import Look
from smarketing.resolve.desired import Desired, Item
from smarketing.state.record import Record
from smarketing.text.samewords import plain, words_kept
from smarketing.text.wording import one_line

ADOPTABLE = frozenset(("folder", "board", "document", "table"))
"""Kinds that stand on their own, so that a person can point at one."""

SURE, LIKELY = 0.95, 0.6
"""Confidence in the very same title, and the least of which a proposal is made."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An object that may be an item. `confidence` goes from 0 to 1; `rivals` are further objects
    that fit as well, so that a person has to choose. `within` is the address of the board or
    table with which it comes, "" for what is bound by a line of its own."""

    address: str
    title: str
    found: str
    url: str
    confidence: float
    rivals: tuple[str, ...] = ()
    within: str = ""


def to_adopt(desired: Desired, records: Mapping[str, Record], place: str) -> list[Item]:
    """Return the items of a place that could be bound to something: those without an object."""
    return [
        item
        for address, item in desired.items.items()
        if item.place == place
        and item.kind in ADOPTABLE
        and item.fields.get("title")
        and address not in desired.existing
        and not ((record := records.get(address)) and record.binding)
    ]


def proposals(items: Sequence[Item], offers: Iterable[Remote]) -> list[Proposal]:
    """Return for each item the object that fits best, each object for one item only."""
    offered = list(offers)
    scored = sorted(
        (
            (confidence, number, item, remote)
            for number, item in enumerate(items)
            for remote in offered
            if remote.kind == item.kind and (confidence := _confidence(item, remote)) >= LIKELY
        ),
        key=lambda each: (-each[0], each[1], each[3].id),
    )
    taken: set[str] = set()
    found: dict[str, Proposal] = {}
    for confidence, _, item, remote in scored:
        if item.address in found or remote.id in taken:
            continue
        rivals = [
            other
            for score, _, same, other in scored
            if same is item and score == confidence and other.id not in taken | {remote.id}
        ]
        taken |= {remote.id, *(rival.id for rival in rivals)}
        found[item.address] = Proposal(
            item.address,
            str(item.fields["title"]),
            str(remote.fields.get("title") or ""),
            remote.url or remote.id,
            confidence / (1 + len(rivals)),
            tuple(rival.url or rival.id for rival in rivals),
        )
    return [found[item.address] for item in items if item.address in found]


def in_all_places(
    desired: Desired, records: Mapping[str, Record], integrations: Mapping[str, Integration]
) -> tuple[list[Proposal], list[str]]:
    """Return the proposals of every place in use, and why some can't be looked into."""
    found: list[Proposal] = []
    unseen: list[str] = []
    for place in dict.fromkeys(item.place for item in desired.items.values()):
        items = to_adopt(desired, records, place)
        if items:
            kinds = frozenset(item.kind for item in items)
            try:
                found += proposals(items, integrations[place].offers(kinds))
            except Unreachable as error:
                unseen.append(str(error))
    return found, unseen


def inside(workspace: Workspace, found: Iterable[Proposal]) -> list[Proposal]:
    """Return what comes with the boards and tables that are bound, or surely would be."""
    held = [each for each in certain(found) if each.address.startswith(("board:", "table:"))]
    existing = {place: dict(named) for place, named in workspace.existing.items()}
    for each in held:
        place = workspace.desired.items[each.address].place
        existing.setdefault(place, {})[each.address] = each.url
    if not any(a.startswith(("board:", "table:")) for named in existing.values() for a in named):
        return []
    named = {address: where for each in existing.values() for address, where in each.items()}
    desired = replace(workspace.desired, existing=named)
    prepared = prepare(replace(workspace, desired=desired, existing=existing), NOTHING_ASKED)
    return [
        one
        for address, item in desired.items.items()
        if (look := prepared.looks.get(item.place)) and (one := _comes_along(item, look))
    ]


def _comes_along(item: Item, look: Look) -> Proposal | None:
    matched = look.matched
    if item.address in matched.adopted:
        same: tuple[Remote, ...] = (matched.found[item.address],)
    else:
        same = matched.doubtful.get(item.address, ())
    if not same:
        return None
    title = str(same[0].fields.get("title") or same[0].called)
    urls = [each.url or each.id for each in same]
    within = item.address.split("/")[0]
    if item.address in matched.adopted:
        return Proposal(item.address, title, title, urls[0], SURE, (), within)
    sure = SURE / (len(urls) + 1)
    return Proposal(item.address, title, title, urls[0], sure, tuple(urls[1:] or urls), within)


def certain(found: Iterable[Proposal]) -> list[Proposal]:
    """Return the proposals that need no choice between equals and get a line of their own."""
    return [each for each in found if not each.rivals and not each.within]


def proposals_text(found: Sequence[Proposal]) -> str:
    """Return the proposals as people read them."""
    if not found:
        return "Nothing that is there already looks like something of the playbook."
    return "\n".join(line for each in found for line in _lines(each))


def proposals_json(found: Iterable[Proposal]) -> dict[str, object]:
    """Return the proposals as JSON holds them."""
    return {
        "proposals": [
            {
                "address": each.address,
                "title": each.title,
                "found": each.found,
                "url": each.url,
                "confidence": round(each.confidence, 2),
                "rivals": list(each.rivals),
                "within": each.within,
            }
            for each in found
        ]
    }


def _lines(each: Proposal) -> Iterator[str]:
    yield f"{each.address}: {each.url}"
    title = one_line(each.found)
    if each.within and each.rivals:
        yield f"    several called “{title}” in {each.within}: none is made or taken; rename some"
    elif each.within:
        yield f"    “{title}” comes with {each.within}, {each.confidence:.0%} sure"
    elif each.rivals:
        yield f"    one of {1 + len(each.rivals)} called “{title}”; choose one yourself:"
        yield from (f"    {one_line(rival)}" for rival in each.rivals)
    else:
        yield f"    “{title}” for “{one_line(each.title)}”, {each.confidence:.0%} sure"


def _confidence(item: Item, remote: Remote) -> float:
    wanted, there = plain(item.fields["title"]), plain(remote.fields.get("title"))
    if wanted == there:
        return SURE
    share = words_kept(wanted, there)
    return round(share * 0.9, 2) if _telling(wanted, there) else 0.0


def _telling(one: str, other: str) -> bool:
    """Say whether the titles share a word that is more than a syllable of glue."""
    shared = Counter(one.split()) & Counter(other.split())
    return any(len(word) > 3 for word in shared)
