"""What our account made twice: the younger one goes to the archive, if nobody wrote into it. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from smarketing.changes.drawing import Drawing
from smarketing.contract import Change, Names, Remote
from smarketing.kinds import THERE
from smarketing.plan import Keep
from smarketing.recognising.look import Look

_NO_WORDS = frozenset((("root", "done"), ("root", "template")))
"""Fields that hold what we note for ourselves. Rights, too, are no words."""

TWIN = "twin"
"""Stands for the field of what is there twice: nothing was deleted, so nothing is brought back."""


def put_twins_away(work: Drawing) -> None:
    """Archive the twins that nobody touched, each as a whole, and list the others."""
    addresses = {
        twin.url: address
        for look in work.looks.values()
        for address, twins in look.matched.twins.items()
        for twin in twins
        if twin.url
    }
    for place, look in work.looks.items():
        family = _Family.of(look, addresses)
        for name, address, twin in family.apart():
            archivable = twin.kind in look.terms.manifest.archives
            if archivable:
                work.twins.add(place)
            if family.is_touched(twin):
                why = f"is there twice, the other one with words of its own: {twin.url}"
                work.keeps.append(Keep(address, TWIN, place, why))
            elif not archivable:
                why = f"is there twice, and {look.terms.manifest.title} has no archive: {twin.url}"
                work.keeps.append(Keep(address, TWIN, place, why))
            else:
                work.changes.append(Change("archive", name, twin.kind, before=twin))
                work.places[name] = place


def list_doubles(work: Drawing) -> None:
    """List what stands beside an item of ours under its very name, where nothing can be marked.

    Two machines may have made both, or a member one of them: who it was can't be known.
    """
    for place, look in work.looks.items():
        manifest = look.terms.manifest
        if not manifest.stable_ids:
            continue  # where an id is a path nothing is made twice
        ours = {
            _named(look, remote): address
            for address, remote in look.matched.found.items()
            if remote.kind in manifest.unmarked and remote.existence == THERE
        }
        for remote in look.matched.others:
            unmarked = remote.kind in manifest.unmarked and not remote.marker
            address = ours.get(_named(look, remote)) if unmarked else None
            if address and remote.existence == THERE:
                why = "is there twice under this name: put one away by hand"
                work.keeps.append(Keep(address, TWIN, place, why))


def _named(look: Look, remote: Remote) -> tuple[str, str, str]:
    title = look.terms.normalise(remote.kind, "title", remote.fields.get("title"))
    return (remote.parent, remote.kind, str(title))


@dataclass(frozen=True, slots=True)
class _Family:
    """The twins of one place, and what each of them holds."""

    look: Look
    names: Names
    twins: Mapping[str, tuple[str, Remote]]
    children: Mapping[str, list[Remote]]

    @classmethod
    def of(cls, look: Look, addresses: Mapping[str, str]) -> "_Family":
        names = replace(look.names, addresses={**look.names.addresses, **addresses})
        twins = {
            twin.id: (address, twin)
            for address, each in look.matched.twins.items()
            for twin in each
            if address in look.matched.found
        }
        children: dict[str, list[Remote]] = defaultdict(list)
        for remote in (*look.matched.others, *look.matched.found.values()):
            children[remote.parent].append(remote)
        return cls(look, names, twins, children)

    def apart(self) -> Iterator[tuple[str, str, Remote]]:
        """Yield each twin that neither goes nor went with one that holds it.

        It comes as a name, its address, and itself.
        """
        for address, twins in self.look.matched.twins.items():
            for number, twin in enumerate(twins, start=2):
                there = twin.id in self.twins and twin.existence == THERE
                if there and not self._goes_along(twin):
                    yield f"{address}~{number}", address, twin

    def _goes_along(self, twin: Remote) -> bool:
        holder = self.twins.get(twin.parent)
        if holder is None:
            return False
        _, above = holder
        if above.existence != THERE:
            return True
        if above.kind in self.look.terms.manifest.archives and not self.is_touched(above):
            return True
        return self._goes_along(above)

    def is_touched(self, twin: Remote) -> bool:
        """Say whether a twin, or anything in it, holds what ours does not."""
        address, _ = self.twins[twin.id]
        ours = self.look.matched.found[address]
        return self._differs(twin, ours) or any(
            self._is_foreign(child, ours) for child in self.children.get(twin.id, ())
        )

    def _is_foreign(self, child: Remote, ours: Remote) -> bool:
        if child.id in self.twins:
            return self.is_touched(child)
        if child.marker or child.kind not in self.look.terms.manifest.unmarked:
            return True
        same = [
            each
            for each in self.children.get(ours.id, ())
            if each.kind == child.kind and not self._differs(child, each)
        ]
        return not same or any(
            self._is_foreign(each, same[0]) for each in self.children.get(child.id, ())
        )

    def _differs(self, twin: Remote, ours: Remote) -> bool:
        terms, kind = self.look.terms, twin.kind
        for name in twin.fields.keys() & ours.fields.keys():
            now, other = twin.fields[name], ours.fields[name]
            if now == other or name == "access" or (kind, name) in _NO_WORDS:
                continue
            # What a twin links to are twins: they stand for ours.
            meant = terms.render(kind, name, terms.as_hub(kind, name, now, self.names), self.names)
            if terms.normalise(kind, name, meant) != terms.normalise(kind, name, other):
                return True
        return False
