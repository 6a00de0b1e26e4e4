"""A Google account as an integration: the parts of this package behind the contract."""

from collections.abc import Mapping, Sequence

from smarketing.contract import (
    Calls,
    Change,
    Changes,
    Failed,
    Listing,
    Manifest,
    Names,
    Outcome,
    Remote,
    Scope,
    Setup,
    Step,
    Unreachable,
)
from smarketing.kinds import Value
from smarketing.web import retelling

from . import files, mapping
from .client import Client
from .manifest import MANIFEST
from .memory import Memory
from .perform import perform_step
from .reading.calendars import Calendars
from .reading.drive import Drive
from .reading.feed import Feed
from .reading.finding import refuse_unseen
from .reading.reader import Reader
from .refusals import unreachable
from .steps import Account, GoogleStep, steps_for
from .writing.hand import Hand

NARROW_SIGHT = (
    "Google shows us only what smarketing made itself. To find what is there already, set "
    "`scope: wider` under integrations.google in config, then run: smarketing login google --wider"
)


class Google:
    """One Google account."""

    manifest: Manifest = MANIFEST

    def __init__(self, setup: Setup) -> None:
        self._client = Client(setup)
        self._drive = Drive(self._client, str(setup.settings.get("shared_drive") or ""))
        self._memory = Memory()
        self._now = setup.now

    def __repr__(self) -> str:
        return f"Google({self._client})"

    def check(self) -> str:
        """Return the account's address, or raise Unreachable."""
        request = self._client.drive.about().get(fields="user(displayName,emailAddress)")
        with retelling(unreachable):
            user = self._client.check(request).get("user") or {}
        return f"Google, as {user.get('emailAddress', 'an account without an address')}"

    def read(self, scope: Scope) -> Listing:
        """Return everything of the workspace, and what members put inside it where we see it."""
        with retelling(unreachable):
            listing = Reader(self._client, self._drive, self._memory, scope, self._now).read()
        refuse_unseen(scope, listing.remotes, listing.unchanged)
        return listing

    def changes(self, cursor: str) -> Changes:
        """Return the files and meetings that changed: one call for Drive, one for our calendar."""
        with retelling(unreachable):
            return Feed(self._drive, Calendars(self._client)).since(cursor)

    def as_hub(self, kind: str, name: str, value: Value, names: Names) -> Value:
        """Return a value of Google's in the hub's terms."""
        return mapping.as_hub(kind, name, value, names)

    def render(self, kind: str, name: str, value: Value, names: Names) -> Value:
        """Return a hub value as Google holds it."""
        return mapping.render(kind, name, value, names)

    def normalise(self, kind: str, name: str, value: Value) -> Value:
        """Return the value without what Google and its editors change by themselves."""
        return mapping.normalise(kind, name, value)

    def steps(self, changes: Sequence[Change], workspace: str) -> Sequence[Step]:
        """Return batches by level, one upload per document, one edit per table and file."""
        account = Account(
            has_calendar=bool(self._memory.calendars),
            has_archive=workspace in self._memory.shelves,
            now=self._now(),
        )
        return steps_for(changes, workspace, account)

    def perform(self, step: Step, ids: Mapping[str, str]) -> Sequence[Outcome]:
        """Do the step."""
        if not isinstance(step, GoogleStep):
            return [Failed("This step was not planned for Google.")] * len(step.changes)
        calendars = Calendars(self._client)
        hand = Hand(self._client, self._drive, calendars, self._memory, step, ids, self._now)
        return perform_step(hand)

    def expected_url(self, change: Change, urls: Mapping[str, str]) -> str:
        """Return "": Google gives out its urls, and they outlive renames and moves."""
        return change.before.url if change.before is not None else ""

    def spent(self) -> Calls:
        """Return the calls made, without those for tokens and of `check`."""
        return self._client.spent()

    def foreseen(self, changes: Sequence[Change], room: Mapping[str, int]) -> Sequence[str]:
        """Return nothing: no limit of Google's is known before it is met."""
        return ()

    def offers(self, kinds: frozenset[str]) -> Sequence[Remote]:
        """Return the folders, documents and tables that we see and no workspace has.

        Without the wider scope we see none of them, so it is asked for.
        """
        if not self._client.is_wider:
            raise Unreachable(NARROW_SIGHT)
        mimes = {mime for kind, mime in files.MIME.items() if kind in kinds}
        if not mimes:
            return []
        with retelling(unreachable):
            listed = self._drive.everything(mimes)
        free = [each for each in listed if not files.workspace_of(each)]
        return [files.remote_of(each, self._memory.rights) for each in free]
