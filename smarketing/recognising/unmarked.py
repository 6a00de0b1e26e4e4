"""Find what bears no marker: by where it stands, or by its title where that was asked for."""

from collections import Counter
from collections.abc import Sequence

from smarketing.contract import Remote
from smarketing.kinds import THERE
from smarketing.recognising.matched import Wanted
from smarketing.recognising.searching import Search
from smarketing.text.samewords import SIMILAR, plain, words_kept

INSIDE = frozenset(("list", "label", "card", "check", "row"))
"""Kinds that are taken up by their title inside what a person named under `existing:`."""


def by_place(search: Search, wanted: Sequence[Wanted]) -> None:
    """Take what stands where it was made, and take up by title what a person asked to be."""
    names = Counter(map(_name_of, wanted))
    for item in wanted:
        if item.address in search.found:
            continue
        if _may_stand_unmarked(search, item):
            _by_standing(search, item)
        elif _is_to_be_taken_up(search, item):
            _by_title(search, item, names[_name_of(item)] > 1)


def by_rewording(search: Search, wanted: Sequence[Wanted]) -> None:
    """Take a single unmatched sibling that kept most of its words for a rename."""
    for item in wanted:
        if item.address in search.found or not _may_stand_unmarked(search, item):
            continue
        siblings = search.siblings(item)
        if len(siblings) != 1:
            continue
        if words_kept(item.title, str(siblings[0].fields.get("title", ""))) >= SIMILAR:
            search.recover(item.address, siblings[0])


def by_standing(search: Search, wanted: Sequence[Wanted]) -> None:
    """Take what stands where it was made, nothing else."""
    for item in wanted:
        if item.address not in search.found and _may_stand_unmarked(search, item):
            _by_standing(search, item)


def _by_standing(search: Search, item: Wanted) -> None:
    """Take what stands there under its title, else what holds most of its children."""
    siblings = search.siblings(item)
    same = [remote for remote in siblings if remote.fields.get("title") == item.title]
    if not same:
        same = _holding_our_children(search, item, siblings)
    if same:
        search.recover(item.address, min(same, key=lambda r: (r.born, r.id)))


def _name_of(item: Wanted) -> tuple[str, str, str]:
    return item.parent, item.kind, plain(item.title)


def _may_stand_unmarked(search: Search, item: Wanted) -> bool:
    """Nobody's thing is taken by its title, save where we may have made it ourselves."""
    if item.kind not in search.manifest.unmarked or item.parent not in search.found:
        return False
    record = search.records.get(item.address)
    if item.address in search.stranded:
        return True
    if record and record.binding:
        return not search.manifest.stable_ids
    if item.address in search.searched:
        return True
    return item.parent in search.recovered and (not _is_named(search, item) or _is_lost(search))


def _is_named(search: Search, item: Wanted) -> bool:
    """Say whether a person bound the board or table that holds this to what is there."""
    return item.address.split("/")[0] in search.existing


def _is_lost(search: Search) -> bool:
    """Whether it was all made once, and nobody remembers: what stands unmarked may be ours."""
    return not search.records and any(
        each.kind == "root" and bool(each.fields.get("done")) for each in search.found.values()
    )


def _is_to_be_taken_up(search: Search, item: Wanted) -> bool:
    """Say whether a member's thing of this title is asked for: its holder was named."""
    record = search.records.get(item.address)
    begun = record is not None and (record.binding is not None or record.existence != THERE)
    inside = item.kind in INSIDE and item.parent in search.found
    return inside and not begun and _is_named(search, item)


def _by_title(search: Search, item: Wanted, repeated: bool) -> None:
    title = plain(item.title)
    same = [
        remote
        for remote in search.siblings(item)
        if remote.existence == THERE
        and title
        and plain(remote.fields.get("title") or remote.called) == title
    ]
    if len(same) == 1 and not repeated:
        search.claim(item.address, same[0])
        search.adopted.add(item.address)
    elif same:
        search.doubtful[item.address] = tuple(same)


def _holding_our_children(search: Search, item: Wanted, siblings: list[Remote]) -> list[Remote]:
    votes = Counter(
        search.found[record.address].parent
        for record in search.records.values()
        if record.hub.get("parent") == item.address and record.address in search.found
    )
    ids = {remote.id: remote for remote in siblings}
    return [ids[top] for top, _ in votes.most_common(1) if top in ids]
