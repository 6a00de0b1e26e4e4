"""The playbook's side of the fold: what it asks for becomes the hub value of each field. Pure."""

import re
from dataclasses import dataclass

from smarketing.config.handover import named_in
from smarketing.fold.folding import Folding, Hearing
from smarketing.kinds import ARCHIVED, GONE, THERE, Merge, Value, empty, merge_kind
from smarketing.merging.merge import merge
from smarketing.recognising.look import Look
from smarketing.reorganisation.arriving import with_arrivals
from smarketing.resolve.desired import Item
from smarketing.state.record import PLAYBOOK, Record, Seen, is_joined


def with_playbook(
    work: Folding, record: Record, item: Item, first_look: frozenset[str] = frozenset()
) -> Record:
    """Return the record after the playbook had its say.

    `first_look` are the fields of which nothing was known before the tool was read just now:
    what a member may have made of them is not known either.
    """
    hearing = Hearing.of(record, PLAYBOOK)
    side = _PlaybookSide(work, item, hearing, first_look)
    changed = side.fold_joined()
    for name, value in side.wanted().items():
        changed = side.fold_field(name, value) or changed
    if changed and record.seen.get(PLAYBOOK):
        side.tell_of_absence()
    side.hand_over()
    return hearing.heard() if changed or hearing.hub != record.hub else record


def first_record(work: Folding, item: Item) -> Record:
    """Return the record of what is neither known nor found: it is made, or missing."""
    hub: dict[str, Value] = {**item.fields, "parent": item.parent, "existence": THERE}
    restored = work.wishes.asks_back(item.address, item.place)
    if item.place in work.lost and item.kind != "root" and not restored:
        hub["existence"] = GONE
        if item.kind != "message":
            work.missing.append(item.address)
    seen = {name: Seen(value, value) for name, value in hub.items()}
    if arrivals := work.arriving.get(item.address):
        hub["body"], _ = with_arrivals(hub["body"], arrivals, work.inputs)
    return Record(item.address, item.kind, item.place, hub, {PLAYBOOK: seen})


