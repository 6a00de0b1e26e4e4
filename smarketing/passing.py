"""One pass of steps: the coordinating thread's side, which journals and records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from smarketing.address import container_of
from smarketing.changes import Drawn
from smarketing.contract import (
    Change,
    Done,
    Failed,
    Lost,
    Names,
    Outcome,
    Remote,
    Stale,
    Step,
)
from smarketing.given import Workspace
from smarketing.history import Write, write_of
from smarketing.invitations import with_urls
from smarketing.kinds import KINDS
from smarketing.linking import without_dead_links
from smarketing.look import Look
from smarketing.looking import is_worldwide
from smarketing.moving import MOVED, told
from smarketing.notes import with_notes
from smarketing.outcomes import Arrived, after_done
from smarketing.plan import Failure, Plan, whose
from smarketing.record import Entry, Intent, Record, Seen, Snapshot
from smarketing.recording import Recorder
from smarketing.run import Performer
from smarketing.state import ActionKey
from smarketing.sync.action import Action


@dataclass(frozen=True, slots=True)
class Prepared:
    """One look at everything, and what follows from it.

    `arrived` are writes of a run that was broken off, or whose replies were lost. `inputs` maps
    the former words of inputs to those of now, `sources` addresses to lines of the playbook.
    `actions` are the action items that are stored with the records, None for one that goes.
    `leads_on` says that what gets a place of its own now is linked to from elsewhere.
    """

    plan: Plan
    before: Snapshot
    records: Mapping[str, Record]
    drawn: Drawn
    looks: Mapping[str, Look]
    closed: tuple[str, ...]
    facts: Mapping[str, str]
    arrived: tuple[Arrived, ...]
    inputs: Mapping[str, str]
    sources: Mapping[str, str]
    actions: Mapping[ActionKey, Action | None] = field(default_factory=dict)
    leads_on: bool = False


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
        self.lost: list[Change] = []
        self.places_to_read_again: frozenset[str] = frozenset()
        self.surprised = False
        self.links = dict(prepared.drawn.links)
        self.made: dict[str, Remote] = {}
        self.reasons_for_more: list[str] = []

    @property
    def wants_another_look(self) -> bool:
        """Whether something is left to do that only another look can show."""
        leads_on = self.prepared.leads_on and bool(self.done)
        return bool(self.places_to_read_again) or self.surprised or leads_on or self._links_wait()

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
            arrived = self.recorder.note([self._found(each) for each in self.prepared.arrived])
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
        if self._links_wait():
            self.reasons_for_more.append("links to what was just made had to follow")

    def _found(self, each: Arrived) -> Write:
        """Return what an earlier run wrote, and did not live to record."""
        terms, now = self.workspace.integrations[each.place], self.workspace.clock.now()
        return write_of(each.entry, each.place, each.id, each.before, each.after, terms, now)

    def _begin(self, step: Step) -> Step:
        """Fill in what earlier steps of this run made known, and journal what will be written."""
        step = replace(step, changes=tuple(self._as_known_now(change) for change in step.changes))
        entries = tuple(
            Entry(
                change.address,
                change.verb,
                change.kind,
                change.fields,
                {
                    name: value
                    for name, value in self.records[change.address].hub.items()
                    if name in change.fields or name in ("parent", "existence")
                },
                change.like.fields if change.like else {},
            )
            for change in step.changes
            if change.address in self.records
        )
        self.workspace.state.open(Intent(step.key, step.integration, entries))
        return step

    def _as_known_now(self, change: Change) -> Change:
        before = change.before
        if before is not None and not before.id and change.address in self.made:
            change = replace(change, before=self.made[change.address])
        if change.note:
            return replace(change, note=with_urls(change.note, self._urls(change.address)))
        links = self.links.get(change.address, {})
        if change.verb in ("create", "update") and not all(links.values()):
            return self._linked(change)
        return change

    def _urls(self, address: str) -> dict[str, str]:
        """Return where everything is now, as texts of this item's place name it."""
        place = self.prepared.drawn.places.get(address, "")
        urls = dict(self.prepared.looks[place].names.urls) if place in self.prepared.looks else {}
        for other, record in self.records.items():
            url = record.binding.url if record.binding else ""
            if url and (record.place == place or is_worldwide(url)):
                urls[other] = url
        return urls

    def _linked(self, change: Change) -> Change:
        record = self.records[change.address]
        terms = self.workspace.integrations[record.place]
        known = self.links[change.address]
        # What is not made yet may have a url all the same, where the tool gives none out.
        urls = {to: url for to, url in known.items() if url} | self._urls(change.address)
        names = Names(urls, {}, urls.get(change.address, ""))
        self.links[change.address] = {to: urls.get(to, "") for to in known}
        fields = dict(change.fields)
        for name in self.prepared.drawn.linking.get(change.address, frozenset()) & fields.keys():
            value = without_dead_links(record.hub[name], urls)
            value = terms.render(change.kind, name, value, names)
            notes = self.prepared.drawn.notes.get(change.address, ())
            if notes and name == KINDS[change.kind].notes_in and isinstance(value, str):
                value = with_notes(value, notes)
            fields[name] = value
        return replace(change, fields=fields)

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
        self.workspace.state.commit(changed, {}, closed, self.recorder.note(writes))
        return all(isinstance(outcome, Done) for outcome in outcomes)

    def _written(self, place: str, change: Change, done: Done, before: Record | None) -> Write:
        terms, now = self.workspace.integrations[place], self.workspace.clock.now()
        after = self.records.get(change.address)
        write = write_of(change, place, done.remote.id, before, after, terms, now)
        if write.title:
            return write
        titles = self.prepared.plan.titles
        return replace(write, title=titles.get(change.address.partition("~")[0], ""))

    def _record(self, place: str, change: Change, done: Done) -> dict[str, Record | None]:
        if change.address.endswith(MOVED):
            address = change.address.removesuffix(MOVED)
            self.records[address] = told(self.records[address])
            return {address: self.records[address]}
        if change.address not in self.records:  # a twin put away
            return {}
        look = self.prepared.looks[place]
        links = self.links.get(change.address, {})
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
        self.made[change.address] = done.remote
        changed: dict[str, Record | None] = {change.address: record}
        if done.displaced is not None:
            self.surprised = True
            self.reasons_for_more.append("a member edited while we wrote")
        if change.verb == "move":
            changed.update(self._without_owners(change))
        if done.moved:
            self.surprised = True  # what is in it may now stand elsewhere
            self.reasons_for_more.append("what stands in something renamed was looked at again")
            changed.update(self._moved(place, *done.moved))
        return changed

    def _without_owners(self, change: Change) -> dict[str, Record | None]:
        """Forget who was seen to have the cards that went to another board.

        A tool may take them from those who were not let in there yet: that is no member's wish.
        """
        place = self.prepared.drawn.places[change.address]
        old = self.prepared.looks[place].parents.get(change.before.parent if change.before else "")
        if old is None or change.kind not in ("list", "card"):
            return {}
        board = old if change.kind == "list" else container_of(old)
        if board == (change.parent if change.kind == "list" else container_of(change.parent)):
            return {}
        changed: dict[str, Record | None] = {}
        for address, record in self.records.items():
            moved = change.address in (address, record.hub.get("parent"))
            if moved and record.kind == "card" and record.hub.get("owner"):
                seen = {**record.seen.get(place, {}), "owner": Seen(None, None)}
                self.records[address] = replace(record, seen={**record.seen, place: seen})
                changed[address] = self.records[address]
                self.surprised = True
                self.places_to_read_again |= {place}
        if changed:
            self.reasons_for_more.append("cards that went to another board got their owners again")
        return changed

    def _moved(self, place: str, old: str, new: str) -> dict[str, Record | None]:
        changed: dict[str, Record | None] = {}
        for address, record in self.records.items():
            binding = record.binding
            if record.place != place or binding is None:
                continue
            moved = replace(
                binding,
                id=_shifted(binding.id, old, new),
                url=_shifted(binding.url, old, new),
                parent=_shifted(binding.parent, old, new),
            )
            if moved != binding:
                self.records[address] = replace(record, binding=moved)
                self.ids[address] = moved.id
                changed[address] = self.records[address]
        return changed

    def _links_wait(self) -> bool:
        """Whether a text was written before the address of what it links to was known."""
        for address, links in self.links.items():
            record = self.records[address]
            if not record.stands or record.released or record.kind == "message":
                continue  # what went out says what it said
            for target, shown in links.items():
                other = self.records.get(target)
                url = other.binding.url if other and other.binding else ""
                if other is None or url == shown:
                    continue
                if other.place == record.place or is_worldwide(url):
                    return True
        return False


def _open(outcome: Outcome) -> str:
    """Return what to say of a change that even the last look of a run did not settle."""
    if isinstance(outcome, Lost):
        return "no answer came, so it is not known whether it was made: run again later"
    return "it changes while it is being written: run again later"


def _reason(outcome: Outcome) -> str:
    if isinstance(outcome, Lost):
        return "an answer was lost, so what it was about was looked for"
    return "something had changed since the plan looked"


def _shifted(text: str, old: str, new: str) -> str:
    """Return an id or url after what began with `old` ("Personas/") begins with `new`."""
    if text.startswith(old):
        return new + text[len(old) :]
    return new[:-1] if text == old[:-1] else text
