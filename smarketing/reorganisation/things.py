"""What is merged, split and moved, and what stays where it is. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from smarketing.address import container_of
from smarketing.contract import Change
from smarketing.kinds import THERE
from smarketing.reorganisation.known import Reorganisation
from smarketing.reorganisation.sections import section
from smarketing.state.record import Record
from smarketing.text.wording import called, joined, number_of


def of_things(what: Reorganisation) -> Iterator[str]:
    """Say what goes into what, what is new beside it, and what moves."""
    for old, new in what.joins.items():
        inside = [
            change.kind
            for change in what.changes
            if change.verb == "move" and change.parent == new and _comes_from(change, old, what)
        ]
        counted = Counter(inside)
        with_it = joined([number_of(count, kind) for kind, count in counted.items()])
        goes = f"“{_title(old, what)}” goes into “{_title(new, what)}”"
        moved = f", {with_it} with it" if with_it else ""
        yield f"{goes}{moved}, and then to the archive."
    yield from _commented(what.joins, what)
    for new, old in what.desired.splits.items():
        made = any(c.verb == "create" and c.address == new for c in what.changes)
        first = what.desired.was.get(old, "")
        if made and first:
            yield f"“{_title(first, what)}” is split: “{_title(new, what)}” is new beside it."
    for each in what.carried:
        source, target = _title(each.source, what), _title(each.target, what)
        heading = section(each.text, each.heading).split("\n")[0].lstrip("# ")
        yield f"The section “{heading}” moves from “{source}” to “{target}”, as your team has it."
    yield from _commented((each.source for each in what.carried), what)
    yield from _moves(what)


def _commented(sources: Iterable[str], what: Reorganisation) -> Iterator[str]:
    """Say where comments stay whose words go elsewhere."""
    for address in dict.fromkeys(sources):
        record = what.after.get(address)
        if record and record.kind == "document" and record.place in what.commented:
            yield (
                f"Comments on what moves stay listed in “{_title(address, what)}”: no comment can "
                "be taken along to another document."
            )


def _comes_from(change: Change, old: str, what: Reorganisation) -> bool:
    record = what.after.get(old)
    holder = record.binding.id if record and record.binding else None
    return bool(change.before and change.before.parent == holder)


def _moves(what: Reorganisation) -> Iterator[str]:
    """Say where folders, documents, lists and tables go that are not merged."""
    for change in what.changes:
        record = what.after.get(change.address)
        if change.verb != "move" or change.kind in ("card", "check") or record is None:
            continue
        if any(_comes_from(change, old, what) for old in what.joins):
            continue
        if record.existence == THERE and change.parent in what.after:
            yield f"“{_title(change.address, what)}” moves to “{_title(change.parent, what)}”."


def _title(address: str, what: Reorganisation) -> str:
    record = what.after.get(address) or what.before.get(address)
    item = what.desired.items.get(address)
    title = record.hub.get("title") if record else item.fields.get("title") if item else ""
    if address.startswith("root:"):
        return what.desired.title
    return called(address, str(title or ""))


def not_merged(refused: Mapping[str, str], records: Mapping[str, Record]) -> Iterator[str]:
    """Say of what can't be merged that it stays, and how a person puts it away."""
    for old, new in refused.items():
        one, other = (
            called(each, str(records[each].hub.get("title") or "")) for each in (old, new)
        )
        yield (
            f"“{one}” is not merged into “{other}”: only lists, folders and documents can be. It "
            f"stays as it is; to put it away: smarketing archive {old}"
        )


def not_moved(
    stuck: Mapping[str, str], records: Mapping[str, Record], tools: Mapping[str, str]
) -> Iterator[str]:
    """Say of what can't leave the board or table that holds it that it stays."""
    for new, old in stuck.items():
        record = records[old]
        holder, target = container_of(old), container_of(new)
        title = called(old, str(record.hub.get("title") or ""))
        tool = tools.get(record.place, record.place)
        yield (
            f"“{title}” can't be moved from {holder} to {target} in {tool}. It stays where it is "
            "until you move it by hand, with the mark at its end."
        )
