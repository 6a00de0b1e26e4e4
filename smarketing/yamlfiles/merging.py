"""Merges a later edition of a YAML file into one that a person made of an earlier: by its keys.

What only the edition changed is taken; what a person changed, added, took out or noted in a
comment stands. Where both changed one thing the person's stands and the other is told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from smarketing.kinds import Merge
from smarketing.merging.merge import merge
from smarketing.text.sentences import sentences
from smarketing.yamlfiles import entries as yamlentries
from smarketing.yamlfiles.datapath import value_at
from smarketing.yamlfiles.entries import Path, same, tried
from smarketing.yamlfiles.lists import (
    BOTH,
    DELETED,
    EDITED,
    NONE,
    UNFIT,
    Items,
    Piece,
    by_name,
    listing,
    pieces,
)
from smarketing.yamlfiles.source import Source
from smarketing.yamlfiles.values import rendered, with_part


@dataclass(frozen=True, slots=True)
class Taken:
    """One thing that the edition brings: where, and what it was and is."""

    verb: Literal["new", "changed", "taken out", "renamed"]
    path: Path
    old: Any = None
    new: Any = None


@dataclass(frozen=True, slots=True)
class Open:
    """One thing where the person's stands: where, why, and what the edition has there.

    `line` is where it stands in the merged file; `theirs` is "" for nothing.
    """

    where: str
    why: str
    yours: str
    theirs: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class MergedYaml:
    """The merged text, what the edition brought, and where the person's stands against it."""

    text: str
    taken: tuple[Taken, ...] = ()
    open: tuple[Open, ...] = ()


def merge_yaml(base: Source, theirs: Source, mine: Source, *, remove: bool = True) -> MergedYaml:
    """Return the person's text with all that changed from `base` to `theirs`.

    Without `remove` what the edition takes out stays.
    """
    merging = _Merging(base, theirs, mine, remove)
    merging.mapping((), (), _mapping(base.data), _mapping(theirs.data))
    found = tuple(_open(merging.mine, *each) for each in merging.open)
    return MergedYaml(merging.mine.text, tuple(merging.taken), found)


def _mapping(data: Any) -> Mapping[str, Any]:
    return data if isinstance(data, dict) else {}


def _open(mine: Source, path: Path, why: str, yours: Any, theirs: Any) -> Open:
    line, _ = mine.key_mark(*path)
    return Open(" › ".join(path), why, shown(yours), shown(theirs), line)


def shown(value: Any) -> str:
    """Return a value as a person reads it, "" for none."""
    if value is NONE or value is None:
        return ""
    return value.strip() if isinstance(value, str) else rendered(value)