@dataclass(frozen=True, slots=True)
class _PlaybookSide:
    work: Folding
    item: Item
    hearing: Hearing
    first_look: frozenset[str]

    def fold_joined(self) -> bool:
        """Ask again for what was merged into another thing; say whether it was."""
        record, hearing = self.hearing.record, self.hearing
        if self.work.undoing or not is_joined(record):
            return False
        hearing.seen["existence"] = Seen(THERE, THERE)
        hearing.hub["existence"] = THERE if record.existence == ARCHIVED else record.existence
        return True

    def wanted(self) -> dict[str, Value]:
        wanted: dict[str, Value] = {**self.item.fields, "parent": self.item.parent}
        if "access" in self.hearing.seen or self.hearing.hub.get("access"):
            wanted.setdefault("access", {})  # no longer shared with anybody
        return wanted

    def fold_field(self, name: str, value: Value) -> bool:
        """Let the hub take what the playbook says; say whether it says anything."""
        hub, seen = self.hearing.hub, self.hearing.seen
        last = seen.get(name)
        if last and last.value == value and not self._speaks_again(last, hub.get(name)):
            return False
        seen[name] = Seen(value, value)
        if name == "access":
            hub[name] = value
        elif name in self.first_look:
            self._fold_first_look(name, value)
        elif name not in hub:
            hub[name] = value
        elif name == "owner" and hub.get("done"):
            pass  # what is done keeps the name of who did it
        else:
            self._merge(name, value, last)
        return True

    def _fold_first_look(self, name: str, value: Value) -> None:
        hub, record = self.hearing.hub, self.hearing.record
        kind = merge_kind(record.kind, name)
        if _is_ours_alone(record.kind, name):
            hub[name] = value  # what is there is only what an older run of ours wrote
        elif self._shows_as(name, hub[name], value):
            hub[name] = value  # the tool can't tell them apart: these are its words
        elif record.address in self.work.derived and kind is Merge.BLOCKS:
            there = self._spelled(name, str(hub[name]), str(value))
            ours = as_once_derived(there, str(value))
            hub[name] = merge(kind, ours, there, value, stands="hub").value
        elif record.place in self.work.looks and not record.is_sent:
            self.work.keep(record, name, "differs from the playbook and stays as it is")

    def _shows_as(self, name: str, one: Value, other: Value) -> bool:
        """Say whether the tool would show both values alike."""
        look = self.work.looks.get(self.hearing.record.place)
        if look is None:
            return False
        normalise, kind = look.terms.normalise, self.hearing.record.kind
        shown = [normalise(kind, name, self._shown(look, name, each)) for each in (one, other)]
        return shown[0] == shown[1]

    def _spelled(self, name: str, there: str, value: str) -> str:
        """Return the text with each line as the playbook spells it, where the tool shows them alike.

        Two meetings may be in one file, so that a link to it doesn't say which is meant.
        """
        look = self.work.looks.get(self.hearing.record.place)
        if look is None:
            return there
        shown, held = (str(self._shown(look, name, text)).split("\n") for text in (value, there))
        spelled, lines = value.split("\n"), there.split("\n")
        if len(shown) != len(spelled) or len(held) != len(lines):
            return there
        known = dict(zip(shown, spelled, strict=True))
        return "\n".join(known.get(say, line) for say, line in zip(held, lines, strict=True))

    def _shown(self, look: Look, name: str, value: Value) -> Value:
        return look.terms.render(self.hearing.record.kind, name, value, look.names)

    def _merge(self, name: str, value: Value, last: Seen | None) -> None:
        work, hearing = self.work, self.hearing
        kind = merge_kind(hearing.record.kind, name)
        base = last.hub if last is not None else empty(kind)
        if name == "body" and (arrivals := work.arriving.get(hearing.record.address)):
            value, clashes = with_arrivals(value, arrivals, work.inputs)
            for clash in clashes:
                work.show(hearing, name, clash)
        merged = merge(kind, base, hearing.hub[name], value, stands="hub", inputs=work.inputs)
        hearing.hub[name] = merged.value
        for clash in merged.clashes:
            work.show(hearing, name, clash)

    def _speaks_again(self, last: Seen, now: Value) -> bool:
        """Say whether what was taken back names somebody who has left since, and the playbook not."""
        leavers = self.work.desired.leavers
        if last.value == last.hub or not leavers:
            return False
        stood = named_in(last.hub, leavers) & named_in(now, leavers)
        return bool(stood - named_in(last.value, leavers))

    def tell_of_absence(self) -> None:
        existence = self.hearing.hub.get("existence", THERE)
        if existence != THERE:
            gone = existence == GONE
            why = "was deleted here and stays so" if gone else "was archived and stays so"
            self.work.keep(self.hearing.record, "existence", why)

    def hand_over(self) -> None:
        """Let open work have an owner who is there."""
        desired, hub, seen = self.work.desired, self.hearing.hub, self.hearing.seen
        owner = hub.get("owner")
        if not isinstance(owner, str) or hub.get("done"):
            return
        address = self.hearing.record.address
        lead = desired.items[address].fields.get("owner")
        if owner in desired.successors:
            hub["owner"] = desired.successors[owner] or lead or None
        elif lead and owner in desired.unseated.get(address.split("/")[0], ()):
            hub["owner"] = lead
        last = seen.get("owner")
        if last is not None and last.hub == owner != last.value:
            # What was taken back stood for this owner, and no member chose the next.
            seen["owner"] = Seen(last.value, hub["owner"])


def _is_ours_alone(kind: str, name: str) -> bool:
    """Say whether no member has a word in this: our rendering of the rest, our notes on a root."""
    return kind == "page" or (kind == "root" and name != "title")


def as_once_derived(text: str, now: str) -> str:
    """Return the lines of a derived text that an older run of ours wrote, going by today's.

    Such lines differ in their figures and in what is struck through. All others are a member's.
    """
    ours = {_without_figures(line) for line in now.splitlines()}
    return "\n".join(line for line in text.splitlines() if _without_figures(line) in ours)


def _without_figures(line: str) -> str:
    return re.sub(r"\d+|~~|\b(cards?|lines?)\b", "", line)
