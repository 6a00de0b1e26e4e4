"""What is written: a change of one item, and the step that does it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from smarketing.contract.reading import Remote
from smarketing.kinds import Value

Verb = Literal[
    "create", "update", "move", "rename", "archive", "release", "conflict", "keep",
    "grant", "revoke", "notify",
]  # fmt: skip

FIRST, BUILD, LAST, FINISH = -1, 0, 1, 2
"""Stages of a run. FIRST takes rights away; LAST holds what can't be taken back, and starts
when BUILD has ended; in FINISH a root is told that its workspace is complete."""


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

    `choices` are the words that a line with a tick box in a text may end with, behind ` · `, in their
    order, each with others of the same meaning: a tool that can lets people choose among them. In
    Markdown it is the word all the same. For a column they are the order of what it offers.
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
    choices: tuple[tuple[str, ...], ...] = ()


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