class _Merging:
    """The person's file as it is by now, and what came of it."""

    def __init__(self, base: Source, theirs: Source, mine: Source, remove: bool) -> None:
        self.base, self.theirs, self.mine = base, theirs, mine
        self.taken: list[Taken] = []
        self.open: list[tuple[Path, str, Any, Any]] = []
        self._remove = remove

    def mapping(
        self, at: Path, there: Path, was: Mapping[str, Any], now: Mapping[str, Any]
    ) -> None:
        """Merge the keys of a mapping; `at` is its path in the person's file, `there` in theirs."""
        was = self._renamed(at, was, now)
        names = self._renamed_by_person(at, was, now)
        for number, key in enumerate(now):
            name = names.get(key, key)
            before = [names.get(other, other) for other in list(now)[:number]]
            self._value((*at, name), (*there, key), was.get(key, NONE), now[key], before)
        for key in was.keys() - now.keys():
            self._gone((*at, names.get(key, key)), was[key])

    def _renamed(
        self, at: Path, was: Mapping[str, Any], now: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Follow the keys that the edition renamed with `was:`."""
        here = _mapping(value_at(self.mine.data, at))
        for new in now.keys() - was.keys() - here.keys():
            for old in _former(now[new]):
                if old in was and old not in now and old in here:
                    wanted = {(new if key == old else key): here[key] for key in here}
                    texts = yamlentries.renaming(self.mine, (*at, old), new)
                    if self._edit(texts, at, wanted):
                        self.taken.append(Taken("renamed", (*at, new), old, new))
                        was = {(new if key == old else key): was[key] for key in was}
                        break
        return was

    def _renamed_by_person(
        self, at: Path, was: Mapping[str, Any], now: Mapping[str, Any]
    ) -> dict[str, str]:
        """Return the names that the person gave to keys of the edition, with `was:`."""
        here = _mapping(value_at(self.mine.data, at))
        return {
            old: new
            for new in here
            if new not in was and new not in now
            for old in _former(here[new])
            if old in was and old not in here
        }

    def _value(self, at: Path, there: Path, was: Any, now: Any, before: list[str]) -> None:
        mine = self._mine(at)
        if same(was, now):
            return
        if mine is NONE and was is NONE:
            self._add(at, there, now, before)
        elif mine is NONE:
            self.open.append((at, DELETED, NONE, now))
        elif same(mine, now):
            return
        elif isinstance(mine, dict) and isinstance(now, dict) and _is_mapping(was):
            self.mapping(at, there, {} if was is NONE else was, now)
        elif same(mine, was) and not (isinstance(mine, list) and self._is_noted(at)):
            self._replace(at, there, now, mine)
        elif isinstance(mine, list) and isinstance(now, list) and isinstance(was, list):
            self._list(at, there, was, now, mine)
        elif isinstance(mine, str) and isinstance(now, str) and isinstance(was, str):
            self._text(at, was, now, mine)
        else:
            self.open.append((at, BOTH, mine, now))

    def _is_noted(self, at: Path) -> bool:
        """Whether a person wrote comments between the items of a list: each keeps its place."""
        return yamlentries.is_noted(self.mine, at, self.base)

    def _mine(self, at: Path) -> Any:
        above = _mapping(value_at(self.mine.data, at[:-1]))
        return above.get(at[-1], NONE)

    def _edit(self, texts: Iterable[str], at: Path, value: Any) -> bool:
        """Take the first text in which only this value is another; say whether there is one."""
        wanted = with_part(self.mine.data, at, value)
        done = tried(self.mine, texts, wanted)
        if done is not None:
            self.mine = done
        return done is not None

    def _replace(self, at: Path, there: Path, now: Any, mine: Any) -> None:
        texts = yamlentries.replacement(self.mine, at, now, self.theirs, there, self.base)
        self._change(at, texts, mine, now)

    def _change(self, at: Path, texts: Iterable[str], old: Any, new: Any) -> None:
        if self._edit(texts, at, new):
            self.taken.append(Taken("changed", at, old, new))
        else:
            self.open.append((at, UNFIT, old, new))

    def _add(self, at: Path, there: Path, value: Any, before: list[str]) -> None:
        here = _mapping(value_at(self.mine.data, at[:-1]))
        after = next((key for key in reversed(before) if key in here), None)
        texts = yamlentries.addition(self.mine, at, value, self.theirs, there, after)
        if self._edit(texts, at, value):
            self.taken.append(Taken("new", at, None, value))
        else:
            self.open.append((at, UNFIT, NONE, value))

    def _gone(self, at: Path, was: Any) -> None:
        mine = self._mine(at)
        if mine is NONE:
            return
        if not same(mine, was):
            self.open.append((at, EDITED, mine, NONE))
        elif self._remove:
            above = value_at(self.mine.data, at[:-1])
            rest = {key: one for key, one in above.items() if key != at[-1]}
            if self._edit(yamlentries.removal(self.mine, at, self.base), at[:-1], rest):
                self.taken.append(Taken("taken out", at, was))
            else:
                self.open.append((at, UNFIT, mine, NONE))

    def _text(self, at: Path, was: str, now: str, mine: str) -> None:
        """Merge prose sentence by sentence; a single sentence is one thing."""
        if not all(len(sentences(text, True)) > 1 for text in (was, now, mine)):
            self.open.append((at, BOTH, mine, now))
            return
        kind = Merge.BLOCKS if "\n" in was else Merge.TEXT
        merged = merge(kind, was, now, mine, stands="now")
        for clash in merged.clashes:
            self.open.append((at, BOTH, clash.stands, clash.yields))
        if merged.value != mine:
            texts = yamlentries.written_out(self.mine, at, merged.value)
            self._change(at, texts, mine, merged.value)

    def _list(self, at: Path, there: Path, was: list[Any], now: list[Any], mine: list[Any]) -> None:
        """Merge a list item by item, where its items can be told apart."""
        lists = [by_name(items) for items in (was, now, mine)]
        if any(named is None for named in lists):
            if same(mine, was):
                self._replace(at, there, now, mine)
            else:
                self.open.append((at, BOTH, mine, now))
            return
        base, edition, own = ({} if named is None else named for named in lists)
        lines = pieces(self.mine, at)
        here = dict(zip(own, lines or map(Piece, mine), strict=True))
        theirs = dict(zip(edition, pieces(self.theirs, there) or map(Piece, now), strict=True))
        items = Items(here, self.base if lines else None)
        for name, why, yours, other in items.merged(base, edition, theirs, self._remove):
            self.open.append(((*at, name), why, yours, other))
        values = [piece.value for piece in items.all if not piece.gone]
        if not same(values, mine):
            texts = listing(self.mine, at, items.all, bool(lines))
            self._change(at, texts, mine, values)


def _is_mapping(value: Any) -> bool:
    return value is NONE or isinstance(value, dict)


def _former(value: Any) -> list[str]:
    """Return the former keys that a thing names."""
    was = value.get("was") if isinstance(value, dict) else None
    named = was if isinstance(was, list) else [was]
    return [one for one in named if isinstance(one, str)]
