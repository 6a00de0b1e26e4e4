"""What is read: which workspace, and what was found in the tool."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from smarketing.kinds import THERE, Value
from smarketing.problems import UserError


@dataclass(frozen=True, slots=True)
class Remote:
    """One object as it is in the tool now.

    `fields` are in the tool's own terms; a field it can't hold is absent, a cleared one is
    the empty value of its merge kind. `parent` is the id of the object that holds it, "" for
    a root. `marker` is the address found on it, `workspace` the workspace id found on it or
    on its root. `version` differs whenever the object does ("" where the tool has none).
    `born` is when it was made, in seconds since 1970 (0.0 if unknown), `ours` whether our
    own account made it. `called` is what people call it where it has no title: a row goes by
    its first cell. `inside` is what the integration wants back with `Change.before`, so that it
    need not read the object once more to write it: text in terms of its own. `unsettled` are fields that the tool shows otherwise than meant, and
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
    inside: str = field(default="", repr=False, compare=False)


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
