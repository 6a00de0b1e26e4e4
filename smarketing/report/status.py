"""Where a workspace stands: what is still to agree, and whether a person is needed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from smarketing.address import container_of, is_within
from smarketing.calendar.holidays import Holidays
from smarketing.calendar.nextmeeting import InWords, next_by_clock
from smarketing.calendar.occurrences import series_of
from smarketing.changes.sending import is_unknown, sentence
from smarketing.instep.standing import Standing, standing_json, standing_lines
from smarketing.meetings.altered import altered_in
from smarketing.plan import Plan, counts, is_empty
from smarketing.reorganisation.likeness import Proposal
from smarketing.report.decisions import still_in
from smarketing.resolve.desired import Desired
from smarketing.state.history import LOOKED
from smarketing.state.record import Record, Snapshot
from smarketing.text.agreement import Agreed, agreed, still_to_agree
from smarketing.text.wording import called, one_line, plural

_NOTHING = Agreed(0, 0, False)

STALE = 8
"""Days after which it is told that no run has looked: a weekly one was missed."""

_UNKNOWN = (
    "This computer does not know it yet. Run `smarketing apply` first: "
    "it takes up what is there and makes nothing twice."
)


@dataclass(frozen=True, slots=True)
class Status:
    """One workspace at one moment.

    By title, `agree` is how many questions are open there, and `entries` how many of its
    entries are agreed, where their headings say so. `titles` are those of the addresses,
    `paused` says who paused it, "" for nobody, `ending` which sign-ins end soon, `idle`
    for how many whole days no run has looked. `meetings` are by address, the soonest first.
    `unknown` are sentences about messages of which nobody knows whether they were sent.
    `still_in` are sentences about who has left and can still enter, `is_known` says whether state
    knows anything of it. `sync` says how synced places stand.
    """

    workspace: str
    built: bool
    pending: Mapping[str, int]
    agree: Mapping[str, int]
    entries: Mapping[str, Agreed]
    conflicts: tuple[str, ...]
    deleted: tuple[str, ...]
    interrupted: bool
    unreachable: Mapping[str, str]
    needs_approval: str
    titles: Mapping[str, str]
    paused: str = ""
    ending: tuple[str, ...] = ()
    idle: int = 0
    undecided: tuple[Proposal, ...] = ()
    sync: Standing | None = None
    meetings: Mapping[str, InWords] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    still_in: tuple[str, ...] = ()
    is_known: bool = True

    @property
    def needs_a_person(self) -> bool:
        """Whether something is open that only a person can settle."""
        return bool(
            self.conflicts
            or self.undecided
            or self.needs_approval
            or self.interrupted
            or self.unreachable
            or self.paused
            or self.ending
            or self.still_in
            or (self.sync is not None and self.sync.needs_a_person)
            or any(self.agree.values())
            or any(entry.done < entry.total for entry in self.entries.values())
        )


def status_of(
    desired: Desired,
    plan: Plan,
    snapshot: Snapshot,
    present: Mapping[str, Record],
    now: datetime,
) -> Status:
    """Return the status that follows from a plan, and from what is there at `present`.

    `now` is the present moment in the time zone of the workspace.
    """
    records = {a: r for a, r in present.items() if r.binding}
    titles = {address: _title(address, record) for address, record in records.items()}
    open_questions: dict[str, int] = {}
    entries: dict[str, Agreed] = {}
    for address, record in records.items():
        if not _speaks(record):
            continue
        holder = titles.get(container_of(address), "") if record.kind == "row" else titles[address]
        if count := sum(len(still_to_agree(text)) for text in _texts(record)):
            open_questions[holder] = open_questions.get(holder, 0) + count
        if (entry := agreed(str(record.hub.get("body") or ""))).stated:
            before = entries.get(holder, _NOTHING)
            entries[holder] = Agreed(before.done + entry.done, before.total + entry.total, True)
    conflicts = [a for a, record in records.items() if record.notes and record.stands]
    conflicts += [shown.address for shown in plan.conflicts]
    return Status(
        workspace=desired.title,
        built=bool(records),
        pending={} if is_empty(plan) else {v: n for v, n in counts(plan).items() if n},
        agree=open_questions,
        entries=entries,
        conflicts=tuple(dict.fromkeys(conflicts)),
        deleted=_deleted(desired, records),
        interrupted=bool(snapshot.intents),
        unreachable=plan.unreachable,
        needs_approval=plan.needs_approval,
        titles={address: title for address, title in plan.titles.items() if title} | titles,
        undecided=plan.proposals,
        meetings=_meetings(records, desired.holidays, now),
        unknown=tuple(
            f"“{one_line(str(r.hub.get('subject') or a))}” {sentence(r)}."
            for a, r in records.items()
            if is_unknown(r)
        ),
        still_in=still_in(plan),
        is_known=bool(snapshot.records),
    )


def _meetings(
    records: Mapping[str, Record], holidays: Holidays, now: datetime
) -> dict[str, InWords]:
    """Return when each meeting that still takes place is next, the soonest first."""
    found: dict[str, InWords] = {}
    for address, record in records.items():
        if record.kind == "meeting" and record.existence == "there" and not record.released:
            meeting = series_of(record.hub)
            altered = altered_in(records, address)
            if meeting and (coming := next_by_clock(meeting, now, altered, holidays)):
                found[address] = coming
    return dict(sorted(found.items(), key=lambda each: each[1].start))


def _deleted(desired: Desired, records: Mapping[str, Record]) -> tuple[str, ...]:
    """Return what is gone, without what went along with it."""
    gone = [a for a, r in records.items() if r.gone and not r.released and a in desired.items]
    return tuple(a for a in gone if not any(is_within(a, above) for above in gone if above != a))


def _speaks(record: Record) -> bool:
    """Whether it says itself what is to agree: the start page only repeats the others."""
    there = record.existence == "there" and not record.released
    return there and record.address != "document:start-here"


def _texts(record: Record) -> list[str]:
    cells = record.hub.get("cells")
    texts = [record.hub.get("body"), record.hub.get("description")]
    texts += list(cells.values()) if isinstance(cells, Mapping) else []
    return [text for text in texts if isinstance(text, str)]


def status_json(status: Status) -> dict[str, Any]:
    """Return the status as data."""
    return {
        "workspace": status.workspace,
        "built": status.built,
        "known": status.is_known,
        "pending": dict(status.pending),
        "to_agree": dict(status.agree),
        "agreed": {
            title: {"agreed": entry.done, "of": entry.total}
            for title, entry in status.entries.items()
        },
        "conflicts": list(status.conflicts),
        "undecided": [each.address for each in status.undecided],
        "deleted": list(status.deleted),
        "interrupted": status.interrupted,
        "unreachable": dict(status.unreachable),
        "paused": status.paused,
        "ending": list(status.ending),
        "idle_days": status.idle,
        "sync": standing_json(status.sync),
        "unknown": list(status.unknown),
        "still_in": list(status.still_in),
        "meetings": [
            {
                "address": address,
                "title": status.titles.get(address, ""),
                "next": coming.start.isoformat(timespec="minutes"),
                "timezone": coming.timezone,
                "date": coming.original.isoformat() if coming.original else None,
                "moved": coming.moved,
                "holiday": coming.holiday,
            }
            for address, coming in status.meetings.items()
        ],
        "person_needed": status.needs_a_person,
    }


def status_text(status: Status) -> str:
    """Return the status as lines to read."""
    if not status.built:
        return f"{status.workspace}: nothing is built yet. Run: smarketing apply"
    lines = [f"{status.workspace}:"]
    lines += [f"  {words}" for words in status.ending]
    if status.idle >= STALE:
        lines.append(f"  No run for {status.idle} days. `smarketing apply` brings it up to date.")
    if status.paused:
        lines.append(f"  {status.paused}. To go on: smarketing resume")
    if status.interrupted:
        lines.append(
            "  The last run was interrupted. Run `smarketing apply`: it finishes the work."
        )
    lines += [f"  {name} can't be read: {why}" for name, why in status.unreachable.items()]
    lines += (f"  {line}" for line in _as_asked(status))
    lines += _next_meetings(status)
    lines += [f"  {words}" for words in (*status.still_in, *status.unknown)]
    if told := _still_to_agree(status):
        lines += ["  Still to agree:", *told]
    for each in status.undecided:
        former = f"the former {each.former}"
        lines.append(f"  {each.source}: {each.address} looks like {former}: see `smarketing plan`.")
    for address in status.conflicts:
        title = called(address, status.titles.get(address, ""))
        lines.append(f"  A suggestion waits for an answer in “{title}”.")
    for address in status.deleted:
        title = called(address, status.titles.get(address, ""))
        back = f"`smarketing apply --restore {address}` brings it back."
        lines.append(f"  “{title}” was deleted and stays so. {back}")
    if status.needs_approval:
        lines.append("  Removals wait for your approval: see `smarketing plan`.")
    return "\n".join(lines)


def _as_asked(status: Status) -> Iterator[str]:
    """Yield what is still to be done there, and how synced places stand."""
    if not status.is_known:
        yield _UNKNOWN
    if status.pending:
        waiting = ", ".join(f"{count} to {verb}" for verb, count in status.pending.items())
        yield f"Waiting for `smarketing apply`: {waiting}."
    elif status.is_known and not status.unreachable:
        yield "Everything is as the playbook asks."
    if status.sync and status.is_known:
        yield from standing_lines(status.sync)


def _next_meetings(status: Status) -> list[str]:
    if not status.meetings:
        return []
    zone = next(iter(status.meetings.values())).timezone
    told = [
        f"    {called(address, status.titles.get(address, ''))}: {coming.words}"
        for address, coming in status.meetings.items()
    ]
    return [f"  Next meetings ({one_line(zone)}):", *told]


def _still_to_agree(status: Status) -> list[str]:
    lines = []
    for title in dict.fromkeys([*status.entries, *status.agree]):
        entry, count = status.entries.get(title, _NOTHING), status.agree.get(title, 0)
        if not count and entry.done == entry.total:
            continue
        told = [f"{entry.done} of {entry.total} agreed"] if entry.total else []
        told += [plural(count, "open question", "open questions")] if count else []
        lines.append(f"    {one_line(title)}: {', '.join(told)}")
    return lines


def _title(address: str, record: Record) -> str:
    return str(record.hub.get("title") or address)


def days_idle(snapshot: Snapshot, now: float) -> int:
    """Return for how many whole days no run has looked, 0 where that is not known."""
    looked = snapshot.facts.get(LOOKED)
    return max(0, int((now - float(looked)) // 86_400)) if looked else 0
