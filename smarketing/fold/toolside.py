"""The tool's side of the fold: what a tool says becomes the hub value of each field. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from smarketing.address import container_of
from smarketing.contract import Integration, Manifest, Names, Remote
from smarketing.fold.folding import Folding, Hearing
from smarketing.kinds import ARCHIVED, GONE, KINDS, THERE, Merge, Value, merge_kind
from smarketing.merging.merge import merge
from smarketing.merging.notes import Note, standing, without_notes
from smarketing.recognising.lastseen import binding_to
from smarketing.recognising.look import Look
from smarketing.reorganisation.naming import PERSONAL, as_present, in_words_of
from smarketing.state.record import Binding, Record, Seen


def with_tool(
    work: Folding, record: Record, look: Look, remote: Remote | None
) -> tuple[Record, frozenset[str]]:
    """Return the record after its tool had its say, and the fields that it was first to speak of."""
    if remote is None:
        return _absent(work, record), frozenset()
    if record.address in look.matched.unchanged:
        return record, frozenset()
    binding = bound_to(remote, record, look.terms.manifest)
    bound = replace(record, binding=binding, notes=_unanswered(record, remote))
    side = _ToolSide(work, look, remote, Hearing.of(bound, record.place))
    for name, value in remote.fields.items():
        if name in KINDS[record.kind].fields:
            side.fold_field(name, value)
    side.fold_existence()
    if remote.existence != ARCHIVED:
        side.fold_parent()
    folded = side.hearing.heard()
    return folded, frozenset(folded.hub) - frozenset(record.hub)


def _absent(work: Folding, record: Record) -> Record:
    if record.binding is None or record.gone:
        return record
    above = work.records.get(container_of(record.address))
    wanted = record.address in work.desired.items and not record.released
    if wanted and record.kind != "message" and not (above and above.gone):
        work.keep(record, "existence", "was deleted here and stays so")
    hearing = Hearing.of(record, record.place)
    hearing.hub["existence"] = GONE
    hearing.seen["existence"] = Seen(GONE, GONE)
    return hearing.heard()


def bound_to(remote: Remote, record: Record, manifest: Manifest) -> Binding:
    """Return the tie to this object, with the marker that it bears or last bore."""
    marker = remote.marker or (record.binding.marker if record.binding else "")
    if record.kind not in manifest.keyed:
        marker = marker or record.address
    return binding_to(remote, marker)


def _unanswered(record: Record, remote: Remote) -> tuple[Note, ...]:
    """Return the notes that no member answered: the others are forgotten."""
    name = KINDS[record.kind].notes_in
    raw = remote.fields.get(name)
    if not record.notes or not isinstance(raw, str):
        return record.notes
    last = record.seen.get(record.place, {}).get(name)
    shown = standing(str(last.value), record.notes) if last else ()
    there = standing(raw, record.notes)
    return tuple(note for note in record.notes if note in there or note not in shown)


@dataclass(frozen=True, slots=True)
class _ToolSide:
    work: Folding
    look: Look
    remote: Remote
    hearing: Hearing

    @property
    def _kind(self) -> str:
        return self.hearing.record.kind

    @property
    def _names(self) -> Names:
        return replace(self.look.names, here=self.remote.url)

    def fold_field(self, name: str, value: Value) -> None:
        seen = self.hearing.seen
        last = seen.get(name)
        if last is not None and last.value == value:
            return
        if name == "access":  # rights are no content: see access.py
            seen[name] = Seen(value, value)
            return
        plain = self._without_our_notes(name, value)
        says = self._as_hub(name, plain)
        if last is not None and name == "owner" and not says and self._is_no_choice(last):
            seen[name] = Seen(value, last.hub)
        else:
            seen[name] = Seen(value, self._heard(name, plain, says, last))

    def _without_our_notes(self, name: str, value: Value) -> Value:
        notes = self.hearing.record.notes
        if name == KINDS[self._kind].notes_in and notes and isinstance(value, str):
            return without_notes(value, notes)
        return value

    def _as_hub(self, name: str, plain: Value) -> Value:
        terms, kind = self.look.terms, self._kind
        says = terms.as_hub(kind, name, plain, self._names)
        if name in PERSONAL:
            says = as_present(says, self.look.present)
        if merge_kind(kind, name) is Merge.SET:
            normalise = _normalise(terms, kind, name)
            says = spelled_as(says, self.hearing.hub.get(name), normalise)
        return says

    def _heard(self, name: str, plain: Value, says: Value, last: Seen | None) -> Value:
        """Let the hub take what the tool says, and return the hub value that this stands for."""
        hub = self.hearing.hub
        if name not in hub:
            hub[name] = says
        elif last is not None:
            self._merge(name, says, last)
        elif self._holds(name, plain, hub[name]):
            return hub[name]
        else:
            hub[name] = says
        return says

    def _holds(self, name: str, plain: Value, hub: Value) -> bool:
        """Say whether the tool's value is what it would hold for this hub value."""
        shown = self.look.terms.render(
            self._kind, name, in_words_of(hub, self.look.called), self._names
        )
        normalise = _normalise(self.look.terms, self._kind, name)
        return normalise(plain) == normalise(shown)

    def _merge(self, name: str, says: Value, last: Seen) -> None:
        hearing, work = self.hearing, self.work
        kind, address = merge_kind(self._kind, name), hearing.record.address
        merged = merge(kind, last.hub, hearing.hub[name], says, stands="now", inputs=work.inputs)
        hearing.hub[name] = merged.value
        if address in work.desired.items or address in work.own:
            for clash in merged.clashes:
                work.show(hearing, name, clash)

    def _is_no_choice(self, last: Seen) -> bool:
        """Say whether nobody chose that the owner is gone: the tool did, or another is wanted."""
        return self._left_with_right(last) or self.hearing.hub.get("owner") not in (
            None,
            "",
            last.hub,
        )

    def _left_with_right(self, last: Seen) -> bool:
        """Say whether a tool took off who left, with their right to enter: no member decided it."""
        if last.hub not in self.work.desired.successors:
            return False
        board = self.look.matched.found.get(self.hearing.record.address.partition("/")[0])
        access = board.fields.get("access") if board else None
        return isinstance(access, Mapping) and str(last.value) not in access

    def fold_existence(self) -> None:
        hub, seen, now = self.hearing.hub, self.hearing.seen, self.remote.existence
        if self._kind == "root":
            hub["existence"] = now = THERE
        else:
            last = seen.get("existence")
            if last is None or last.value != now:
                hub["existence"] = now
        seen["existence"] = Seen(now, now)

    def fold_parent(self) -> None:
        above = self.remote.parent
        parent = self.look.parents.get(above, f"@{above}")
        was = self.hearing.seen.get("parent")
        if was is not None and was.value == parent:
            return
        # What stands in a twin of its home was put there by us: it goes home.
        if was is None or self.look.matched.twin_of(above) != was.value:
            self.hearing.hub["parent"] = parent
        self.hearing.seen["parent"] = Seen(parent, parent)


def _normalise(terms: Integration, kind: str, name: str) -> Callable[[Value], Value]:
    return lambda value: terms.normalise(kind, name, value)


def spelled_as(said: Value, hub: Value, normalise: Callable[[Value], Value]) -> Value:
    """Return the set with each element spelled as the hub spells it, if the tool can't tell."""
    if not isinstance(said, frozenset) or not isinstance(hub, frozenset):
        return said
    known = {_key(normalise(frozenset((one,)))): one for one in hub}
    return frozenset(known.get(_key(normalise(frozenset((one,)))), one) for one in said)


def _key(value: Value) -> str:
    return "\0".join(sorted(value)) if isinstance(value, frozenset) else str(value)
