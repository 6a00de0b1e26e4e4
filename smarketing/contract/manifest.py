"""What a tool can hold, and what it asks of whoever calls it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `calls` in any `seconds`, and at most `in_flight` at once (0: no such bound).

    The engine keeps to it; integrations never sleep.
    """

    name: str
    calls: int
    seconds: float
    in_flight: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a tool can hold, and what is done instead where it can't.

    `kinds` maps each kind the tool holds to the fields it can hold. `instead` maps a kind
    ("label") or a kind's field ("folder.access") that it can't hold to one sentence for the
    plan. `archives` names the kinds that can be archived; the others are released.
    `unmarked` names the kinds that have no slot for a marker, `keyed` those that without their
    marker can't be told from others for long: one that is taken up gets it. `stable_ids` says whether an id
    outlives a rename and a move; where it doesn't (a path), a marker found elsewhere is a move.
    `outbox` is where messages wait until a person sends them, "" where the tool sends them.
    `groups` says whether it can be shared with, and meetings can invite, a whole group by its
    address. `signposts` says whether an object whose work went to another tool can be told so.
    `comments` says whether people comment on passages of its documents: these stay with the document
    when a passage goes to another one. `tells_owners` says whether it sends a message of its own to whom a card is assigned.
    `fixed` names the kinds that can't leave the board, card or table that holds them.
    `hosts` are the vendor's own hosts, the only ones that environment secrets are meant for.
    `forgets` says that what was sent can't be looked for: a message whose fate is unknown counts
    as sent, and after lost state none is sent anew. `edits` says whether a message that was sent
    can be changed where it stands. `drops_moved` says that a series with other days or times
    loses the single meetings that members moved or cancelled.
    """

    name: str
    title: str
    kinds: Mapping[str, frozenset[str]]
    instead: Mapping[str, str] = field(default_factory=dict)
    archives: frozenset[str] = frozenset()
    unmarked: frozenset[str] = frozenset()
    keyed: frozenset[str] = frozenset()
    limits: tuple[Limit, ...] = ()
    marker: str = ""
    secrets: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    workers: int = 4
    stable_ids: bool = True
    outbox: str = ""
    groups: bool = False
    signposts: bool = False
    comments: bool = False
    tells_owners: bool = False
    fixed: frozenset[str] = frozenset()
    hosts: tuple[str, ...] = ()
    forgets: bool = False
    edits: bool = False
    drops_moved: bool = False
