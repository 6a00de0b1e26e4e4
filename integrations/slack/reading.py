"""Reading a workspace: our channels by id or by their marks, and our own messages in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from smarketing.contract import Listing, Remote, Scope, Unreachable
from smarketing.web import Refused

from . import remotes as wire
from .account import GONE, PAGE, Account, Json, code_of
from .known import Known
from .manifest import NAME
from .marker import Mark, mark_in
from .people import access_of, ourselves

SEEN = "channels"
"""The cursor of a read that found its channels: the next one may go to them straight away."""

_PUBLIC = {"types": "public_channel"}


@dataclass(slots=True)
class Reading:
    """One read of one workspace."""

    account: Account
    known: Known
    scope: Scope
    found: list[Remote] = field(default_factory=list)
    unchanged: set[str] = field(default_factory=set)
    marks: list[Mark] = field(default_factory=list)

    def listing(self) -> Listing:
        """Return the workspace's channels with their members and bookmarks, and our messages."""
        scope, us = self.scope, ourselves(self.account, self.known)
        bound = {each for each, kind in scope.bound.items() if kind == "channel"}
        at_once = bool(scope.cursor and bound and not scope.searching)
        channels = list(self._channels(bound, at_once))
        makers = {
            mark: data for data in channels if (mark := self._mark(data)) and _is_by(data, us)
        }
        lost = not scope.bound or scope.searching
        messages = self._bound_messages()
        for data in channels:
            mark = self._mark(data)
            # What a member copied into the purpose of a channel of theirs is no mark of ours.
            copied = mark in makers and not _is_by(data, us)
            self._take(data, self._named(data) or mark, ours=not copied)
            if copied:
                continue
            identity = str(data["id"])
            if messages.get(identity) or (lost and mark):
                self._take_messages(identity, messages.get(identity, []), lost)
        root = self._root(bound, channels)
        found = (root, *self.found) if root else tuple(self.found)
        return Listing(
            found, frozenset(self.unchanged), SEEN if self.marks or at_once else "",
        )  # fmt: skip

    # Which channels

    def _channels(self, bound: set[str], at_once: bool) -> Iterator[Json]:
        method = "users.conversations" if at_once else "conversations.list"
        named = set(map(self._existing_id, self.scope.existing))
        seen = set[str]()
        for data in self.account.pages(method, "channels", **_PUBLIC):
            mark = wire.purpose_in(data).mark
            is_ours = mark is not None and mark.workspace == self.scope.workspace
            if is_ours or data["id"] in bound or data["id"] in named:
                seen.add(str(data["id"]))
                yield data
        for identity in sorted((bound | named) - seen):
            data = self._by_id(identity)
            if data is not None:
                yield data
            elif identity in named:
                raise Unreachable(
                    f"There is no channel {identity} in Slack that the app can see: correct "
                    "`existing:` in config.yaml."
                )

    def _existing_id(self, address: str) -> str:
        url = self.scope.existing[address]
        if identity := wire.channel_in(url):
            return identity
        raise Unreachable(
            f"{url[:80]} under `existing:` for {address} is no channel: in Slack, take the "
            "channel's menu, 'Copy', 'Copy link'."
        )

    def _by_id(self, identity: str) -> Json | None:
        try:
            data: Json = self.account.read("conversations.info", channel=identity)["channel"]
        except Refused as error:
            if code_of(error) in GONE:
                return None
            raise
        return data

    def _mark(self, data: Json) -> Mark | None:
        mark = wire.purpose_in(data).mark
        return (
            replace(mark, done=False) if mark and mark.workspace == self.scope.workspace else None
        )

    def _named(self, data: Json) -> Mark | None:
        for address in self.scope.existing:
            if self._existing_id(address) == data["id"]:
                return Mark(self.scope.workspace, address)
        return None

    # What they hold

    def _take(self, data: Json, mark: Mark | None, *, ours: bool) -> None:
        identity = str(data["id"])
        access = access_of(self.account, self.known, identity)
        listed = self.account.read("bookmarks.list", channel_id=identity)["bookmarks"]
        fields = wire.channel_fields(data, listed, access)
        remote = wire.channel_remote(data, fields, mark, self.known.base, ours)
        if mark is None:  # bound, and a member took our mark away
            root = wire.root_id(self.scope.workspace)
            remote = replace(remote, parent=root, workspace=self.scope.workspace)
        self.found.append(remote)
        written = wire.purpose_in(data).mark
        if written and written.workspace == self.scope.workspace and ours:
            self.marks.append(written)
            if written.done or self.scope.workspace not in self.known.holders:
                self.known.holders[self.scope.workspace] = identity

    def _bound_messages(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for identity, kind in self.scope.bound.items():
            if kind == "message" and ":" in identity:
                channel, _, ts = identity.partition(":")
                found.setdefault(channel, []).append(ts)
        return found

    def _take_messages(self, channel: str, bound: list[str], lost: bool) -> None:
        """Take our own messages: of a known workspace the newest page, and of older ones those
        of which nobody knows how they stand. What members write is not kept."""
        try:
            messages, oldest = self._history(channel, lost)
        except Refused as error:
            ids = {wire.message_id(channel, ts) for ts in bound}
            if code_of(error) != "not_in_channel" or not ids <= self.scope.known.keys():
                raise
            self.unchanged |= ids  # a member took the app out: nobody tells how they stand
            return
        for message in messages:
            if self._is_ours(message) or str(message["ts"]) in bound:
                self.found.append(self._message(channel, message))
        for ts in bound:
            if float(ts) < oldest:
                self._take_older(channel, ts)

    def _history(self, channel: str, lost: bool) -> tuple[list[Json], float]:
        """Return messages, the newest first, and from when on they are all of them."""
        asked = {"channel": channel, "include_all_metadata": True}
        if lost:
            return list(self.account.pages("conversations.history", "messages", **asked)), 0.0
        page = self.account.read("conversations.history", limit=PAGE, **asked)
        messages = list(page["messages"])
        whole = not page.get("has_more") or not messages
        return messages, 0.0 if whole else float(messages[-1]["ts"])

    def _take_older(self, channel: str, ts: str) -> None:
        identity = wire.message_id(channel, ts)
        if self.scope.known.get(identity):
            self.unchanged.add(identity)
            return
        around = {"oldest": ts, "latest": ts, "inclusive": True, "limit": 1}
        page = self.account.read(
            "conversations.history", channel=channel, include_all_metadata=True, **around
        )
        self.found += [self._message(channel, each) for each in page["messages"]]

    def _message(self, channel: str, message: Json) -> Remote:
        remote = wire.message_remote(channel, message, self.known.base)
        root = wire.root_id(self.scope.workspace)
        return replace(remote, parent=root, workspace=self.scope.workspace)

    def _is_ours(self, message: Json) -> bool:
        mark = mark_in(message)
        by_us = message.get("user") in (self.known.me, None)
        return mark is not None and mark.workspace == self.scope.workspace and by_us

    def _root(self, bound: set[str], channels: list[Json]) -> Remote | None:
        """Return the root that stands for all channels, None where not one is to be seen."""
        if not self.marks and (not self.scope.roots or (bound and not channels)):
            return None
        done = any(mark.done for mark in self.marks)
        return wire.root_remote(NAME, self.scope.workspace, done)


def offered_channels(account: Account, known: Known) -> list[Remote]:
    """Return the channels that the app can see and no workspace has."""
    ourselves(account, known)
    return [
        replace(
            wire.channel_remote(data, {"title": str(data["name"])}, None, known.base, ours=False),
            fields={"title": str(data["name"])},
        )
        for data in account.pages(
            "conversations.list", "channels", exclude_archived=True, **_PUBLIC
        )
        if wire.purpose_in(data).mark is None
    ]


def _is_by(data: Json, who: str) -> bool:
    return bool(data.get("creator") == who)
