"""What a tool in memory holds, counts, and can be told to do wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from smarketing.contract import Remote, Step
from smarketing.kinds import THERE, Value

Faults = Callable[[str, Step | None], str | None]
"""Asked at each point of a call; it may also edit as a member would, or raise.

Points and the answers that mean something there:

- "feed", before the feed is told: "down".
- "read", and "page" before each further page: "down", "stale read" (the last change of the
  tool does not show yet; at "read" only).
- "perform", before a step's first write: "down", "later", "fail", "lost before commit",
  "lost half" (the first half of the changes arrive), "lost" (all arrive).
- "gap", between the last look at an object and its write; "written", after each write;
  "reply", after the last write of a step. Answers are ignored.
"""

OUR_ACCOUNT = "smarketing"


@dataclass(slots=True, eq=False)
class Thing:
    """One object. `marker` and `workspace` are what was found written on itself."""

    id: str
    kind: str
    fields: Mapping[str, Value]
    parent: str
    marker: str
    workspace: str
    born: float
    made_by: str
    existence: str = THERE
    version: int = 1
    locked: bool = False
    snapshot: Remote | None = field(default=None, repr=False)


@dataclass(slots=True)
class CallCount:
    """The calls that reached the tool."""

    read: int = 0
    write: int = 0
