"""Proposed removals as a card with a checklist: a lead ticks what shall go everywhere. Pure.

A tick removes the rest; a line that is taken out, or struck through, lets the rest stay, and so
does putting away the card. It is made when it is needed, and goes when nothing is left to answer.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from smarketing.address import container_of, key_of
from smarketing.kinds import ARCHIVED, THERE, Value
from smarketing.record import Record
from smarketing.sync.action import Action, carried
from smarketing.sync.proposals import Answers, Proposal
from smarketing.wording import called, joined

KEY = "own-proposed-removals"
TITLE = "Proposed removals"
_TEXT = (
    "Somebody removed these at one place, and they still stand at others. Tick a line and it goes "
    "there, too; delete the line and the rest stays."
)


def card_of(board: str) -> str:
    """Return the address of the card on a board."""
    return f"{board}/card:{KEY}"


def answers_in(
    records: Mapping[str, Record], boards: Iterable[str], actions: Iterable[Action]
) -> Answers:
    """Return what people answered on these boards' cards."""
    by_line = {carried(action.key): action for action in actions if action.closed}
    approved: set[str] = set()
    stay: set[str] = set()
    cards = {card_of(board) for board in boards}
    for address, record in records.items():
        action = by_line.get(key_of(address)) if container_of(address) in cards else None
        if action is None or record.binding is None or _is_answered(action):
            continue
        if _is_left(records, address):
            continue
        if record.existence != THERE or records[container_of(address)].existence != THERE:
            stay.add(action.key)
        elif record.hub.get("done"):
            approved.add(action.key)
    return Answers(frozenset(approved), frozenset(stay))


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
    lines = {a: r for a, r in here.items() if container_of(a) == address}
    if not wanted:
        if card is not None and card.existence == THERE:
            return {address: replace(card, hub={**card.hub, "existence": ARCHIVED})}
        return {}
    changed = {
        line: replace(record, hub={**record.hub, "existence": ARCHIVED})
        for line, record in lines.items()
        if record.existence == THERE and key_of(line) not in wanted
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
        line = f"{address}/check:{key}"
        there = lines.get(line)
        text = _line(proposal, titles)
        said: dict[str, Value] = {"title": text, "done": False, "parent": address}
        if there is None or there.gone:
            changed[line] = Record(line, "check", tool, {**said, "existence": THERE})
        elif is_new or there.existence != THERE:
            changed[line] = replace(there, hub={**there.hub, **said, "existence": THERE})
    return changed


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
