"""What boards and tables say of the action items that they show, and back. Pure.

A place's terms are texts that can be compared: the status of a card is the address of its list
behind its tick, that of a row the word in its cell (see statuses.py).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from hashlib import sha256

from smarketing.address import container_of, is_key, key_of, kind_of
from smarketing.kinds import ARCHIVED, THERE, Value
from smarketing.state.action import Action, Said, origin_of
from smarketing.state.record import Record
from smarketing.sync.block import Place
from smarketing.sync.cells import day_in, labels_in, labels_text, name_in, plain_label
from smarketing.sync.checklist import done_of, keys_of
from smarketing.sync.statuses import parted, with_tick

YES, NO = "yes", "no"
_LIST = "list"


@dataclass(frozen=True)
class Showing:
    """All records, and what is needed to read them as a place's words.

    `places` are those of the block. `people` maps keys to names, `left` those of whom has left,
    `archives` integrations to the kinds that they can put away; `labels` are those that the
    playbook names. `apart` are the addresses of things of our own that show no action item.
    """

    records: Mapping[str, Record]
    places: Collection[Place]
    people: Mapping[str, str]
    archives: Mapping[str, frozenset[str]]
    labels: Collection[str]
    today: date
    apart: frozenset[str] = frozenset()
    left: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def spelling(self) -> dict[str, str]:
        """How each label is spelled: as the playbook does, else as somebody wrote it in a table."""
        found = {plain_label(label): label for label in sorted(self.labels)}
        for kind in ("row", "card"):
            for record in self.records.values():
                if record.kind == kind:
                    for label in sorted(self._labels_of(record)):
                        found.setdefault(plain_label(label), label)
        return found

    def _labels_of(self, record: Record) -> frozenset[str]:
        labels = record.hub.get("labels")
        if isinstance(labels, frozenset):
            return labels
        columns = (place.fields.get("labels") for place in self.places)
        texts = _cells(record)
        return labels_in(",".join(texts.get(column, "") for column in columns if column))

    def _spelled(self, labels: Iterable[str]) -> frozenset[str]:
        return frozenset(self.spelling.get(plain_label(label), label) for label in labels)

    def said(
        self, place: Place, known: Mapping[str, Action], only: Collection[str] | None = None
    ) -> list[Said]:
        """Return what a place says now. `known` are the action items by their addresses there.

        `only` are the addresses that are asked about, None for all.
        """
        kind = {"board": "card", "table": "row"}[kind_of(place.address)]
        checks = self._checks(place) if kind == "card" else {}
        found = []
        for address in self.records if only is None else only:
            record = self.records[address]
            shown_here = record.kind == kind and container_of(address) == place.address
            if not shown_here or address in self.apart:
                continue
            if kind == "card":
                fields = self._card(place, record, checks.get(address, []))
            else:
                fields = self._row(place, record, known.get(address))
            is_named = bool(fields.get("title"))
            if not is_named:
                fields.pop("title", None)  # who loses a title has no other one to tell
            if is_named or address in known:
                found.append(self._said(place, record, fields))
        return found

    def _said(self, place: Place, record: Record, fields: Mapping[str, Value]) -> Said:
        return Said(
            record.address,
            place.address,
            fields,
            origin_of(record.address),
            self._existence(place, record),
            own_url(record),
            is_unmarked=record.binding is not None and not record.binding.marker,
        )

    def _existence(self, place: Place, record: Record) -> str:
        """Return whether it is in sight: what lies in a list that was put away is not."""
        title = _cells(record).get(place.fields.get("title", ""), "")
        if record.existence == THERE and _STRUCK.fullmatch(title):
            return ARCHIVED
        above = self.records.get(str(record.hub.get("parent")))
        if record.existence == THERE and above is not None and above.kind == _LIST:
            return ARCHIVED if above.existence == ARCHIVED else THERE
        return record.existence

    # Cards

    def _checks(self, place: Place) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        if "checklist" in place.fields:
            for address, record in self.records.items():
                if record.kind == "check" and address.startswith(f"{place.address}/"):
                    found.setdefault(container_of(address), []).append(record)
        return found

    def _card(self, place: Place, record: Record, checks: list[Record]) -> dict[str, Value]:
        hub = record.hub
        fields: dict[str, Value] = {
            name: hub.get(name) for name in ("title", "owner", "due") if name in place.fields
        }
        if "labels" in place.fields:
            labels = hub.get("labels")
            fields["labels"] = self._spelled(labels if isinstance(labels, frozenset) else ())
        if "status" in place.fields and (stands_in := self._list_of(record)):
            ticked = bool(hub.get("done"))
            fields["status"] = with_tick(stands_in, ticked) if place.spoken.ticks else stands_in
        if "checklist" in place.fields:
            fields["checklist"] = dict(_lines(checks))
        return fields

    def _list_of(self, record: Record) -> str:
        """Return the list that it stands in, "" for none that is known."""
        parent = str(record.hub.get("parent") or "")
        return parent if parent in self.records else ""

    # Rows

    def _row(self, place: Place, record: Record, known: Action | None) -> dict[str, Value]:
        texts = _cells(record)
        seen = known.seen.get(place.address, {}) if known else {}
        fields: dict[str, Value] = {}
        for name, column in place.fields.items():
            text = " ".join(str(texts.get(column, "")).split())
            last = seen.get(name)
            said = self._cell(name, text, last.value if last else None)
            if said is not _UNCLEAR:
                fields[name] = said
        return fields

    def _cell(self, name: str, text: str, last: Value) -> Value:
        if name == "labels":
            return self._spelled(labels_in(text))
        if name == "status":
            return text
        if not text:
            return None
        if name == "owner":
            return name_in(text, self.people, self.left)
        if name == "due":
            return day_in(text, str(last) if last else None) or _UNCLEAR
        return text

    # Back

    def written(
        self, place: Place, address: str, fields: Mapping[str, Value], known: Action | None
    ) -> dict[str, Record]:
        """Return the records that change where these values are wanted at a place."""
        record = self.records[address]
        changed: dict[str, Record] = {}
        if record.kind == "card":
            record = replace(record, hub={**record.hub, **_as_card(fields)})
            if "checklist" in fields:
                changed |= self._written_lines(record, fields["checklist"])
        else:
            record = replace(
                record, hub={**record.hub, **self._as_row(place, record, fields, known)}
            )
        if "existence" in fields:
            record = self._put_away(place, record, fields["existence"])
        return {address: record, **changed}

    def _put_away(self, place: Place, record: Record, existence: Value) -> Record:
        """Return it archived; where that can't be done, it is struck through."""
        if record.kind in self.archives.get(record.place, ()) or "title" not in place.fields:
            return replace(record, hub={**record.hub, "existence": existence})
        texts = dict(_cells(record))
        column = place.fields["title"]
        texts[column] = f"~~{texts.get(column, '')}~~ (dropped {self.today.isoformat()})"
        return replace(record, hub={**record.hub, "cells": texts})

    def _as_row(
        self, place: Place, record: Record, fields: Mapping[str, Value], known: Action | None
    ) -> dict[str, Value]:
        texts = dict(_cells(record))
        now = self._row(place, record, known)
        for name, value in fields.items():
            if name in place.fields and (name not in now or now[name] != value):
                texts[place.fields[name]] = as_cell(value)
        return {"cells": texts}

    def _written_lines(self, card: Record, lines: Value) -> dict[str, Record]:
        changed: dict[str, Record] = {}
        for address, said in _wanted_lines(card, lines):
            there = self.records.get(address)
            if there is None:
                changed[address] = _new_line(card, address, said)
            elif there.existence == THERE:
                changed[address] = replace(there, hub={**there.hub, **said})
        return changed


