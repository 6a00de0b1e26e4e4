"""Records, action items, intents and history as JSON text and rows of a table, and back."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from smarketing.kinds import Value
from smarketing.merging.notes import Note
from smarketing.state.action import Action, Yielded
from smarketing.state.history import Run, Write
from smarketing.state.record import Binding, Entry, Intent, Left, Record, Seen

_BINDING = ("id", "version", "url", "parent", "marker", "born", "ours", "inside")


def encode_record(record: Record) -> str:
    """Return the record as one line of JSON."""
    binding, left = record.binding, record.left
    return _dump(
        {
            "kind": record.kind,
            "place": record.place,
            "hub": _values(record.hub),
            "seen": _seen(record.seen),
            "binding": binding and [getattr(binding, name) for name in _BINDING],
            "released": record.released,
            "links": dict(record.links),
            "notes": [[note.anchor, note.text] for note in record.notes],
            "granted": dict(record.granted),
            "left": left and [left.place, [getattr(left.binding, name) for name in _BINDING]],
        }
    )


def decode_record(address: str, text: str) -> Record:
    """Return the record that `encode_record` wrote."""
    data = json.loads(text)
    return Record(
        address,
        data["kind"],
        data["place"],
        _read_values(data["hub"]),
        _read_seen(data["seen"]),
        Binding(*data["binding"]) if data["binding"] else None,
        data["released"],
        data["links"],
        tuple(Note(anchor, text) for anchor, text in data["notes"]),
        data["granted"],
        Left(data["left"][0], Binding(*data["left"][1])) if data["left"] else None,
    )


def encode_action(action: Action) -> str:
    """Return the action item as one line of JSON."""
    return _dump(
        {
            "hub": _values(action.hub),
            "seen": _seen(action.seen),
            "at": dict(action.at),
            "set_by": dict(action.set_by),
            "closed": dict(action.closed),
            "kept": sorted(action.kept),
            "unticked": action.unticked,
            "lines": {place: dict(lines) for place, lines in action.lines.items()},
            "yielded": {
                name: [_yielded(each) for each in shown] for name, shown in action.yielded.items()
            },
        }
    )


def decode_action(key: str, text: str) -> Action:
    """Return the action item that `encode_action` wrote."""
    data = json.loads(text)
    return Action(
        key,
        _read_values(data["hub"]),
        _read_seen(data["seen"]),
        data["at"],
        data["set_by"],
        data["closed"],
        frozenset(data["kept"]),
        data["unticked"],
        data["lines"],
        {
            name: tuple(_read_yielded(each) for each in shown)
            for name, shown in data["yielded"].items()
        },
    )


def _yielded(each: Yielded) -> list[Any]:
    told = [each.place, each.against, each.day, each.by, each.when]
    return [_value(each.value), _value(each.stands), *told]


def _read_yielded(data: Sequence[Any]) -> Yielded:
    value, stands, place, against, *told = data
    return Yielded(_read(value), place, _read(stands), against, *told)


def encode_intent(intent: Intent) -> str:
    """Return the intent as one line of JSON."""
    entries = [
        [
            *(e.address, e.verb, e.kind, _values(e.written), _values(e.hub), _values(e.like)),
            *(e.id, e.home),
        ]
        for e in intent.entries
    ]
    return _dump({"place": intent.place, "entries": entries})


def decode_intent(key: str, text: str) -> Intent:
    """Return the intent that `encode_intent` wrote."""
    data = json.loads(text)
    entries = tuple(
        Entry(
            *(address, verb, kind, _read_values(written), _read_values(hub), _read_values(like)),
            *own,
        )
        for address, verb, kind, written, hub, like, *own in data["entries"]
    )
    return Intent(key, data["place"], entries)


def encode_run(run: Run) -> tuple[Any, ...]:
    """Return the run as its row."""
    accounts, counts, inputs = (
        _dump(dict(each)) for each in (run.accounts, run.counts, run.inputs)
    )
    began = (run.number, run.command, run.who, accounts, run.playbook, run.start)
    return (*began, run.end, run.outcome, counts, inputs, run.undoes)


def decode_run(row: Sequence[Any]) -> Run:
    """Return the run that `encode_run` wrote."""
    number, command, who, accounts, playbook, start, end, outcome, counts, inputs, undoes = row
    accounts, counts, inputs = (json.loads(each) for each in (accounts, counts, inputs))
    return Run(
        number, command, who, playbook, start, end, outcome, accounts, counts, inputs, undoes
    )


def encode_write(write: Write) -> tuple[Any, ...]:
    """Return the write as its row, without its values."""
    told = (write.run, write.number, write.at, write.verb, write.address, write.kind)
    return (*told, write.title, write.place, write.id, write.source, write.was)


def encode_values(write: Write) -> tuple[Any, ...]:
    """Return the values of a write as their row."""
    before, after = _dump(_values(write.before)), _dump(_values(write.after))
    return (write.run, write.number, before, after)


def decode_write(row: Sequence[Any]) -> Write:
    """Return the write of both its rows; of values that are no longer kept there is None."""
    run, number, at, verb, address, kind, title, place, id_, source, was, before, after = row
    return Write(
        verb,
        address,
        kind,
        place,
        id_,
        at,
        title,
        source,
        _read_values(json.loads(before)) if before else {},
        _read_values(json.loads(after)) if after else {},
        was,
        run,
        number,
        before is not None,
    )


def _dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _seen(seen: Mapping[str, Mapping[str, Seen]]) -> dict[str, Any]:
    return {
        place: {name: [_value(s.value), _value(s.hub)] for name, s in fields.items()}
        for place, fields in seen.items()
    }


def _read_seen(data: Mapping[str, Any]) -> dict[str, dict[str, Seen]]:
    return {
        place: {name: Seen(_read(s[0]), _read(s[1])) for name, s in fields.items()}
        for place, fields in data.items()
    }


def _values(values: Mapping[str, Value]) -> dict[str, Any]:
    return {name: _value(value) for name, value in values.items()}


def _value(value: Value) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return dict(value) if isinstance(value, Mapping) else value


def _read_values(values: Mapping[str, Any]) -> dict[str, Value]:
    return {name: _read(value) for name, value in values.items()}


def _read(value: Any) -> Value:
    plain: Value = frozenset(value) if isinstance(value, list) else value
    return plain
