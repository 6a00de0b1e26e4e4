"""The one protocol: a plugin that talks to one vendor through one account."""

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from smarketing.contract.manifest import Manifest
from smarketing.contract.outcomes import Outcome
from smarketing.contract.reading import Changes, Listing, Names, Remote, Scope
from smarketing.contract.writing import Calls, Change, Step
from smarketing.kinds import Value


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