def _wanted_lines(card: Record, lines: Value) -> Iterator[tuple[str, dict[str, Value]]]:
    wanted = lines if isinstance(lines, Mapping) else {}
    for key in keys_of(wanted):
        done = wanted.get(done_of(key)) == YES
        yield f"{card.address}/check:{_line_key(key)}", {"title": wanted[key], "done": done}


def _new_line(card: Record, address: str, said: Mapping[str, Value]) -> Record:
    hub = {**said, "parent": card.address, "existence": THERE}
    return Record(address, "check", card.place, hub)


_UNCLEAR: Value = "\0unclear"
"""Stands for a cell that has words of which nobody knows which day they mean."""


def own_url(record: Record) -> str:
    """Return where a person finds just this, "" where only what holds it has a place of its own."""
    url = record.binding.url if record.binding else ""
    return url if url.startswith(("https://", "http://")) or "#" in url or ":" in url else ""


_STRUCK = re.compile(r"~~.*~~(?: \(dropped \d{4}-\d\d-\d\d\))?", re.DOTALL)


def _cells(record: Record) -> Mapping[str, str]:
    cells = record.hub.get("cells")
    return cells if isinstance(cells, Mapping) else {}


def _lines(checks: list[Record]) -> Iterator[tuple[str, str]]:
    for check in checks:
        if check.existence == THERE and (text := str(check.hub.get("title") or "")):
            key = key_of(check.address)
            yield key, text
            yield done_of(key), YES if check.hub.get("done") else NO


def _as_card(fields: Mapping[str, Value]) -> dict[str, Value]:
    hub = {name: fields[name] for name in ("title", "owner", "due", "labels") if name in fields}
    if "status" in fields:
        stands_in, tick = parted(fields["status"])
        if stands_in:
            hub["parent"] = stands_in
        if tick is not None:
            hub["done"] = tick
    return hub


def as_cell(value: Value) -> str:
    """Return a value of an action item as the text of a cell."""
    return labels_text(value) if isinstance(value, frozenset) else str(value or "")


def born(
    place: Place, address: str, tool: str, fields: Mapping[str, Value], source: str, first: str
) -> dict[str, Record]:
    """Return the records of a new thing that shows an action item.

    `source` is a text that leads to the thing it is a copy of, `first` the first list of a board.
    """
    hub: dict[str, Value] = {"parent": place.address, "existence": THERE}
    if kind_of(place.address) == "table":
        cells = {c: as_cell(fields[n]) for n, c in place.fields.items() if n in fields}
        return {address: Record(address, "row", tool, {**hub, "cells": cells})}
    hub |= {"parent": first, "done": False, "description": source, **_as_card(fields)}
    card = Record(address, "card", tool, hub)
    lines = _wanted_lines(card, fields.get("checklist"))
    return {address: card, **{at: _new_line(card, at, said) for at, said in lines}}


def _line_key(key: str) -> str:
    """Return a line's key as an address can hold it."""
    return key if is_key(key) else f"of-{sha256(key.encode()).hexdigest()[:16]}"
