"""What a playbook and a config together ask for: the playbook's side of every field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from smarketing.calendar.digesttimes import Digest, Quiet
from smarketing.calendar.framing import Frame
from smarketing.calendar.holidays import Holidays
from smarketing.calendar.hosting import Hosting
from smarketing.config.handover import Roster
from smarketing.contract import BUILD
from smarketing.kinds import Value
from smarketing.sync.block import Block


@dataclass(frozen=True, slots=True)
class Item:
    """One item as the playbook wants it.

    `place` is the name of the integration that holds it, `parent` the address of the item it
    sits in ("root:<place>" at the top). `fields` are in the hub's terms; a field the playbook
    is silent about is absent. `source` is file:line of the line that asks for it, `is_plain` whether that
    line is all there is: a key and a title.
    """

    address: str
    kind: str
    place: str
    parent: str
    fields: Mapping[str, Value]
    stage: int = BUILD
    source: str = ""
    is_plain: bool = False

    @property
    def is_silent(self) -> bool:
        """Whether nothing is said of what it holds: that is made from the other items."""
        return not self.fields.keys() - {"access"}


@dataclass(frozen=True, slots=True)
class Desired:
    """A whole workspace as playbook and config want it; parents stand before their children.

    `inputs` are the words that came from inputs, by name, as they stand in the texts: a
    changed one may be changed inside a member's sentence. `was` maps a former address to its
    present one. `existing` maps addresses to what is there already. `successors` maps the
    name of who left to the name of who takes over their open work. `left_out` are sentences
    about what does not appear and why. `people` maps keys to display names of who is there.
    `names` maps e-mail addresses to names, those who have left included. `groups` maps the
    mailbox of a whole group to the mailboxes of its members. `playbook` is the playbook's name,
    `edition` its edition. `purposes` says in a sentence what the thing of an address is for, and
    `goals` names the tables that hold goals, `orders` the choices of a column as they are to stand. `is_template` says whether further workspaces may
    be copied from this. `splits` maps an address to the former one whose object another
    item takes. `fresh` are the addresses that the playbook says were nothing before, `asleep`
    those in parts that config has not chosen. `unseated` are the names of those who may no
    longer enter a board, by its address, `leavers` of those who have left since the last run.
    `roster` is who is in which team. `parts` are the chosen parts with the day on which each
    begins, None with the workspace; `begins` are sentences about the days that this run gives.
    `sync` says which boards, tables and notes are kept in step, `guests` who takes turns as the
    guest of a meeting, `agendas` how those of a meeting are written, and `holidays` when nobody is
    asked to. `digests` go out week by week, but not while it is `quiet`.
    """

    workspace: str
    title: str
    start: date
    items: Mapping[str, Item]
    inputs: Mapping[str, str] = field(default_factory=dict)
    was: Mapping[str, str] = field(default_factory=dict)
    existing: Mapping[str, str] = field(default_factory=dict)
    successors: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    playbook: str = ""
    edition: int | None = None
    purposes: Mapping[str, str] = field(default_factory=dict)
    goals: frozenset[str] = frozenset()
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_template: bool = False
    splits: Mapping[str, str] = field(default_factory=dict)
    fresh: frozenset[str] = frozenset()
    asleep: frozenset[str] = frozenset()
    unseated: Mapping[str, frozenset[str]] = field(default_factory=dict)
    leavers: frozenset[str] = frozenset()
    roster: Roster = field(default_factory=Roster)
    guests: Mapping[str, Hosting] = field(default_factory=dict)
    agendas: Mapping[str, Frame] = field(default_factory=dict)
    holidays: Holidays = field(default_factory=Holidays)
    sync: tuple[Block, ...] = ()
    parts: Mapping[str, date | None] = field(default_factory=dict)
    begins: tuple[str, ...] = ()
    digests: tuple[Digest, ...] = ()
    quiet: Quiet = field(default_factory=Quiet)
