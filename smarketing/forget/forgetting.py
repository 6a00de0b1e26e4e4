"""What state holds of a person, and what it holds once the person is forgotten. Pure.

What a tool shows today stays in state, because state mirrors the tool: it is listed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from smarketing.address import container_of
from smarketing.kinds import Value, empty, merge_kind
from smarketing.state.action import Action, Yielded
from smarketing.state.history import Run, Write, title_of
from smarketing.state.record import PLAYBOOK, Binding, Record, Seen, Snapshot, in_sight
from smarketing.state.state import ActionKey
from smarketing.text.mentions import Who
from smarketing.text.wording import called, joined

MESSAGE = "message:forgotten"
"""The address that the history keeps of a message to somebody who was forgotten."""

NOTHING_IN_STEP: Mapping[ActionKey, Action] = {}
_MADE = ("document:start-here", "page:start-here")


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that still names the person: what people call it, where it is, how often.

    `made` says that we make it from the rest, so that it follows by itself.
    """

    title: str
    where: str
    times: int
    place: str = ""
    made: bool = False


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What is stored instead (None for a record that goes), and what still names the person.

    `messages` counts the records of messages to them, `values` what else is taken out.
    """

    records: Mapping[str, Record | None] = field(default_factory=dict)
    actions: Mapping[ActionKey, Action | None] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    runs: tuple[Run, ...] = ()
    writes: tuple[Write, ...] = ()
    mentions: tuple[Mention, ...] = ()
    messages: int = 0
    values: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether state holds nothing that could be taken out."""
        return not (self.records or self.actions or self.facts or self.runs or self.writes)


def forgetting(
    snapshot: Snapshot,
    runs: Iterable[Run],
    writes: Iterable[Write],
    who: Who,
    inputs: Mapping[str, str],
    actions: Mapping[ActionKey, Action] = NOTHING_IN_STEP,
) -> Forgetting:
    """Return what has to be stored so that state holds no more of a person than the tools do.

    `inputs` are those of the config: state mirrors them as it mirrors the tools.
    """
    messages = {a for a, r in snapshot.records.items() if _is_to(r, who)}
    rest = {a: r for a, r in snapshot.records.items() if a not in messages}
    blank = {a: record_without(record, who) for a, record in rest.items()}
    changed: dict[str, Record | None] = {a: r for a, r in blank.items() if r != rest[a]}
    facts = {name: said for name, said in snapshot.facts.items() if who.times(said)}
    if any(map(who.times, inputs.values())):
        facts.pop("inputs", None)
    told = [(run, _run_without(run, who)) for run in runs]
    written = [(write, _write_without(write, who, messages)) for write in writes]
    less = {key: action_without(action, snapshot.records, who) for key, action in actions.items()}
    return Forgetting(
        records={**changed, **dict.fromkeys(messages)},
        actions={key: action for key, action in less.items() if action != actions[key]},
        facts={name: who.blanked(said) for name, said in facts.items()},
        runs=tuple(new for old, new in told if new != old),
        writes=tuple(new for old, new in written if new != old),
        mentions=tuple(_mentions(snapshot.records, rest, messages, who)),
        messages=len(messages),
        values=len(changed) + len(facts),
    )


def what_first(
    snapshot: Snapshot, asked: Mapping[str, Mapping[str, Value]], rights: Iterable[str], who: Who
) -> list[str]:
    """Return sentences about what still has to be done before this person can be forgotten.

    `asked` are the fields that playbook and config ask for, by address. `rights` are the names
    under which the tools know the person.
    """
    said = []
    if snapshot.intents:
        said.append("The last run was interrupted.")
    names = frozenset(rights)
    given = [r for r in snapshot.records.values() if r.stands and _let_in(r, names, who)]
    if given:
        said.append(f"{who.mailbox} still may enter {_titles(given)}.")
    seen = in_sight(snapshot.records)
    theirs = [r for a, r in snapshot.records.items() if a in seen and _owns(r, who)]
    if theirs:
        said.append(f"Open work is still {who.mailbox}'s: {_titles(theirs)}.")
    named = [r for a, r in snapshot.records.items() if a in seen and _asks(r, asked.get(a), who)]
    if named:
        said.append(f"{who.mailbox} is still named in {_titles(named)}.")
    return said


def _let_in(record: Record, names: frozenset[str], who: Who) -> bool:
    return any(name in names or who.times(name) for name in record.granted)


def _owns(record: Record, who: Who) -> bool:
    owner = record.hub.get("owner")
    return isinstance(owner, str) and not record.hub.get("done") and bool(who.times(owner))


def _asks(record: Record, asked: Mapping[str, Value] | None, who: Who) -> bool:
    """Whether a run brought the person here that config names no more: none has run since."""
    said = record.seen.get(PLAYBOOK, {})
    return asked is not None and any(
        who.times(said[name].value) and not who.times(asked.get(name))
        for name in ("access", "attendees")
        if name in said
    )


def _titles(records: Iterable[Record]) -> str:
    return joined([f"“{called(r.address, title_of(r))}”" for r in records], most=5)


def _is_to(record: Record, who: Who) -> bool:
    values = [record.hub.get("to"), *(seen.value for seen in _all_seen(record, "to"))]
    return record.kind == "message" and any(who.times(value) for value in values)


