"""Trello as an integration: the parts of this package behind the contract."""

from collections.abc import Mapping, Sequence
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from smarketing.contract import (
    Calls,
    Change,
    Changes,
    Listing,
    Manifest,
    Names,
    Outcome,
    Remote,
    Scope,
    Setup,
    Step,
)
from smarketing.kinds import Value
from smarketing.problems import UserError
from smarketing.web import retelling

from . import mapping, room
from .account import Account, not_read
from .known import Known, Person
from .manifest import MANIFEST
from .steps import TrelloStep, steps_for


class Trello:
    """One account at Trello."""

    manifest: Manifest = MANIFEST

    def __init__(self, setup: Setup) -> None:
        self._account = Account(setup)
        self._known = Known()
        self._zone = _zone(str(setup.settings.get("timezone") or ""))
        self._home = str(setup.settings.get("workspace") or "")

    def __repr__(self) -> str:
        return f"Trello({self._account!r})"

    def check(self) -> str:
        """Return who we are signed in as."""
        with retelling(not_read):
            identity, name, username = self._account.check()
        self._known.me = Person(identity, mapping.one_line(name))
        return f"Trello, as {name} (@{username})"

    def read(self, scope: Scope) -> Listing:
        """Return the workspace's boards with all they hold."""
        from .reading.reader import Reading

        with retelling(not_read):
            return Reading(self._account, self._known, scope, self._zone, self._home).listing()

    def changes(self, cursor: str) -> Changes:
        """Return the boards on which something happened, in one call for all."""
        from .reading.feed import changes_since

        with retelling(not_read):
            return changes_since(self._account, cursor)

    def as_hub(self, kind: str, name: str, value: Value, names: Names) -> Value:
        """Return a value of Trello's in the hub's terms."""
        return mapping.as_hub(kind, name, value, names)

    def render(self, kind: str, name: str, value: Value, names: Names) -> Value:
        """Return a hub value as Trello would hold it."""
        return mapping.render(kind, name, value, names)

    def normalise(self, kind: str, name: str, value: Value) -> Value:
        """Return the value without what Trello changes by itself."""
        return mapping.normalise(kind, name, value)

    def steps(self, changes: Sequence[Change], workspace: str) -> Sequence[Step]:
        """Return one step per object, and one for each board that is copied from a template."""
        return steps_for(changes, workspace, self._known)

    def perform(self, step: Step, ids: Mapping[str, str]) -> Sequence[Outcome]:
        """Do the step in Trello."""
        from .perform import perform_step
        from .writing.desk import Desk

        assert isinstance(step, TrelloStep)
        desk = Desk(self._account, self._known, step, ids, self._zone, self._home)
        return perform_step(desk)

    def expected_url(self, change: Change, urls: Mapping[str, str]) -> str:
        """Return "": Trello gives out its urls."""
        return ""

    def spent(self) -> Calls:
        """Return the calls made, those of `check` left out."""
        return self._account.spent()

    def foreseen(self, changes: Sequence[Change], room_left: Mapping[str, int]) -> Sequence[str]:
        """Return a sentence for each limit of Trello's that these changes will run into."""
        me = self._known.me
        return list(room.foreseen(changes, room_left, me.name if me else ""))

    def offers(self, kinds: frozenset[str]) -> Sequence[Remote]:
        """Return the boards of the account that no workspace has."""
        from .reading.offers import offered_boards

        if "board" not in kinds:
            return ()
        with retelling(not_read):
            return offered_boards(self._account)


def _zone(name: str) -> tzinfo:
    if not name:
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise UserError(
            f"'{name[:60]}' under integrations.trello.timezone is no time zone: "
            "write one such as Europe/London."
        ) from None
