"""The drop-downs that we make for promises in a Google Doc, over HTTP: they carry the status both ways."""

from pathlib import Path
from typing import Any

from smarketing.integrations.google.doc import markdown_of
from smarketing.integrations.google.sandbox.docs.units import OBJECT
from smarketing.plan import Recap
from tests.instep.test_overhttp import is_in_step, lane_of, move, row
from tests.overhttp.members import in_google, in_trello
from tests.overhttp.miniature import write_yaml
from tests.overhttp.office import Office

from .test_over_http import DAY, HOUR, NO_DROP_DOWNS, PROMISE, SMALL, SYNC, built, say

NOTES = "Weekly notes"
A_WEEK = 7 * DAY
LINE = "send the list"


def lines(made: Office) -> list[str]:
    """Return the lines with a tick box, as Markdown."""
    body = markdown_of(in_google(made.vendors).document(NOTES).json())
    return [line for line in body.splitlines() if line.startswith(("- [", "☐", "☑"))]


def drop_downs(made: Office) -> dict[str, str]:
    found: dict[str, str] = in_google(made.vendors).document(NOTES).drop_downs()
    return found


def act(made: Office, what: str, *args: Any) -> Recap:
    """Let a member do something to the notes, and sync."""
    hands = in_google(made.vendors)
    hands.in_document(NOTES, lambda doc: getattr(doc, f"member_{what}")(*args))
    return made.apply(request=SYNC)


def in_agenda(folder: Path, *switches: str) -> Office:
    """Return an office on the Monday after its first weekly: what was promised there stands in the
    agenda of the second one."""
    made = built(folder, switches)
    in_trello(made.vendors)  # Ana joins the board
    say(made, "Write them here.", f"Write them here.\n{PROMISE}")
    made.apply(request=SYNC)
    made.vendors.clock.move(A_WEEK - HOUR)
    assert not made.apply(request=SYNC).failed
    return made


def test_an_agenda_is_written_with_drop_downs_that_carry_the_status_both_ways(
    tmp_path: Path,
) -> None:
    made = in_agenda(tmp_path)
    trello, google = in_trello(made.vendors), in_google(made.vendors)
    now, past = lines(made)
    assert now.endswith(" · This week")
    assert past == PROMISE, "past minutes stay as they were left"
    ((key, word),) = drop_downs(made).items()
    assert word == "This week"
    is_in_step(made)
    act(made, "chooses", key, "Done")
    assert (lane_of(trello, LINE), row(google, LINE)["Status"]) == ("Done", "Done")
    assert lines(made)[0].startswith("- [x] Ana: "), "the sign follows the drop-down"
    act(made, "chooses", key, "Stuck")
    assert (lane_of(trello, LINE), row(google, LINE)["Status"]) == ("Stuck", "Stuck")
    assert lines(made)[0].startswith("- [ ] Ana: ")
    is_in_step(made)
    move(trello, LINE, "Done")
    made.apply(request=SYNC)
    assert drop_downs(made) == {key: "Done"}
    assert lines(made)[0].startswith("- [x] Ana: ")
    is_in_step(made)


def test_a_new_status_can_be_chosen_and_one_that_is_gone_stays_while_a_line_shows_it(
    tmp_path: Path,
) -> None:
    made = in_agenda(tmp_path)
    trello = in_trello(made.vendors)
    ((key, _),) = drop_downs(made).items()
    lists = {"week": "This week", "wait": "Waiting", "done": "Done"}
    work = {**SMALL["boards"]["work"], "lists": lists}
    statuses = {"week": {}, "wait": {}, "done": {"ticked": True}}
    changed = {**SMALL, "statuses": statuses, "boards": {"work": work}}
    write_yaml(made.folder / "playbook" / "playbook.yaml", changed)
    assert not made.apply().failed
    move(trello, LINE, "Waiting")
    assert not made.apply(request=SYNC).failed
    assert drop_downs(made) == {key: "Waiting"}
    assert lane_of(trello, LINE) == "Waiting"
    is_in_step(made)


def test_a_list_that_a_member_makes_can_be_chosen_once_the_notes_know_it(tmp_path: Path) -> None:
    made = in_agenda(tmp_path)
    trello = in_trello(made.vendors)
    ((key, _),) = drop_downs(made).items()
    trello.make_list(trello.card(LINE)["idBoard"], "At the printer")
    made.apply(request=SYNC)
    move(trello, LINE, "At the printer")
    assert not made.apply(request=SYNC).failed
    assert drop_downs(made) == {key: "At the printer"}
    is_in_step(made)
    act(made, "chooses", key, "Stuck")
    assert lane_of(trello, LINE) == "Stuck"
    act(made, "chooses", key, "At the printer")
    assert lane_of(trello, LINE) == "At the printer"


def test_a_cleared_drop_down_clears_the_status_and_the_card_stays(tmp_path: Path) -> None:
    made = in_agenda(tmp_path)
    trello, google = in_trello(made.vendors), in_google(made.vendors)
    ((key, _),) = drop_downs(made).items()
    act(made, "chooses", key, "Stuck")
    assert not act(made, "clears", key).failed
    assert (row(google, LINE)["Status"], lane_of(trello, LINE)) == ("", "Stuck")
    is_in_step(made)
    move(trello, LINE, "Done")
    made.apply(request=SYNC)
    assert drop_downs(made) == {key: "Done"}
    is_in_step(made)


def test_a_word_of_a_members_own_says_nothing_of_the_status(tmp_path: Path) -> None:
    made = in_agenda(tmp_path)
    trello = in_trello(made.vendors)
    ((key, _),) = drop_downs(made).items()
    act(made, "chooses", key, "Stuck")
    act(made, "adds_option", key, "Parked")
    assert not act(made, "chooses", key, "Parked").failed
    assert lane_of(trello, LINE) == "Stuck"
    is_in_step(made)
    act(made, "chooses", key, "This week")
    assert lane_of(trello, LINE) == "This week"
    is_in_step(made)


def test_who_takes_the_drop_down_out_gets_no_dot_for_a_title(tmp_path: Path) -> None:
    made = in_agenda(tmp_path)
    trello = in_trello(made.vendors)
    assert not act(made, "deletes", OBJECT).failed
    assert (drop_downs(made), trello.card(LINE)["name"]) == ({}, LINE)
    move(trello, LINE, "Stuck")
    made.apply(request=SYNC)
    assert list(drop_downs(made).values()) == ["Stuck"]
    assert lines(made)[0].endswith("11 Dec, 3 days late · Stuck")
    is_in_step(made)


def test_where_google_makes_no_drop_downs_the_status_is_a_word_and_that_is_said_once(
    tmp_path: Path,
) -> None:
    made = built(tmp_path, [NO_DROP_DOWNS])
    say(made, "Write them here.", f"Write them here.\n{PROMISE}")
    made.apply(request=SYNC)
    move(in_trello(made.vendors), LINE, "Stuck")
    recap = made.apply(request=SYNC)
    assert recap.asides == (
        "Google lets this account make no drop-downs: the status of a promise stands there as a word.",
    )
    assert lines(made) == [f"{PROMISE} · Stuck"]
    is_in_step(made)
    move(in_trello(made.vendors), LINE, "This week")
    recap = made.apply(request=SYNC)
    assert (recap.asides, recap.failed) == ((), ())
    assert lines(made) == [f"{PROMISE} · This week"]