def _all_seen(record: Record, name: str) -> Iterator[Seen]:
    return (fields[name] for fields in record.seen.values() if name in fields)


def _shown(record: Record, name: str) -> Value:
    """Return what the tool shows today in this field; None for what is not there any more."""
    seen = record.seen.get(record.place, {}).get(name)
    return seen.value if seen is not None and record.binding and not record.gone else None


def record_without(record: Record, who: Who) -> Record:
    """Return the record with no more of a person in it than the tool shows."""
    names = {*record.hub, *(name for fields in record.seen.values() for name in fields)}
    ours = frozenset(name for name in names if not who.times(_shown(record, name)))
    blank = replace(
        record,
        hub={name: _value(record.kind, name, v, who, ours) for name, v in record.hub.items()},
        seen={
            place: {
                name: Seen(
                    _value(record.kind, name, seen.value, who, ours),
                    _value(record.kind, name, seen.hub, who, ours),
                )
                for name, seen in fields.items()
            }
            for place, fields in record.seen.items()
        },
        granted={name: role for name, role in record.granted.items() if not who.times(name)},
    )
    return blank if record.binding and not record.gone else _of_the_past(blank, who)


def action_without(action: Action, records: Mapping[str, Record], who: Who) -> Action:
    """Return the action item with no more of a person in it than the tools show."""
    items = [records[address] for address in action.at.values() if address in records]
    if any(_shows(record, who) for record in items):
        return action

    def without(value: Value) -> Value:
        return (who.without(value) or None) if who.times(value) else value

    return replace(
        action,
        hub={name: without(value) for name, value in action.hub.items()},
        seen={
            place: {
                name: Seen(without(seen.value), without(seen.hub)) for name, seen in fields.items()
            }
            for place, fields in action.seen.items()
        },
        yielded={
            name: kept
            for name, each in action.yielded.items()
            if (kept := tuple(one for one in each if not _names(one, who)))
        },
    )


def _names(yielded: Yielded, who: Who) -> bool:
    return any(who.times(said) for said in (yielded.value, yielded.stands, yielded.by))


def _of_the_past(record: Record, who: Who) -> Record:
    """Return the record of something that no tool has any more, without its ties to the person."""
    binding, left = record.binding, record.left
    return replace(
        record,
        binding=_binding_without(binding, who) if binding else None,
        links={to: url for to, url in record.links.items() if not who.times(url)},
        notes=tuple(note for note in record.notes if not who.times(note.text + note.anchor)),
        left=replace(left, binding=_binding_without(left.binding, who)) if left else None,
    )


def _value(kind: str, name: str, value: Value, who: Who, ours: frozenset[str]) -> Value:
    if name not in ours or not who.times(value):
        return value
    without = who.without(value)
    return without or empty(merge_kind(kind, name))


def _binding_without(binding: Binding, who: Who) -> Binding:
    id_, url, parent = map(who.blanked, (binding.id, binding.url, binding.parent))
    # What an integration keeps is in terms of its own: nobody can search it.
    return replace(binding, id=id_, url=url, parent=parent, inside="")


def _shows(record: Record, who: Who) -> int:
    """Return how often the tool names the person in this item today."""
    if record.binding is None or record.gone:
        return 0
    fields = record.seen.get(record.place, {})
    times = sum(who.times(_shown(record, name)) for name in fields)
    times += sum(who.times(note.text) for note in record.notes)
    return times or who.times(record.binding.url or record.binding.id)


def _run_without(run: Run, who: Who) -> Run:
    return replace(
        run,
        command=who.blanked(run.command),
        who=who.blanked(run.who),
        playbook=who.blanked(run.playbook),
        accounts={place: who.blanked(said) for place, said in run.accounts.items()},
        inputs={a: b for a, b in run.inputs.items() if not who.times(a) and not who.times(b)},
    )


def _write_without(write: Write, who: Who, messages: set[str]) -> Write:
    """Return the write; that it was stays, its values go as a whole: half of them mean nothing."""
    held = any(who.times(value) for each in (write.before, write.after) for value in each.values())
    if write.address in messages or (write.kind == "message" and held):
        return _told_only(replace(write, address=MESSAGE, title="", id="", was=""))
    blank = replace(
        write,
        title=who.blanked(write.title),
        id=who.blanked(write.id),
        source=who.blanked(write.source),
    )
    return _told_only(blank) if held else blank


def _told_only(write: Write) -> Write:
    return replace(write, before={}, after={}, is_kept=False)


def _mentions(
    records: Mapping[str, Record], rest: Mapping[str, Record], messages: set[str], who: Who
) -> Iterator[Mention]:
    for address in sorted(messages):
        record = records[address]
        if times := _shows(record, who):
            yield _mention(record, records, times)
    for record in rest.values():
        if times := _shows(record, who):
            yield _mention(record, records, times)


def _mention(record: Record, records: Mapping[str, Record], times: int) -> Mention:
    title = title_of(record) or record.address
    holder = records.get(container_of(record.address))
    if holder is not None and holder is not record and (above := title_of(holder)):
        title = f"{above}: {title}"
    binding = record.binding
    where = (binding.url or binding.id) if binding else ""
    return Mention(title, where, times, record.place, record.address in _MADE)
