"""Proposed removals as a card with a checklist: a lead ticks what shall go everywhere. Pure.

A tick removes the rest; a line that is taken out, or struck through, lets the rest stay, and so
does putting away the card. It is made when it is needed, and goes when nothing is left to answer.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from smarketing.address import container_of, key_of
from smarketing.kinds import ARCHIVED, THERE, Value
from smarketing.state.action import Action, carried, origin_of, plain
from smarketing.state.record import Record
from smarketing.sync.proposals import Answers, Proposal
from smarketing.text.wording import called, joined

KEY = "own-proposed-removals"
TITLE = "Proposed removals"
_TEXT = (
    "Somebody removed these at one place, and they still stand at others. Tick a line and it goes "
    "there, too; delete the line and the rest stays."
)
_QUESTION = re.compile(r"“(.+?)” went from ")


def card_of(board: str) -> str:
    """Return the address of the card on a board."""
    return f"{board}/card:{KEY}"


def answers_in(
    records: Mapping[str, Record], boards: Iterable[str], actions: Iterable[Action]
) -> Answers:
    """Return what people answered on these boards' cards."""
    known = [action for action in actions if action.closed]
    by_line = {carried(action.key): action for action in known}
    by_title = _only_ones(known)
    approved: set[str] = set()
    stay: set[str] = set()
    asked: set[str] = set()
    cards = {card_of(board) for board in boards}
    for address, record in records.items():
        if container_of(address) not in cards or record.binding is None:
            continue
        title = _asked_about(record)
        if record.stands and records[container_of(address)].stands:
            asked.add(title)
        action = by_line.get(key_of(address))
        if action is None and record.stands and not origin_of(address):
            action = by_title.get(title)
        if action is None or _is_answered(action) or _is_left(records, address):
            continue
        if record.existence != THERE or records[container_of(address)].existence != THERE:
            stay.add(action.key)
        elif record.hub.get("done"):
            approved.add(action.key)
    return Answers(frozenset(approved), frozenset(stay), asked=frozenset(asked - {""}))


def _asked_about(line: Record) -> str:
    """Return the title that a line asks about, as it is compared: state may not know whose it is."""
    found = _QUESTION.match(str(line.hub.get("title") or ""))
    return plain(found[1]) if found else ""


def _only_ones(actions: Iterable[Action]) -> dict[str, Action]:
    """Return these action items by titles, as they are compared, that just one of them has."""
    found: dict[str, list[Action]] = {}
    for action in actions:
        found.setdefault(plain(action.title), []).append(action)
    return {title: each[0] for title, each in found.items() if len(each) == 1}


def _is_left(records: Mapping[str, Record], address: str) -> bool:
    """Say whether a thing was left in another tool when its board moved."""
    board = records.get(address.partition("/")[0])
    return board is not None and records[address].place != board.place


def _is_answered(action: Action) -> bool:
    return not (action.closed.keys() - action.kept) or not (action.at.keys() - action.closed.keys())


def with_proposals(
    records: Mapping[str, Record],
    board: str,
    home: str,
    proposals: Collection[Proposal],
    titles: Mapping[str, str],
) -> dict[str, Record]:
    """Return the records of the board's card and its lines that differ from before.

    `home` is the list that a new card goes to, `titles` are what people call the places.
    """
    address, wanted = card_of(board), {carried(each.key): each for each in proposals}
    here = {a: r for a, r in records.items() if r.place == records[board].place}
    card = here.get(address)
    lines = _by_key({a: r for a, r in here.items() if container_of(a) == address}, proposals)
    if not wanted:
        if card is not None and card.existence == THERE:
            return {address: replace(card, hub={**card.hub, "existence": ARCHIVED})}
        return {}
    changed = {
        record.address: replace(record, hub={**record.hub, "existence": ARCHIVED})
        for key, record in lines.items()
        if record.existence == THERE and key not in wanted
    }
    is_new = card is None or card.existence != THERE
    tool = records[board].place
    if card is None or card.gone:
        hub: dict[str, Value] = {
            "title": TITLE, "description": _TEXT, "parent": home, "existence": THERE
        }  # fmt: skip
        changed[address] = Record(address, "card", tool, hub)
        lines = {}
    elif card.existence != THERE:
        changed[address] = replace(card, hub={**card.hub, "existence": THERE})
    for key, proposal in wanted.items():
        there = lines.get(key)
        line = there.address if there else f"{address}/check:{key}"
        text = _line(proposal, titles)
        said: dict[str, Value] = {"title": text, "done": False, "parent": address}
        if there is None or there.gone:
            changed[line] = Record(line, "check", tool, {**said, "existence": THERE})
        elif is_new or there.existence != THERE:
            changed[line] = replace(there, hub={**there.hub, **said, "existence": THERE})
    return changed


def _by_key(lines: Mapping[str, Record], proposals: Collection[Proposal]) -> dict[str, Record]:
    """Return the lines by what they carry; one of before a lost state is known by its title."""
    found = {key_of(address): record for address, record in lines.items()}
    by_title = {plain(each.title): carried(each.key) for each in proposals}
    for key, record in list(found.items()):
        mine = by_title.get(_asked_about(record), key)
        if record.stands and not origin_of(record.address) and mine not in found:
            found[mine] = found.pop(key)
    return found


def _line(proposal: Proposal, titles: Mapping[str, str]) -> str:
    return f"{sentence(proposal, titles)}. Remove it there, too?"


def sentence(proposal: Proposal, titles: Mapping[str, str]) -> str:
    """Return what was removed where and since when, without its full stop."""

    def named(place: str) -> str:
        return f"“{called(place, titles.get(place, ''))}”"

    gone = joined([f"from {named(p)} on {_day(d)}" for p, d in proposal.closed.items()])
    still = joined([named(place) for place in proposal.still_at])
    return f"“{proposal.title}” went {gone} and still stands in {still}"


def _day(day: str) -> str:
    when = date.fromisoformat(day)
    return f"{when.day} {when:%b}"
