"""A small workspace that the conformance suite builds in a tool, and the hands that build it."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

from smarketing.address import kind_of
from smarketing.contract import Change, Done, Integration, Names, Outcome, Remote, Scope, Step
from smarketing.kinds import KINDS, Value
from smarketing.testing.samples import ROOT, SAMPLES, Sample

WORKSPACE, OTHER = "k3v9-7q2m-x4dt", "p8d2-4w6n-b7zc"


@dataclass(slots=True)
class World:
    """What the suite runs against: an integration on an empty tool.

    Override what the tool makes possible; a test of what it doesn't is skipped. `kinds` are
    tried where the manifest has them, `secrets` are the settings that nobody may see, and
    `shared` says whether one tool can hold two workspaces.
    """

    integration: Integration
    kinds: frozenset[str] = frozenset(KINDS)
    secrets: tuple[str, ...] = ()
    shared: bool = True

    def reopen(self) -> Integration:
        """Return another integration object on the same tool, as after lost state."""
        raise NotImplementedError

    def member(self, which: Remote, fields: Mapping[str, Value]) -> bool:
        """Edit an object as a member would; False if there is no such door."""
        return False

    def foreign(self, kind: str, parent: Remote, title: str) -> bool:
        """Add an object of a member's own; False if there is no such door."""
        return False

    def occurrence(self, series: Remote, day: str, start: str) -> bool:
        """Move one occurrence of a series as a member would, or cancel it where `start` is "".

        `day` is its original date, `start` a local time; False if there is no such door.
        """
        return False

    def picture(self) -> object:
        """Return all that the tool holds, to be compared, times of writing included."""
        return None


class Site:
    """Builds samples through an integration, and knows where each is."""

    def __init__(self, world: World, workspace: str = WORKSPACE) -> None:
        self.world = world
        self.tool = world.integration
        self.workspace = workspace
        self.root = f"root:{self.tool.manifest.name}"
        self.ids: dict[str, str] = {}
        self.now: dict[str, Remote] = {}

    def holds(self, kind: str) -> bool:
        """Say whether the tool holds this kind, and the world wants it tried."""
        return kind in self.tool.manifest.kinds and kind in self.world.kinds

    def samples(self) -> list[Sample]:
        """Return the samples that the tool can hold, each in a place that it can hold."""
        fitting = [each for each in SAMPLES if self.holds(kind_of(each.address))]
        there = {each.address for each in fitting}
        return [self.placed(each, there) for each in fitting]

    def placed(self, sample: Sample, there: Container[str] = ()) -> Sample:
        """Return the sample in its parent, where that is among what is `there`, else in the root."""
        parent = sample.parent if sample.parent in there or not sample.parent else ROOT
        return Sample(self._named(sample.address), self._named(parent), sample.fields)

    def _named(self, address: str) -> str:
        return self.root if address == ROOT else address

    def creation(self, sample: Sample, **fields: Value) -> Change:
        """Return the change that makes a sample."""
        kind = kind_of(sample.address)
        wanted = self.rendered(kind, {**sample.fields, **fields})
        return Change("create", sample.address, kind, wanted, sample.parent)

    def rendered(self, kind: str, fields: Mapping[str, Value]) -> dict[str, Value]:
        """Return hub values in the tool's terms, without those that it can't hold."""
        return {
            name: self.tool.render(kind, name, value, Names())
            for name, value in fields.items()
            if name in self.tool.manifest.kinds[kind]
        }

    def build(self) -> list[Change]:
        """Make all samples; return what was asked for."""
        changes = [self.creation(each) for each in self.samples()]
        self.do(*changes)
        return changes

    def alter(self, address: str, **fields: Value) -> Change:
        """Return an update of an object from what is known of it now."""
        kind = kind_of(address)
        wanted = self.rendered(kind, fields)
        return Change("update", address, kind, wanted, before=self.now[address])

    def do(self, *changes: Change) -> list[Outcome]:
        """Perform the changes, step after step, and insist that each is done."""
        outcomes = self.attempt(*changes)
        for change, outcome in zip(changes, outcomes, strict=True):
            assert isinstance(outcome, Done), f"{change.verb} {change.address}: {outcome}"
        return outcomes

    def attempt(self, *changes: Change) -> list[Outcome]:
        """Perform the changes, step after step; return an outcome for each."""
        found: dict[int, Outcome] = {}
        for step in in_order(self.tool.steps(changes, self.workspace)):
            outcomes = self.tool.perform(step, dict(self.ids))
            assert len(outcomes) == len(step.changes), "an outcome per change"
            for change, outcome in zip(step.changes, outcomes, strict=True):
                found[changes.index(change)] = outcome
                if isinstance(outcome, Done):
                    self._keep(change, outcome)
        return [found[number] for number in range(len(changes))]

    def _keep(self, change: Change, done: Done) -> None:
        if done.moved is not None:
            old, new = done.moved
            self.ids = {
                address: new + each[len(old) :] if each.startswith(old) else each
                for address, each in self.ids.items()
            }
        self.ids[change.address] = done.remote.id
        self.now[change.address] = done.remote

    def read(self, *, lost: bool = False, by: Integration | None = None) -> list[Remote]:
        """Read everything in full: from the roots, or after lost state by markers."""
        roots = () if lost or self.root not in self.ids else (self.ids[self.root],)
        listing = (by or self.tool).read(Scope(self.workspace, roots))
        assert not listing.unchanged, "nothing was known before this read"
        return list(listing.remotes)

    def look(self) -> None:
        """Note every object as the tool holds it now."""
        by_id = {remote.id: remote for remote in self.read()}
        self.now = {address: by_id[each] for address, each in self.ids.items() if each in by_id}

    def known(self) -> Scope:
        """Return the scope of a run that remembers everything as it is now."""
        known = {remote.id: remote.version for remote in self.read()}
        return Scope(self.workspace, (self.ids[self.root],), known)

    def normal(self, remote: Remote) -> dict[str, Value]:
        """Return the object's fields without what the tool changes by itself."""
        return {
            name: self.tool.normalise(remote.kind, name, value)
            for name, value in remote.fields.items()
        }

    def same(self, one: Remote, other: Remote) -> bool:
        """Say whether both are one object in one state, but for version and normalising."""
        bare = replace(one, fields={}, version="") == replace(other, fields={}, version="")
        return bare and self.normal(one) == self.normal(other)


def in_order(steps: Sequence[Step]) -> list[Step]:
    """Return the steps, each after those that it needs."""
    waiting, done, ordered = list(steps), set[str](), list[Step]()
    while waiting:
        ready = [step for step in waiting if step.needs <= done]
        assert ready, f"steps that wait for each other: {[step.key for step in waiting]}"
        ordered += ready
        done |= {step.key for step in ready}
        waiting = [step for step in waiting if step.key not in done]
    return ordered
