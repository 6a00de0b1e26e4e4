"""What every write needs: the account, what is known of it, and the step with its ids."""

from collections.abc import Mapping
from dataclasses import dataclass

from smarketing.contract import Change

from . import remotes as wire
from .account import Account, Json
from .known import Known
from .manifest import LONGEST_PURPOSE
from .mapping import escaped
from .marker import Mark, Purpose
from .steps import SlackStep


class NoPlace(Exception):  # noqa: N818 - reads as what it is
    """Slack can't take it. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One step at work."""

    account: Account
    known: Known
    step: SlackStep
    ids: Mapping[str, str]

    def id_of(self, change: Change) -> str:
        """Return the id of the object that a change is about."""
        return self.ids.get(change.address) or (change.before.id if change.before else "")

    def info(self, channel: str) -> Json:
        """Return a channel as it is now."""
        data: Json = self.account.read("conversations.info", channel=channel)["channel"]
        return data

    def bookmarks(self, channel: str) -> list[Json]:
        """Return the links at the top of a channel."""
        listed = self.account.read("bookmarks.list", channel_id=channel)["bookmarks"]
        return wire.links_in(listed)

    def mark(self, address: str, done: bool = False) -> Mark:
        """Return the mark of something of this workspace."""
        return Mark(self.step.workspace, address, done)

    def describe(self, channel: str, purpose: Purpose) -> None:
        """Write a purpose with our mark behind it."""
        whole = purpose.written()
        if len(whole) > LONGEST_PURPOSE:
            room = LONGEST_PURPOSE - len(whole) + len(purpose.text)
            raise NoPlace(f"Its purpose is too long for Slack: shorten it to {room} characters.")
        self.account.write("conversations.setPurpose", channel=channel, purpose=escaped(whole))
