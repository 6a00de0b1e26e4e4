"""Slack as an integration: the parts of this package behind the contract."""

from collections.abc import Mapping, Sequence

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
from smarketing.web import retelling

from . import mapping
from .account import Account, not_read
from .known import Known
from .manifest import MANIFEST
from .people import learn_us
from .steps import SlackStep, steps_for


class Slack:
    """One app in one workspace at Slack."""

    manifest: Manifest = MANIFEST

    def __init__(self, setup: Setup) -> None:
        self._account = Account(setup)
        self._known = Known()

    def __repr__(self) -> str:
        return f"Slack({self._account!r})"

    def check(self) -> str:
        """Return who we are signed in as."""
        with retelling(not_read):
            me = self._account.check()
        learn_us(self._known, me)
        return f"Slack, as {me['user']} in {me['team']}"

    def read(self, scope: Scope) -> Listing:
        """Return the workspace's channels and our messages in them."""
        from .reading import Reading

        with retelling(not_read):
            return Reading(self._account, self._known, scope).listing()

    def changes(self, cursor: str) -> Changes:
        """Return the channels that look otherwise, for all workspaces at once."""
        from .feed import changes_since

        with retelling(not_read):
            return changes_since(self._account, cursor)

    def as_hub(self, kind: str, name: str, value: Value, names: Names) -> Value:
        """Return a value of Slack's in the hub's terms."""
        return mapping.as_hub(kind, name, value, names)

    def render(self, kind: str, name: str, value: Value, names: Names) -> Value:
        """Return a hub value as Slack would hold it."""
        return mapping.render(kind, name, value, names)

    def normalise(self, kind: str, name: str, value: Value) -> Value:
        """Return the value without what Slack changes by itself."""
        return mapping.normalise(kind, name, value)

    def steps(self, changes: Sequence[Change], workspace: str) -> Sequence[Step]:
        """Return one step per channel or message, and one for all who are let into a channel."""
        return steps_for(changes, workspace, self._known)

    def perform(self, step: Step, ids: Mapping[str, str]) -> Sequence[Outcome]:
        """Do the step in Slack."""
        from .desk import Desk
        from .perform import perform_step

        assert isinstance(step, SlackStep)
        return perform_step(Desk(self._account, self._known, step, ids))

    def expected_url(self, change: Change, urls: Mapping[str, str]) -> str:
        """Return "": Slack gives out its urls."""
        return ""

    def spent(self) -> Calls:
        """Return the calls made, those of `check` left out."""
        return self._account.spent()

    def foreseen(self, changes: Sequence[Change], room: Mapping[str, int]) -> Sequence[str]:
        """Return nothing: Slack has room for more channels than anybody reads."""
        return ()

    def offers(self, kinds: frozenset[str]) -> Sequence[Remote]:
        """Return the channels that no workspace has."""
        from .reading import offered_channels

        if "channel" not in kinds:
            return ()
        with retelling(not_read):
            return offered_channels(self._account, self._known)
