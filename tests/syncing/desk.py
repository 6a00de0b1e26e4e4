"""A board, a table and running notes for tests: things are said, and what is agreed is looked at."""

from collections.abc import Mapping
from datetime import date

from smarketing.kinds import THERE, Value
from smarketing.playbook.directions import directions
from smarketing.state.action import Action, Said
from smarketing.sync.agreed import Agreed
from smarketing.sync.agreeing import agree
from smarketing.sync.block import Block, Place
from smarketing.sync.heirs import NO_HEIRS, Heirs
from smarketing.sync.proposals import NO_ANSWERS, Answers
from smarketing.sync.statuses import Spoken

from .places import BOARD, FIELDS, HOLDS, NOTES, STATUSES, TABLE

WEEK, DOING, DONE = (f"{BOARD}/list:{key}" for key in ("week", "doing", "done"))
DAY = date(2026, 12, 14)

SPOKEN = {
    BOARD: Spoken(STATUSES, {WEEK: "week", DOING: "doing", DONE: "done", "@ideas": "=Ideas"}),
    TABLE: Spoken(STATUSES, {"This week": "week", "Doing": "doing", "Done": "done"}, is_free=True),
    NOTES: Spoken(STATUSES, ticks=True),
}
CARD, ROW, LINE = f"{BOARD}/card:call", f"{TABLE}/row:call", f"{NOTES}/line:call"


def block(new: str = "everywhere", prefer: str = "") -> Block:
    """Return a sync block between the three."""
    places = {
        place: Place(place, dict.fromkeys(HOLDS[place], ""), SPOKEN[place]) for place in SPOKEN
    }
    return Block("status", places, FIELDS, STATUSES, directions(new, list(places)), prefer)


def card(title: str, status: str = WEEK, address: str = CARD, **fields: Value) -> Said:
    """Return what the board says of a card."""
    return _said(BOARD, address, title, status, fields)


def row(title: str, status: str = "This week", address: str = ROW, **fields: Value) -> Said:
    """Return what the table says of a row."""
    return _said(TABLE, address, title, status, fields)


def line(title: str, status: str = "[ ]", address: str = LINE, **fields: Value) -> Said:
    """Return what the notes say of a line."""
    return _said(NOTES, address, title, status, fields)


def _said(place: str, address: str, title: str, status: str, fields: Mapping[str, Value]) -> Said:
    empty: dict[str, Value] = {"title": title, "status": status, "owner": None}
    existence = str(fields.get("existence") or THERE)
    told = {name: value for name, value in fields.items() if name not in ("existence", "url")}
    url = str(fields.get("url") or "")
    if "due" in HOLDS[place]:
        empty["due"] = None
    return Said(address, place, {**empty, **told}, existence=existence, url=url)


class Desk:
    """Runs round after round, and keeps what is agreed."""

    def __init__(self, new: str = "everywhere", prefer: str = "") -> None:
        self.block = block(new, prefer)
        self.actions: Mapping[str, Action] = {}
        self.doubted: Mapping[str, frozenset[str]] = {}
        self.fresh: frozenset[str] = frozenset()

    def hear(
        self,
        *things: Said,
        down: tuple[str, ...] = (),
        answers: Answers = NO_ANSWERS,
        lost: bool = False,
        heirs: Heirs = NO_HEIRS,
    ) -> Agreed:
        """Let all places but those that are down say these things, and nothing else."""
        said: dict[str, list[Said]] = {p: [] for p in self.block.places if p not in down}
        for one in (each for each in things if each.place not in down):
            said[one.place].append(one)
        agreed = agree(
            self.actions,
            said,
            self.block,
            DAY,
            answers=answers,
            doubted=self.doubted,
            lost=lost,
            fresh=self.fresh,
            heirs=heirs,
        )
        self.actions, self.doubted, self.fresh = agreed.actions, agreed.doubted, agreed.fresh
        return agreed
