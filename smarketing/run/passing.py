"""One pass of steps: the coordinating thread's side, which journals and records."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from smarketing.changes.emptying import is_own
from smarketing.changes.following import moved_along, without_owners, without_shut_out
from smarketing.contract import (
    Change,
    Done,
    Failed,
    Lost,
    Outcome,
    Stale,
    Step,
)
from smarketing.fold.access import names_of
from smarketing.fold.outcomes import after_done
from smarketing.plan import Failure, whose
from smarketing.planning.given import Workspace
from smarketing.planning.latelinks import LateLinks
from smarketing.planning.prepared import Prepared
from smarketing.reorganisation.homeward import HOMEWARD, homeward_fact, without
from smarketing.reorganisation.moving import MOVED, told
from smarketing.run.asides import asides_fact, not_told
from smarketing.run.noting import entry_of, write_done, write_found
from smarketing.run.run import Performer
from smarketing.state.history import Write
from smarketing.state.record import Intent, Record
from smarketing.state.recording import Recorder


class Pass:
    """One pass of steps: the coordinating thread's side."""

    def __init__(self, workspace: Workspace, prepared: Prepared, recorder: Recorder) -> None:
        self.workspace = workspace
        self.prepared = prepared
        self.recorder = recorder
        self.records = dict(prepared.records)
        self.ids = {a: r.binding.id for a, r in self.records.items() if r.binding}
        self.done: list[Change] = []
        self.failed: list[Failure] = []
        self.uncertain: list[Failure] = []
        self.asides: list[str] = []
        self.lost: list[Change] = []
        self.places_to_read_again: frozenset[str] = frozenset()
        self.surprised = False
        terms, shown = workspace.integrations, dict(prepared.drawn.links)
        self.links = LateLinks(prepared, terms, self.records, shown)
        self.reasons_for_more: list[str] = []
        self.homeward = prepared.homeward

    @property
    def wants_another_look(self) -> bool:
        """Whether something is left to do that only another look can show."""
        leads_on = self.prepared.leads_on and bool(self.done)
        waits = leads_on or self.links.wait()
        return bool(self.places_to_read_again) or self.surprised or waits

    @cached_property
    def _asked(self) -> frozenset[tuple[str, str]]:
        return frozenset((c.address, c.verb) for c in self.prepared.plan.changes)

    def perform(self) -> None:
        """Store what was folded, then run the steps."""
        before = self.prepared.before.records
        changed: dict[str, Record | None] = {
            address: record
            for address, record in self.records.items()
            if before.get(address) is not record and before.get(address) != record
        }
        changed.update({address: None for address in before if address not in self.records})
        facts = {
            k: v for k, v in self.prepared.facts.items() if self.prepared.before.facts.get(k) != v
        }
        actions = {"actions": self.prepared.actions} if self.prepared.actions else {}
        if changed or facts or actions or self.prepared.closed:
            now = self.workspace.clock.now
            found = [write_found(each, self.prepared, now()) for each in self.prepared.arrived]
            arrived = self.recorder.note(found)
            closed = self.prepared.closed
            self.workspace.state.commit(changed, facts, closed, arrived, **actions)
        for change in self.prepared.plan.changes:
            if change.parent.startswith("@"):
                self.ids[change.parent] = change.parent[1:]
        performer = Performer(
            self.workspace.integrations,
            self.ids,
            self.workspace.clock,
            self._begin,
            self._end,
            self.workspace.workers,
            self.workspace.paces,
        )
        performer.run(self.prepared.plan.steps)
        if performer.was_put_off:
            self.reasons_for_more.append("a tool asked to wait, and was asked again")
        if self.links.wait():
            self.reasons_for_more.append("links to what was just made had to follow")

    def _begin(self, step: Step) -> Step:
        """Fill in what earlier steps of this run made known, and journal what will be written."""
        step = replace(step, changes=tuple(map(self.links.as_known_now, step.changes)))
        entries = [entry_of(change, self.records, self.prepared) for change in step.changes]
        noted = tuple(entry for entry in entries if entry is not None)
        self.workspace.state.open(Intent(step.key, step.integration, noted))
        return step

    def _end(self, step: Step, outcomes: Sequence[Outcome]) -> bool:
        changed: dict[str, Record | None] = {}
        writes: list[Write] = []
        for change, outcome in zip(step.changes, outcomes, strict=True):
            if isinstance(outcome, Done):
                before = self.records.get(change.address)
                changed.update(self._record(step.integration, change, outcome))
                writes.append(self._written(step.integration, change, outcome, before))
                if (change.address, change.verb) in self._asked:
                    self.done.append(change)
            elif isinstance(outcome, Failed):
                self.failed.append(
                    Failure(change.address, change.verb, outcome.error, whose(change))
                )
            elif isinstance(outcome, Stale | Lost):
                self.places_to_read_again |= {step.integration}
                self.uncertain.append(
                    Failure(change.address, change.verb, _open(outcome), whose(change))
                )
                self.lost += [change] if isinstance(outcome, Lost) else []
                self.reasons_for_more.append(_reason(outcome))
        closed = () if any(isinstance(outcome, Lost) for outcome in outcomes) else (step.key,)
        facts = self._arrived_home(step, outcomes) | self._told(outcomes)
        self.workspace.state.commit(changed, facts, closed, self.recorder.note(writes))
        return all(isinstance(outcome, Done) for outcome in outcomes)

    def _told(self, outcomes: Sequence[Outcome]) -> dict[str, str]:
        """Take in what the tool refused, and return what state keeps of what was told of it."""
        known = self.prepared.before.facts
        told = [outcome.told for outcome in outcomes if isinstance(outcome, Done)]
        new = [each for each in not_told(told, known) if each not in self.asides]
        self.asides += new
        return asides_fact(self.asides, known) if new else {}

    def _arrived_home(self, step: Step, outcomes: Sequence[Outcome]) -> dict[str, str]:
        """Return what state keeps of members' own things on their way, where some have arrived."""
        arrived = {
            (step.integration, change.before.id)
            for change, outcome in zip(step.changes, outcomes, strict=True)
            if is_own(change.address) and change.before and isinstance(outcome, Done)
        }
        left = without(self.homeward, arrived)
        if left == self.homeward:
            return {}
        self.homeward = left
        return {HOMEWARD: homeward_fact(left)}

    def _written(self, place: str, change: Change, done: Done, before: Record | None) -> Write:
        after, now = self.records.get(change.address), self.workspace.clock.now()
        return write_done(change, done, before, after, self.prepared, place, now)

    def _record(self, place: str, change: Change, done: Done) -> dict[str, Record | None]:
        if change.address.endswith(MOVED):
            address = change.address.removesuffix(MOVED)
            self.records[address] = told(self.records[address])
            return {address: self.records[address]}
        if change.address not in self.records:  # a twin put away
            return {}
        look = self.prepared.looks[place]
        links = self.links.shown.get(change.address, {})
        names = replace(look.names, here=done.remote.url)
        record = after_done(
            self.records[change.address],
            change,
            done,
            look.terms,
            names,
            links,
            self.workspace.today,
        )
        self.records[change.address] = record
        self.ids[change.address] = done.remote.id
        self.links.made[change.address] = done.remote
        changed: dict[str, Record | None] = {change.address: record}
        if done.displaced is not None:
            self.surprised = True
            self.reasons_for_more.append("a member edited while we wrote")
        if change.verb == "move":
            changed.update(self._without_owners(place, change))
        if change.verb == "revoke":
            changed.update(self._without_shut_out(place, change))
        if done.moved:
            changed.update(self._moved(place, *done.moved))
        return changed

    def _without_owners(self, place: str, change: Change) -> dict[str, Record]:
        parents = self.prepared.looks[place].parents
        changed = without_owners(self.records, change, place, parents)
        if changed:
            self.records |= changed
            self.surprised = True
            self.places_to_read_again |= {place}
            self.reasons_for_more.append("cards that went to another board got their owners again")
        return changed

    def _without_shut_out(self, place: str, change: Change) -> dict[str, Record]:
        rights, terms = change.fields["access"], self.workspace.integrations[place]
        mailboxes = rights if isinstance(rights, Mapping) else {}
        names = [n for mailbox in mailboxes for n in names_of(change.kind, mailbox, terms)]
        leavers = self.workspace.desired.successors
        changed = without_shut_out(self.records, change, place, names, leavers)
        if changed:
            self.records |= changed
            self.surprised = True
            self.places_to_read_again |= {place}
            self.reasons_for_more.append("cards of who may no longer enter keep their name")
        return changed

    def _moved(self, place: str, old: str, new: str) -> dict[str, Record]:
        changed = dict(moved_along(self.records, place, old, new))
        self.records |= changed
        self.ids |= {a: each.binding.id for a, each in changed.items() if each.binding}
        self.surprised = True  # what is in it may now stand elsewhere
        self.reasons_for_more.append("what stands in something renamed was looked at again")
        return changed


def _open(outcome: Outcome) -> str:
    """Return what to say of a change that even the last look of a run did not settle."""
    if isinstance(outcome, Lost):
        return "no answer came, so it is not known whether it was made: run again later"
    return "it changes while it is being written: run again later"


def _reason(outcome: Outcome) -> str:
    if isinstance(outcome, Lost):
        return "an answer was lost, so what it was about was looked for"
    return "something had changed since the plan looked"
