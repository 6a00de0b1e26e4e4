"""The `memory` integration: a whole integration over a tool that lives in memory."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from smarketing.contract import (
    Calls,
    Change,
    Changes,
    Done,
    Failed,
    Later,
    Listing,
    Lost,
    Names,
    Outcome,
    Remote,
    Scope,
    Stale,
    Step,
    Unreachable,
)
from smarketing.kinds import ARCHIVED, THERE, Value
from smarketing.testing.awkward import is_tick, unheld
from smarketing.testing.memory_changes import is_settled, is_stale, rights_after
from smarketing.testing.memory_listing import (
    id_of,
    listing_of,
    ours_among,
    without_messages,
    without_the_last_change,
)
from smarketing.testing.memory_manifest import manifest
from smarketing.testing.memory_steps import MemoryStep, calls_of, steps_for
from smarketing.testing.memory_things import Thing
from smarketing.testing.memory_tool import Tool

_OUT = re.compile(r"(?:(?<=\]\()|\A)link:([a-z]+:[a-z0-9.-]+(?:/[a-z]+:[a-z0-9.-]+)*)(?=[)\s]|\Z)")
_BACK = re.compile(r"(?:(?<=\]\()|\A)mem:m\d+(?=[)\s]|\Z)")


class Memory:
    """An integration with a `Tool`."""

    def __init__(self, tool: Tool, name: str = "memory", token: str = "") -> None:
        self.tool = tool
        self.manifest = manifest(tool.awkward, name)
        self._token = token
        self._checks = 0

    def __repr__(self) -> str:
        return f"Memory({self.manifest.name!r})"

    def check(self) -> str:
        """Return the account's name, or raise Unreachable."""
        self._reach()
        self.tool.calls.read += 1
        self._checks += 1
        return "memory, as smarketing@memory.example"

    def _reach(self) -> None:
        if self.tool.down:
            raise Unreachable(f"{self.manifest.name} does not answer. Try again later.")

    def read(self, scope: Scope) -> Listing:
        """Return what is ours and what lies inside ours."""
        tool = self.tool
        with tool.lock:
            self._reach()
            verdict = tool.ask("read")
            if verdict == "down":
                raise Unreachable(f"{self.manifest.name} does not answer. Try again later.")
            existing = {id_of(there): address for address, there in scope.existing.items()}
            seen = [tool.remote(thing) for thing in self._pages(scope, existing)]
            stale = verdict == "stale read"
            by_feed = tool.awkward.feed and scope.cursor and not scope.existing
            if stale and not by_feed:
                seen = without_the_last_change(seen, tool.last)
            listing = listing_of(seen, scope, existing)
            if tool.awkward.forgets:
                listing = without_messages(listing, scope)
            if by_feed:
                return self._by_feed(listing, scope, stale)
            return replace(listing, cursor=str(tool.ticks)) if tool.awkward.feed else listing

    def _by_feed(self, listing: Listing, scope: Scope, stale: bool) -> Listing:
        """Return what the feed tells since the cursor; what it does not name is unchanged."""
        tool, since = self.tool, int(scope.cursor)
        until = max(since, tool.ticks - 1) if stale else tool.ticks
        now = str(until)
        told = {each for each, tick in tool.changed.items() if since < tick <= until}
        quiet = {each for each in scope.known if each not in told and each in tool.things}
        remotes = tuple(r for r in listing.remotes if r.id in told or r.id not in scope.known)
        remotes = tuple(r for r in remotes if r.id in told or r.id in scope.bound)
        return replace(listing, remotes=remotes, unchanged=listing.unchanged | quiet, cursor=now)

    def _pages(self, scope: Scope, existing: Mapping[str, str]) -> Iterator[Thing]:
        tool = self.tool
        ours = ours_among(tool.things, scope, existing)
        page = tool.awkward.page or len(ours) or 1
        tool.calls.read += 1
        for at, each in enumerate(ours):
            if at and at % page == 0:
                tool.calls.read += 1
                if tool.ask("page") == "down":
                    raise Unreachable(f"{self.manifest.name} broke off. Try again later.")
            if each in tool.things:
                yield tool.things[each]

    def changes(self, cursor: str) -> Changes:
        """Return what the feed tells since the cursor, our own writes included."""
        with self.tool.lock:
            self._reach()
            self.tool.calls.read += 1
            if self.tool.ask("feed") == "down":
                raise Unreachable(f"{self.manifest.name} does not answer. Try again later.")
            return self.tool.feed.since(cursor)

    def as_hub(self, kind: str, name: str, value: Value, names: Names) -> Value:
        """Return the value with links as addresses."""
        if isinstance(value, str) and "mem:" in value:
            return _BACK.sub(lambda url: _address(url.group(), names), value)
        return value

    def render(self, kind: str, name: str, value: Value, names: Names) -> Value:
        """Return the value with links as urls, and a status as the tool knows it."""
        if isinstance(value, str) and "link:" in value:
            value = _OUT.sub(lambda link: names.urls.get(link[1], link[0]), value)
        if self.tool.awkward.two_state and is_tick(kind, name):
            return value is True or value == "done"
        return value

    def normalise(self, kind: str, name: str, value: Value) -> Value:
        """Return the value without what the tool changes by itself."""
        return unheld(self.tool.awkward, kind, name, value)

    def steps(self, changes: Sequence[Change], workspace: str) -> Sequence[Step]:
        """Return steps of changes of one kind, verb and level, no more than the bulk size."""
        return steps_for(changes, self.manifest.name, workspace, self.tool.awkward)

    def perform(self, step: Step, ids: Mapping[str, str]) -> Sequence[Outcome]:
        """Write the step's changes; a lost reply loses the outcome of all of them."""
        tool, many = self.tool, len(step.changes)
        with tool.lock:
            verdict = "down" if tool.down else tool.ask("perform", step)
            calls = calls_of(step.changes, tool.awkward)
            tool.calls.read += calls.read
            tool.calls.write += calls.write
            refusal = self._refusal(verdict)
            if refusal is not None:
                return [refusal] * many
            written: set[str] = set()
            arriving = many // 2 if verdict == "lost half" else many
            outcomes = [self._one(step, each, ids, written) for each in step.changes[:arriving]]
            tool.ask("reply", step)
            return [Lost()] * many if verdict in ("lost", "lost half") else outcomes

    def _refusal(self, verdict: str | None) -> Outcome | None:
        if verdict == "down":
            return Failed(f"{self.manifest.name} does not answer. Run again later.")
        if verdict == "fail":
            return Failed(f"{self.manifest.name} refused the change. Run again.")
        if verdict == "later":
            return Later(self.tool.awkward.wait)
        return Lost() if verdict == "lost before commit" else None

    def _one(
        self, step: Step, change: Change, ids: Mapping[str, str], written: set[str]
    ) -> Outcome:
        try:
            if change.before is None:
                taken = change.kind == "occurrence" and self._has_its_day(change, ids)
                outcome: Outcome = Stale() if taken else self._create(step, change, ids)
            else:
                outcome = self._alter(step, change, change.before, ids, written)
        except _NoPlace as problem:
            return Failed(str(problem))
        self.tool.ask("written", step)
        return outcome

    def _create(self, step: Step, change: Change, ids: Mapping[str, str]) -> Done:
        self.tool.ask("gap", step)
        thing = self.tool.make(
            change.kind,
            self._place(change, ids) if change.parent else "",
            change.fields,
            marker=change.address,
            workspace=step.workspace if isinstance(step, MemoryStep) else "",
        )
        return Done(self.tool.remote(thing))

    def _has_its_day(self, change: Change, ids: Mapping[str, str]) -> bool:
        """Say whether somebody altered this occurrence already: a series has one on a day."""
        day = change.fields.get("date")
        children = self.tool.children(self._place(change, ids))
        return any(each.fields.get("date") == day for each in children)

    def _place(self, change: Change, ids: Mapping[str, str]) -> str:
        place = ids.get(change.parent, "")
        if place not in self.tool.things:
            raise _NoPlace(
                f"{change.address} has no place: {change.parent} is not there. Run again."
            )
        return place

    def _alter(
        self,
        step: Step,
        change: Change,
        before: Remote,
        ids: Mapping[str, str],
        written: set[str],
    ) -> Outcome:
        tool = self.tool
        thing = tool.things.get(ids.get(change.address, before.id))
        if thing is None:
            return Stale()
        if is_settled(change, thing):
            return Done(tool.remote(thing))
        if thing.locked:
            return Failed(
                f"{thing.fields.get('title', change.address)} is open in another program. "
                "Close it there and run again."
            )
        if thing.id in written:  # our own write raised its version; only its values can tell
            before = replace(before, version="")
        if tool.awkward.looks and is_stale(change, before, tool.remote(thing)):
            return Stale()
        tool.ask("gap", step)
        now = tool.remote(thing)
        differs = is_stale(change, before, now)
        if thing.id not in tool.things or (differs and tool.awkward.versions):
            return Stale()
        self._write(change, thing, ids)
        written.add(thing.id)
        return Done(tool.remote(thing), now if differs else None)

    def _write(self, change: Change, thing: Thing, ids: Mapping[str, str]) -> None:
        tool = self.tool
        parent = self._place(change, ids) if change.parent else thing.parent
        if parent != thing.parent and tool.is_inside(parent, thing.id):
            raise _NoPlace(f"{change.address} can't be moved into itself.")
        tool.fill(thing, {**change.fields, **rights_after(change, thing)})
        thing.parent = parent
        if change.verb == "rename" and thing.kind not in tool.awkward.unmarked:
            thing.marker = change.address
        if change.verb == "archive":
            thing.existence = ARCHIVED
        elif change.verb == "move":
            thing.existence = THERE

    def expected_url(self, change: Change, urls: Mapping[str, str]) -> str:
        """Return "": the tool gives out its urls."""
        return ""

    def spent(self) -> Calls:
        """Return the calls that reached the tool, whoever made them, without those of `check`."""
        calls = self.tool.calls
        return Calls(calls.read - self._checks, calls.write)

    def foreseen(self, changes: Sequence[Change], room: Mapping[str, int]) -> Sequence[str]:
        """Return nothing: memory has room for everything."""
        return ()

    def offers(self, kinds: frozenset[str]) -> Sequence[Remote]:
        """Return what belongs to no workspace."""
        with self.tool.lock:
            self._reach()
            self.tool.calls.read += 1
            seen = [self.tool.remote(thing) for thing in self.tool.things.values()]
        return [each for each in seen if each.kind in kinds and not each.workspace]


class _NoPlace(Exception):  # noqa: N818 - reads as what it is: there is no place
    """There is no place for an object where it should go."""


def _address(url: str, names: Names) -> str:
    address = names.addresses.get(url)
    return url if address is None else f"link:{address}"
