"""Meetings and their running notes as a playbook asks for them."""

from collections.abc import Mapping

from smarketing.agenda.agenda import FILLED, SAID, token
from smarketing.calendar.framing import Frame
from smarketing.calendar.hosting import Hosting, role_of_guest
from smarketing.calendar.read import parse_when
from smarketing.calendar.readiness import parse_ready
from smarketing.calendar.said import say, say_date, say_span
from smarketing.calendar.when import When, first
from smarketing.kinds import Value
from smarketing.playbook.meetings import Meeting, Notes
from smarketing.resolve.files import home
from smarketing.resolve.scope import Path, Scope
from smarketing.template.values import Plain, Unknown


def add_meetings(scope: Scope) -> None:
    """Take up the meetings, each after the document that holds its notes."""
    for key, meeting in scope.playbook.meetings.items():
        if scope.is_excluded(f"meeting:{key}"):
            continue
        path = ("meetings", key)
        when = _when(scope, meeting, path)
        if when is not None:
            _add_meeting(scope, f"meeting:{key}", meeting, when, path)


def _when(scope: Scope, meeting: Meeting, path: Path) -> When | None:
    at = (*path, "when")
    sentence = scope.title(meeting.when, at)
    if not sentence:
        return None
    try:
        return parse_when(sentence, scope.config.timezone)
    except ValueError as error:
        scope.problem(at, str(error))
        return None


def _add_meeting(scope: Scope, address: str, meeting: Meeting, when: When, path: Path) -> None:
    own = scope.counted(address)
    title = scope.title(meeting.title, (*path, "title"), own)
    extra = {**own, **_said(scope, address, meeting, title, when)}
    scope.note_absent(meeting.invite)
    fields: dict[str, Value] = {
        "title": title,
        "start": first(when, scope.begins(address)).isoformat(timespec="minutes"),
        "minutes": when.minutes,
        "timezone": when.timezone,
        "rule": when.rule or None,
    }
    if meeting.invite:
        fields["attendees"] = scope.people.mailboxes(meeting.invite)
    if meeting.description:
        fields["description"] = scope.text(meeting.description, (*path, "description"), extra)
    if meeting.notes is not None:
        fields |= _add_notes(scope, meeting.notes, title, (*path, "notes"), extra)
        _add_agendas(scope, address, meeting, (*path, "notes"), extra)
    scope.add(address, "meetings", "", fields, path)
    _add_guest(scope, address, meeting)
    scope.purpose(address, meeting.purpose, path, extra)
    scope.former(address, meeting.was, path)


def _add_guest(scope: Scope, address: str, meeting: Meeting) -> None:
    """Note who takes turns as the guest: everybody of that role who is not invited anyway."""
    if meeting.guest is None:
        return
    role = role_of_guest(meeting.guest)
    scope.note_absent([role])
    team = " and ".join(scope.people.titles(role)) or role.replace("-", " ")
    scope.guests[address] = Hosting(scope.people.rota(role, meeting.invite), team)


def _add_agendas(
    scope: Scope, address: str, meeting: Meeting, path: Path, extra: dict[str, Plain]
) -> None:
    """Note how the agendas of all meetings but the first are written, by sync."""
    notes = meeting.notes
    if notes is None or scope.is_excluded(f"document:{notes.document}"):
        return
    about = extra["meeting"]
    assert isinstance(about, Mapping)
    said = {**about, **{name: token(name) for name in SAID}, "first": False}
    filled: Mapping[str, Plain] = {name: token(name) for name in FILLED}
    known = {**extra, "meeting": said, "agenda": filled, "chair": token("chair")}
    document = f"document:{notes.document}"
    text = scope.words(notes.agenda, (*path, "agenda"), document, known) if notes.agenda else ""
    people = scope.people
    leads = dict.fromkeys(key for role in meeting.invite if (key := people.lead(role)))
    try:
        ready = parse_ready(notes.ready) if notes.ready else None
    except ValueError as error:
        scope.problem((*path, "ready"), str(error))
        return
    chairs = tuple(people.name(key) for key in leads)
    away = people.away(meeting.invite)
    own = _own(scope, meeting)
    scope.agendas[address] = Frame(document, text, ready, chairs, away, own)


def _own(scope: Scope, meeting: Meeting) -> frozenset[str]:
    """Return the names whose work a team's own meeting is about: the one that has a guest."""
    if meeting.guest is None:
        return frozenset()
    people = scope.people
    keys = [key for role in meeting.invite for key in people.players(role)]
    names = [people.name(key) for key in keys]
    firsts = [name.split(" ")[0] for name in names]
    titles = [title for role in meeting.invite for title in (role, *people.titles(role))]
    return frozenset(each.casefold() for each in (*keys, *names, *firsts, *titles))


def _said(scope: Scope, address: str, meeting: Meeting, title: str, when: When) -> dict[str, Plain]:
    """Return what the texts of a meeting may name, beside all the rest."""
    start = first(when, scope.begins(address))
    leads = [scope.people.lead(role) for role in meeting.invite]
    lead = next((key for key in leads if key), None)
    chair = scope.people.name(lead) if lead else Unknown("[to agree: who is in the chair?]")
    about: Mapping[str, Plain] = {
        "title": title,
        "when": say(when),
        "date": say_date(start.date()),
        "time": say_span(start, when.minutes),
        "chair": chair,
        "notes": _notes_by(scope, meeting),
        "number": "1",
        "guest": "by turns",
        "also": "",
        "filled": "",
        "first": True,
    }
    first_time = "The first meeting: nothing is known yet."
    return {"meeting": about, "chair": chair, "agenda": dict.fromkeys(FILLED, first_time)}


def _notes_by(scope: Scope, meeting: Meeting) -> Plain:
    """Return who takes the notes: the second of those who lead, the one in the chair being the first."""
    leads = list(dict.fromkeys(key for role in meeting.invite if (key := scope.people.lead(role))))
    return (
        scope.people.name(leads[1]) if len(leads) > 1 else Unknown("[to agree: who takes notes?]")
    )


def _add_notes(
    scope: Scope, notes: Notes, title: str, path: Path, extra: dict[str, Plain]
) -> dict[str, Value]:
    """Take up the document of the notes; return the field that leads to it."""
    address = f"document:{notes.document}"
    if scope.is_excluded(address):
        return {}
    shown = scope.title(notes.title, (*path, "title"), extra) if notes.title else f"{title}: notes"
    fields: dict[str, Value] = {"title": shown}
    if notes.agenda:
        fields["body"] = scope.words(notes.agenda, (*path, "agenda"), address, extra)
    scope.add(address, "documents", home(scope, notes.in_), fields, path)
    scope.former(address, notes.was, path)
    return {"notes": f"link:{address}"}
