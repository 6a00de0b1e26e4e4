"""What a run is given: a workspace with all its parts, and what a person asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from smarketing.contract import Integration
from smarketing.kinds import Derive
from smarketing.resolve.desired import Desired
from smarketing.state.history import About
from smarketing.state.pace import Clock, Pace
from smarketing.state.state import State
from smarketing.undo.undo import Undo


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asked for in this run.

    `sync` asks that synced places are brought in step, and for nothing of the playbook's. `anew`
    says that no feed is believed: everything is listed in full. `again` marks a further look of
    the same run.
    """

    restore: frozenset[str] = frozenset()
    archive: frozenset[str] = frozenset()
    approve: str = ""
    only: frozenset[str] = frozenset()
    hold_invitations: bool = False
    undo: Undo | None = None
    sync: bool = False
    anew: bool = False
    again: bool = False


NOTHING_ASKED = Request()
"""A run that does what playbook and config say, and no more."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything that a run needs, each from outside."""

    desired: Desired
    integrations: Mapping[str, Integration]
    state: State
    clock: Clock
    today: date
    derive: Derive | None = None
    workers: int = 4
    messages_in: str = ""
    folders: Mapping[str, str] = field(default_factory=dict)
    existing: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    paces: dict[str, Pace] = field(default_factory=dict)
    about: About = field(default_factory=About)
