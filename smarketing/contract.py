"""What an integration is. How it talks to its tool is its own business.

An integration reads and performs. It never diffs, sleeps, retries, prints or keeps state:
the core does these once for all. Everything here is a value, or a method that says which
value it returns in the odd case.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol, runtime_checkable

from smarketing.kinds import THERE, Value
from smarketing.problems import UserError

Verb = Literal[
    "create", "update", "move", "rename", "archive", "release", "conflict", "keep",
    "grant", "revoke", "notify",
]  # fmt: skip

FIRST, BUILD, LAST, FINISH = -1, 0, 1, 2
"""Stages of a run. FIRST takes rights away; LAST holds what can't be taken back, and starts
when BUILD has ended; in FINISH a root is told that its workspace is complete."""


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
    can be changed where it stands.
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


@dataclass(frozen=True, slots=True)
class Remote:
    """One object as it is in the tool now.

    `fields` are in the tool's own terms; a field it can't hold is absent, a cleared one is
    the empty value of its merge kind. `parent` is the id of the object that holds it, "" for
    a root. `marker` is the address found on it, `workspace` the workspace id found on it or
    on its root. `version` differs whenever the object does ("" where the tool has none).
    `born` is when it was made, in seconds since 1970 (0.0 if unknown), `ours` whether our
    own account made it. `called` is what people call it where it has no title: a row goes by
    its first cell. `unsettled` are fields that the tool shows otherwise than meant, and
    could now hold as they are meant: an owner who has joined since.
    """

    id: str
    kind: str
    fields: Mapping[str, Value]
    parent: str = ""
    existence: str = THERE
    marker: str = ""
    workspace: str = ""
    version: str = ""
    url: str = ""
    born: float = 0.0
    ours: bool = True
    unsettled: frozenset[str] = frozenset()
    called: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What to read: one workspace.

    `roots` are the ids of its root objects, empty when state was lost. `known` maps ids to
    the version last seen, so that an unchanged object need not be read again. `existing`
    maps addresses to what the user wrote under `existing:` (a path or an address in the tool).
    `bound` maps the ids of all objects that state has bound to their kinds, also in a read
    that shall skip nothing. `cursor` is what the last listing gave, "" for a read in full.
    `template` names a playbook of which a template is wanted, "" for none. `searching` says that
    the reply to a write was lost: what it made has to be found, wherever it is.
    """

    workspace: str
    roots: tuple[str, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)
    existing: Mapping[str, str] = field(default_factory=dict)
    bound: Mapping[str, str] = field(default_factory=dict)
    cursor: str = ""
    template: str = ""
    searching: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """What was found. `unchanged` are ids of `Scope.known` that still have that version; a tool
    that forgets what was sent names all of `Scope.bound`.

    An id of `bound` in neither is gone. An object named by `Scope.existing` comes with that
    address as its marker. `cursor` is where the tool's change feed stood before this read, ""
    where it has none. `room` says how much more of something the account may hold, by names
    of the integration's own, for `foreseen`. `template` are the objects of a template.
    """

    remotes: tuple[Remote, ...] = ()
    unchanged: frozenset[str] = frozenset()
    cursor: str = ""
    room: Mapping[str, int] = field(default_factory=dict)
    template: tuple[Remote, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened in a whole account.

    `touched` are the ids of objects that may have changed, and of what holds them; None where
    that can't be told, so that everything has to be looked at. `cursor` is where the feed stands
    now.
    """

    cursor: str
    touched: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One item to be made or altered.

    `fields` holds what to write, in the tool's own terms; `parent` is the address of the new
    parent for a create or a move, else ""; `holder` is the id of a create's parent, if that is
    there already. `before` is the object that the plan saw, with
    `before.fields` complete for the fields to be written; None for a create. A rename writes
    the marker `address` over `before.marker`, or onto what had none; of a `keyed` kind only if it
    `marks`, because a member may have taken the marker away. `like` is the object of a template
    that a create may copy instead of making it anew; `fields` say all the same what it has to
    hold.

    A grant or revoke has the field `access` alone, with one mailbox and role (a revoke: the
    role that it has now); `note` are the words that the tool sends with a grant, "" to tell
    nobody where the tool can be silent. An update with a `note` and no fields is a signpost:
    the object shall say so, because its work went elsewhere.
    """

    verb: Verb
    address: str
    kind: str
    fields: Mapping[str, Value] = field(default_factory=dict)
    parent: str = ""
    before: Remote | None = None
    stage: int = BUILD
    like: Remote | None = None
    note: str = ""
    holder: str = ""
    marks: bool = False


@dataclass(frozen=True, slots=True)
class Calls:
    """How many calls to the vendor: a batch of n counts once here, and n against a limit."""

    read: int = 0
    write: int = 0

    def __add__(self, other: "Calls") -> "Calls":
        return Calls(self.read + other.read, self.write + other.write)

    def __sub__(self, other: "Calls") -> "Calls":
        return Calls(self.read - other.read, self.write - other.write)


@dataclass(frozen=True, slots=True)
class Step:
    """One write with the reads that guard it, serving one or several changes.

    `key` is the same whenever the same changes are planned again. `needs` are the keys of
    the steps whose results this one uses. `draws` maps the names of limits to what this
    step takes from each. `told` are the names of those to whom the tool sends a message of
    its own about it, beside who is let in.
    """

    key: str
    integration: str
    changes: tuple[Change, ...]
    calls: Calls = Calls(0, 1)
    needs: frozenset[str] = frozenset()
    draws: Mapping[str, int] = field(default_factory=dict)
    stage: int = BUILD
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """The change stands. `remote` is the object as the tool now holds it.

    `displaced` is the object that the write replaced, where it was not the one the plan saw:
    a member's edit that the core merges and writes again. `moved` is (old, new) where ids and
    urls of other objects that began with `old` now begin with `new`, as below a moved folder.
    """

    remote: Remote
    displaced: Remote | None = None
    moved: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Stale:
    """Nothing was written: the object is no longer as the plan saw it."""


@dataclass(frozen=True, slots=True)
class Later:
    """Nothing was written: the tool asks us to wait this many seconds."""

    after: float


@dataclass(frozen=True, slots=True)
class Lost:
    """It is unknown whether the write arrived. The core looks for it before anything else."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The change does not stand. `error` says what happened and what to do.

    A part of a text may have been written: the next run reads it, and asks for the rest again.
    """

    error: str


Outcome = Done | Stale | Later | Lost | Failed


@dataclass(frozen=True, slots=True)
class Names:
    """Where items live in this tool, for values that link to them.

    `urls` maps addresses to urls, `addresses` maps urls back, `here` is the url of the object
    that holds the value.
    """

    urls: Mapping[str, str] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    here: str = ""


class Unreachable(UserError):  # noqa: N818 - reads as what it is: the place is unreachable
    """The tool can't be read now. The message says why and what to do."""


class Busy(Unreachable):
    """The tool asks us to wait this many seconds before we read again."""

    def __init__(self, words: str, after: float) -> None:
        super().__init__(words)
        self.after = after


class Secrets(Protocol):
    """The secrets of one account: of one vendor, at one host."""

    def get(self, name: str) -> str:
        """Return a secret, "" if there is none."""
        ...

    def put(self, name: str, secret: str) -> None:
        """Keep a secret that the vendor renewed."""
        ...


@dataclass(frozen=True, slots=True)
class Setup:
    """What an integration is made from.

    `settings` are those under `integrations:` in config, `base` the folder of the config file.
    `secrets` opens the account at a host. `transport` replaces the network where given: a
    requests adapter.
    """

    settings: Mapping[str, Any]
    base: Path
    secrets: Callable[[str], Secrets] = field(repr=False, default=lambda host: NoSecrets())
    transport: Any = field(repr=False, default=None)


class NoSecrets:
    """An account without secrets."""

    def get(self, name: str) -> str:
        return ""

    def put(self, name: str, secret: str) -> None:
        raise LookupError("there is no account to keep a secret for")


@runtime_checkable
class Integration(Protocol):
    """A plugin that talks to one vendor through one account."""

    manifest: Manifest

    def check(self) -> str:
        """Return who we are signed in as, in one cheap call, or raise Unreachable."""
        ...

    def read(self, scope: Scope) -> Listing:
        """Return everything of ours, with foreign objects that sit inside ours.

        By root ids where there are any, else by marker. Raise Unreachable when the answer
        would be incomplete: a short listing is never returned as if it were whole.
        """
        ...

    def changes(self, cursor: str) -> Changes:
        """Return what happened since `cursor` in the account, for all its workspaces at once.

        "" begins a feed. A cursor that the tool has forgotten, or never gave, begins it anew: a
        new cursor comes, and nothing is known of what was touched. Ids may be told more than
        once, late, in any order, and for our own writes. Raise Unreachable as `read` does.
        """
        ...

    def as_hub(self, kind: str, name: str, value: Value, names: Names) -> Value:
        """Return the value of field `name` in the hub's terms. Pure."""
        ...

    def render(self, kind: str, name: str, value: Value, names: Names) -> Value:
        """Return a hub value as this tool would hold it. Pure."""
        ...

    def normalise(self, kind: str, name: str, value: Value) -> Value:
        """Return the value with all that the tool changes by itself taken away. Pure."""
        ...

    def steps(self, changes: Sequence[Change], workspace: str) -> Sequence[Step]:
        """Return the steps that will serve these changes, each change in just one. Pure."""
        ...

    def perform(self, step: Step, ids: Mapping[str, str]) -> Sequence[Outcome]:
        """Do the step; return an outcome per change, in order.

        `ids` maps addresses to remote ids as they are now, those that earlier steps of this
        run made or moved included; where it differs from `change.before.id`, it is right.
        """
        ...

    def expected_url(self, change: Change, urls: Mapping[str, str]) -> str:
        """Return the url that a create, move or new title will give, "" if not known before. Pure."""
        ...

    def spent(self) -> Calls:
        """Return the calls made since this object is there, those of `check` left out."""
        ...

    def foreseen(self, changes: Sequence[Change], room: Mapping[str, int]) -> Sequence[str]:
        """Return a sentence for each limit that these changes will run into. Pure."""
        ...

    def offers(self, kinds: frozenset[str]) -> Sequence[Remote]:
        """Return what the account can see of these kinds that no workspace has: for `adopt`.

        Contents are not needed. Raise Unreachable as `read` does.
        """
        ...
