"""The notes of a meeting with the agenda of its next occurrence on top. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from smarketing.address import kind_of
from smarketing.agenda.agenda import AHEAD, START, agenda
from smarketing.agenda.figures import told_once
from smarketing.agenda.promised import Filling, carried_on, promised
from smarketing.agenda.told import Material, Promise, Work
from smarketing.calendar.occurrences import Occurrence
from smarketing.meetings.left import decisions, ideas, own_words
from smarketing.meetings.material import Holdings
from smarketing.meetings.occasion import said_of
from smarketing.meetings.questions import questions
from smarketing.meetings.remembered import Remembered
from smarketing.meetings.running import Held
from smarketing.meetings.standing import Standing
from smarketing.minutes.lines import Line
from smarketing.minutes.minutes import with_section
from smarketing.minutes.page import Page
from smarketing.minutes.shown import plain
from smarketing.minutes.words import Knowing
from smarketing.state.action import Action
from smarketing.sync.statuses import Vocabulary


@dataclass(frozen=True, slots=True)
class Composed:
    """Notes with a new agenda: the whole body, what is remembered of it, and its page."""

    document: str
    body: str
    remembered: Remembered
    page: Page | None
    one: Occurrence


def composed_for(
    held: Held,
    one: Occurrence,
    vocabulary: Vocabulary,
    standing: Standing,
    mine: Mapping[str, Action] | None,
) -> Composed:
    """Return the notes with the agenda of this meeting on top.

    `mine` are the action items that the notes show, by their addresses there; None where the
    notes are not kept in step with anything: then the minutes before tell what is open.
    """
    before = held.newest()
    page = held.page(before, vocabulary) if before else None
    made = _promises(held, page, vocabulary, mine)
    day = one.start.date()
    known = held.known
    made = {at: carried_on(p, known.carried.get(at, 0), day) for at, p in made.items()}
    order = list(held.running.desired.items)
    holdings = Holdings(held.records, vocabulary, standing, order, held.frame.own)
    material = _on_the_board(holdings, tuple(made.values()), day)
    material = _since_then(material, held, holdings, before.start.date() if before else None)
    if page and before:
        material = _with_minutes(material, held, page, _own_words(held, before, page), day)
    people = held.running.desired.people
    filling = Filling(Knowing(people, vocabulary, day), said_of(held, one))
    material = _with_questions(material, held, order, filling)
    text = agenda(held.frame.text, filling, material)
    body = with_section(held.body, text)
    lines = {at: promised(each, filling) for at, each in made.items() if not each.is_kept}
    carried = {at: made[at].carried for at in lines}
    remembered = Remembered(
        one.date, one.date, lines, carried, holdings.numbers_now(),
        holdings.unmeasured(known.unmeasured, day), holdings.done(), own=own_words(text),
    )  # fmt: skip
    written = _written(held, body, remembered).page(one, vocabulary)
    return Composed(held.frame.document, body, remembered, written, one)


def _on_the_board(holdings: Holdings, made: Sequence[Promise], day: date) -> Material:
    """Return the promises, and what boards and tables show beside them now."""
    return Material(
        promises=made,
        stuck=holdings.stuck(),
        late=_other(holdings.late(day), made),
        due=_other(holdings.due(day, day + AHEAD), made),
        campaigns=holdings.campaigns(),
        ideas=holdings.ideas(),
        scores=holdings.scores(),
    )


def _since_then(material: Material, held: Held, holdings: Holdings, since: date | None) -> Material:
    """Return what is known with what has changed since the agenda before."""
    known = held.known
    title = str(held.records[held.frame.document].hub.get("title") or "")
    return replace(
        material,
        since=since,
        wins=_other(holdings.wins(since, known.done), material.promises),
        agreed=holdings.agreed(since),
        numbers=told_once(holdings.numbers(known.numbers, known.unmeasured), title),
    )


def _with_questions(
    material: Material, held: Held, order: Sequence[str], filling: Filling
) -> Material:
    """Return what is known with what is to be agreed by this meeting."""
    notes = {START, *(frame.document for frame in held.running.desired.agendas.values())}
    number = int(filling.said["number"])
    asked = questions(held.records, order, held.meeting, number, filling.day, notes)
    return replace(material, questions=asked)


def _other(found: Sequence[Work], made: Sequence[Promise]) -> list[Work]:
    """Return the cards that are not among the promises."""
    listed = {each.target for each in made} - {""}
    return [each for each in found if each.target not in listed]


def _own_words(held: Held, before: Occurrence, page: Page) -> set[str]:
    """Return the plain words that no member wrote in the minutes before.

    What we remember of them may be lost, and the playbook may say by now what it did not say then.
    """
    nothing = agenda(held.frame.text, Filling(page.knowing, said_of(held, before)), Material())
    return own_words(nothing) | own_words(held.begun_with) | {*held.known.own}


def _with_minutes(
    material: Material, held: Held, page: Page, own: Collection[str], day: date
) -> Material:
    """Return what is known with what the minutes before leave."""
    held_on = page.knowing.said_on
    promised_there = {plain(e.text) for e in page.lines.values() if e.text.startswith("@")}
    left = ideas(page.section, held_on, {*own, *promised_there})
    said = decisions(held.body, held_on, day, own)
    return replace(material, ideas=[*left, *material.ideas], decided=said)


def _written(held: Held, body: str, remembered: Remembered) -> Held:
    """Return the meeting as it is once its agenda is written."""
    document = held.records[held.frame.document]
    records = {
        **held.records,
        document.address: replace(document, hub={**document.hub, "body": body}),
    }
    known = {**held.running.remembered, document.address: remembered}
    return replace(held, records=records, running=replace(held.running, remembered=known))


def _promises(
    held: Held, page: Page | None, vocabulary: Vocabulary, mine: Mapping[str, Action] | None
) -> dict[str, Promise]:
    """Return the promises by their addresses in the notes."""
    # Nothing else tells what became of the promises of notes that stand alone: their ticks count.
    read = replace(page, is_over=page.is_over and mine is not None) if page else None
    shown = read.lines if read else {}
    if mine is None:
        return {
            address: _of_line(line) for address, line in shown.items() if not line.words.is_struck
        }
    last = shown.keys() | held.known.lines.keys()
    open_ = held.known.open
    return {
        address: _of_action(action, vocabulary, held.records, open_.get(address, ""))
        for address, action in mine.items()
        if address in last or not vocabulary.is_ticked(action.hub.get("status"))
    }


def _of_line(line: Line) -> Promise:
    words = line.words
    due = date.fromisoformat(words.due) if words.due else None
    return Promise(words.title, words.owner or "", due, words.status, line.is_ticked, words.target)


def _of_action(
    action: Action, vocabulary: Vocabulary, records: Collection[str], open_on: str
) -> Promise:
    status, due = str(action.hub.get("status") or ""), action.hub.get("due")
    cards = (at for at in action.at.values() if kind_of(at) == "card" and at in records)
    return Promise(
        action.title,
        str(action.hub.get("owner") or ""),
        date.fromisoformat(str(due)) if due else None,
        vocabulary.word_of(status),
        vocabulary.is_ticked(status),
        next(cards, ""),
        was_late=bool(due) and str(due) < open_on,
    )
