"""A fold at work: what it goes by, what it makes of one record, and what there is to tell of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from smarketing.fold.outcomes import in_terms
from smarketing.fold.wishes import Wishes
from smarketing.kinds import KINDS, Value
from smarketing.merging.merge import Clash
from smarketing.merging.notes import Note, suggestion
from smarketing.plan import ConflictShown, Keep
from smarketing.recognising.look import Look
from smarketing.reorganisation.sections import Moved
from smarketing.resolve.desired import Desired, Item
from smarketing.state.record import Record, Seen


@dataclass(slots=True)
class Hearing:
    """One record while one place has its say: hub and notes, and what that place was seen to hold."""

    record: Record
    place: str
    hub: dict[str, Value]
    seen: dict[str, Seen]
    notes: list[Note]

    @classmethod
    def of(cls, record: Record, place: str) -> "Hearing":
        """Return the record as it is before the place says anything."""
        seen = dict(record.seen.get(place, {}))
        return cls(record, place, dict(record.hub), seen, list(record.notes))

    def heard(self) -> Record:
        """Return the record as it is now that the place has had its say."""
        seen = {**self.record.seen, self.place: self.seen}
        return replace(self.record, hub=self.hub, seen=seen, notes=tuple(self.notes))


@dataclass(slots=True)
class Folding:
    """What one fold goes by, the records as far as they are folded, and what there is to tell.

    `arriving` holds, by document, the sections that come to it with the words that members made
    of them. All else is as `fold` was given it.
    """

    records: dict[str, Record]
    desired: Desired
    looks: Mapping[str, Look]
    today: date
    inputs: Mapping[str, str]
    wishes: Wishes
    lost: frozenset[str]
    joins: Mapping[str, str]
    waiting: Collection[str]
    undoing: bool
    own: frozenset[str] = frozenset()
    later: frozenset[tuple[str, str]] = frozenset()
    lines: Mapping[str, Collection[str]] = field(default_factory=dict)
    derived: frozenset[str] = frozenset()
    arriving: dict[str, list[tuple[Moved, str]]] = field(default_factory=dict)
    conflicts: list[ConflictShown] = field(default_factory=list)
    keeps: list[Keep] = field(default_factory=list)
    releases: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    joined: dict[str, str] = field(default_factory=dict)
    carried: list[Moved] = field(default_factory=list)
    invited: dict[str, Item] = field(default_factory=dict)

    def keep(self, record: Record, name: str, why: str) -> None:
        """Tell that a field stays as a member has it, and why."""
        self.keeps.append(Keep(record.address, name, record.place, why))

    def show(self, hearing: Hearing, name: str, clash: Clash) -> None:
        """Tell of a conflict, and note it where people work."""
        record = hearing.record
        if (record.address, name) in self.later or self._is_line(record, clash):
            return
        self.keep(record, name, "was changed by a member and stays as it is")
        if record.kind == "page" or record.address in self.derived:
            return  # it has nothing new to suggest, and would do so in every run
        self.conflicts.append(
            ConflictShown(record.address, name, record.place, clash.stands, clash.yields)
        )
        if KINDS[record.kind].notes_in and clash.yields.strip():
            note = self._note(record, name, clash)
            if note not in hearing.notes:
                hearing.notes.append(note)

    def _is_line(self, record: Record, clash: Clash) -> bool:
        """Say whether what yields is a line of notes: what its places agree on is told of it."""
        words = clash.yields.strip()
        return any(words.endswith(line) for line in self.lines.get(record.address, ()) if line)

    def _note(self, record: Record, name: str, clash: Clash) -> Note:
        inside = name == KINDS[record.kind].notes_in
        text = suggestion(clash.yields, self.today, "text" if inside else name)
        note = Note(clash.anchor if inside else "", text)
        look = self.looks.get(record.place)
        return in_terms(note, record.kind, look.terms, look.names) if look else note
