"""What a sync did, and what it leaves to people, as plain sentences and as data."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from smarketing.address import kind_of
from smarketing.contract import Change
from smarketing.plan import NOT_TRIED, Plan, Recap, recap_json
from smarketing.startpage.derived import START_PAGES
from smarketing.sync.agreed import Agreed, Conflict
from smarketing.sync.missing import Missing
from smarketing.sync.pairing import Doubt
from smarketing.sync.removals import sentence
from smarketing.text.wording import called, joined, one_line, plural

_SHOWN_AT_MOST = 10
_SHOWS = ("card", "row", "document")
_EFFECTS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("row", "follows"): ("row follows", "rows follow"),
    ("card", "follows"): ("card follows", "cards follow"),
    ("row", "new"): ("row is new", "rows are new"),
    ("card", "new"): ("card is new", "cards are new"),
    ("row", "away"): ("row is put away", "rows are put away"),
    ("card", "away"): ("card is put away", "cards are put away"),
    ("document", "follows"): ("document follows", "documents follow"),
}
_BY_VERB = {"create": "new", "archive": "away"}


def sync_text(
    recap: Recap,
    titles: Mapping[str, str],
    verbose: bool = False,
    invited: Sequence[str] = (),
    messages: Sequence[str] = (),
) -> str:
    """Return what a sync did, in lines.

    `titles` are what people call boards and tables, `invited` says who is a guest of a meeting,
    `messages` who was told what else.
    """
    plan = recap.plan
    guests = [plural(len(invited), "guest is invited", "guests are invited")] if invited else []
    told = [*_counts(recap.done), *guests, *_conflict_counts(plan)]
    first = ", ".join(told) if told else "everything is in step"
    stopped = any(agreed.stopped for agreed in plan.synced.values())
    if not told and (plan.unreachable or recap.failed or stopped):
        first = "nothing was done"
    lines = [f"{one_line(plan.workspace)}: {first}."]
    if verbose:
        lines += [f"  {change.verb:7} {_title(change.address, plan)}" for change in recap.done]
    open_ones = open_lines(plan.synced, plan, titles)
    lines += (
        f"  {line}" for line in (*invited, *plan.notices, *recap.asides, *messages, *open_ones)
    )
    lines += (f"  {one_line(words)}" for words in _trouble(recap))
    return "\n".join(lines)


def _counts(done: Iterable[Change]) -> Iterator[str]:
    effects: dict[str, tuple[str, str]] = {}
    for change in done:
        address = _shown_by(change)
        if change.verb == "rename" and not change.fields:
            continue  # it only got a marker
        if address and effects.get(address, ("", "follows"))[1] == "follows":
            effects[address] = (kind_of(address), _BY_VERB.get(_verb(change), "follows"))
    counted = Counter(effects.values())
    for effect, words in _EFFECTS.items():
        if count := counted[effect]:
            yield plural(count, *words)


def _verb(change: Change) -> str:
    return "" if change.kind == "check" else change.verb


def _shown_by(change: Change) -> str:
    """Return the card or row that a change is about, "" for none."""
    if change.address in START_PAGES:
        return ""  # they follow all that there is
    address = change.address.rpartition("/check:")[0] or change.address
    return address if kind_of(address) in _SHOWS else ""


def _conflict_counts(plan: Plan) -> Iterator[str]:
    count = sum(len(agreed.conflicts) for agreed in plan.synced.values()) + len(plan.conflicts)
    if count:
        yield plural(count, "conflict", "conflicts")


def open_lines(
    synced: Mapping[str, Agreed], plan: Plan, titles: Mapping[str, str]
) -> Iterator[str]:
    """Yield what waits for a person, and what was left alone."""
    for agreed in synced.values():
        for conflict in agreed.conflicts:
            yield conflict_line(conflict, titles)
        for each in agreed.doubts:
            yield doubt_line(each, titles)
        for proposal in agreed.proposals:
            said = sentence(proposal, titles)
            yield f"{said}: tick it on the card “Proposed removals”, or bring it back."
        yield from missing_lines(agreed.missing, titles)
    stopped = {place: why for each in synced.values() for place, why in each.stopped.items()}
    for place, why in stopped.items():
        yield f"“{called(place, titles.get(place, ''))}” was left alone: it {why}."
    for shown in plan.conflicts:
        title = _title(shown.address, plan)
        yield f"“{title}”, {shown.field}: {shown.stands} stands, {shown.yields} does not."


def conflict_line(conflict: Conflict, titles: Mapping[str, str]) -> str:
    """Return what stands and what does not."""
    said = conflict.yielded

    def at(value: str, place: str, more: str = "") -> str:
        return f"{one_line(value)} (“{called(place, titles.get(place, ''))}”{more})"

    told = "".join(f", {word}" for word in (said.by, said.when) if word)
    return (
        f"“{one_line(conflict.title)}”, {conflict.field}: {at(conflict.stands, said.against)} stands, "
        f"{at(conflict.yields, said.place, told)} does not. The next edit settles it."
    )


def missing_lines(missing: Sequence[Missing], titles: Mapping[str, str]) -> Iterator[str]:
    """Yield what is absent since state was lost, and how somebody decides of it."""

    def named(places: Iterable[str]) -> str:
        return joined([f"“{called(place, titles.get(place, ''))}”" for place in places])

    for each in missing[:_SHOWN_AT_MOST]:
        yield (
            f"“{one_line(each.title)}” stands in {named(each.still_at)} and not in "
            f"{named(each.places)}: since the state was lost, nobody knows whether it was removed. "
            "Write it there with the same title and status if it belongs there, else put it away."
        )
    if (more := len(missing) - _SHOWN_AT_MOST) > 0:
        yield f"{more} more are absent in the same way: `smarketing status --json` names them."


def doubt_line(doubt: Doubt, titles: Mapping[str, str]) -> str:
    """Return what is not clear, and what settles it."""
    place = doubt.address.partition("/")[0]
    named = f"“{one_line(doubt.title)}” in “{called(place, titles.get(place, ''))}”"
    if doubt.is_copy and doubt.others:
        return f"{named} is a copy of what is shown there already: put one of the two away."
    if doubt.is_copy:
        return (
            f"{named} is a copy of something that is not there any more, and nothing follows it: put "
            "it away, or write it anew."
        )
    return (
        f"{named} may be the same as "
        f"{plural(len(doubt.others), 'thing', 'things')} elsewhere, or not: give both the same due "
        "day or owner if it is, another title if it is not."
    )


def _trouble(recap: Recap) -> Iterator[str]:
    plan = recap.plan
    for place, why in plan.unreachable.items():
        yield f"{plan.tools.get(place, place)} was not reached, and follows later: {why}"
    alike: dict[tuple[str, str], dict[str, str]] = {}
    for failure in recap.failed:
        if failure.error != NOT_TRIED:
            done = "sent" if kind_of(failure.address) == "message" else "changed"
            named = alike.setdefault((done, failure.error), {})
            named[failure.address] = f"“{_title(failure.address, plan)}”"
    for (done, error), named in alike.items():
        who = next(iter(named.values())) if len(named) == 1 else f"{len(named)} things"
        yield f"{who} could not be {done}: {error}"


def _title(address: str, plan: Plan) -> str:
    return called(address, plan.titles.get(address, ""))


def sync_json(recap: Recap) -> dict[str, Any]:
    """Return what a sync did as data."""
    synced = {key: agreed_json(agreed) for key, agreed in recap.plan.synced.items()}
    return {**recap_json(recap), "sync": synced}


def agreed_json(agreed: Agreed) -> dict[str, Any]:
    """Return what one sync block leaves to people as data."""
    return {
        "conflicts": [conflict_json(each) for each in agreed.conflicts],
        "proposals": [
            {
                "key": each.key,
                "title": each.title,
                "gone": dict(each.closed),
                "still_at": list(each.still_at),
            }
            for each in agreed.proposals
        ],
        "doubts": [
            {"address": each.address, "title": each.title, "others": list(each.others)}
            for each in agreed.doubts
        ],
        "tied": [
            {"key": each.key, "address": each.address, "confidence": each.confidence}
            for each in agreed.ties
        ],
        "stopped": dict(agreed.stopped),
        "away": sorted(agreed.away),
        "missing": missing_json(agreed.missing),
    }


def missing_json(missing: Iterable[Missing]) -> list[dict[str, Any]]:
    """Return what is absent since state was lost as data."""
    return [
        {
            "key": each.key,
            "title": each.title,
            "places": list(each.places),
            "still_at": list(each.still_at),
        }
        for each in missing
    ]


def conflict_json(conflict: Conflict) -> dict[str, str]:
    """Return what stands, what does not, and at which places, as data."""
    return {
        "key": conflict.key,
        "title": conflict.title,
        "field": conflict.field,
        "stands": conflict.stands,
        "at": conflict.yielded.against,
        "yields": conflict.yields,
        "there": conflict.yielded.place,
    }
