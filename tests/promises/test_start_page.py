"""Start here follows what members do, and else stays as it is, whatever the day."""

import pytest

from .desk import Desk

GOALS = """\
tables:
  our-numbers:
    title: Shared goals
    purpose: What both teams answer for, with a number and a day
    holds: goals
    columns: {goal: Goal, baseline: Baseline, now: Now, target: Target, by: By, owner: Owner}
    rows:
      answered: {goal: Leads answered, baseline: 41 %, now: 58 %, target: 80 %, by: 31 Mar, owner: Ana}
"""
PAGE, HTML = "acme/Start here.md", "acme/Start here.html"


CHANNELS = "**Channels**\n\n- [leads-today](Outbox/leads-today.txt): This lead, now"


@pytest.fixture
def goals(acme: Desk) -> Desk:
    """A desk whose playbook has a table of goals."""
    acme.playbook("tables:\n", GOALS)
    acme.apply()
    return acme


def test_a_number_that_a_member_enters_is_drawn_and_then_stays(goals: Desk) -> None:
    said = "58 % of 80 %, started at 41 %: 43 % of the way"
    assert f"Leads answered: {said} · by 31 Mar · Ana" in goals.read(PAGE)
    assert 'aria-label="Chart: 43 % of the way, from 41 % to 80 %"' in goals.read(HTML)
    goals.edit("acme/Shared goals.csv", "58 %", "82 % (41 of 50)")
    goals.apply()
    assert "82 % of 80 %, started at 41 %: met" in goals.read(PAGE)
    assert "1 of 1 met" in goals.read(HTML)
    for moment in ((2026, 12, 15), (2027, 4, 1), (2028, 1, 3)):
        goals.clock.set(*moment)
        goals.is_quiet()


def test_an_agenda_for_a_later_day_is_told_and_no_day_by_itself(acme: Desk) -> None:
    notes = "acme/Meetings/Weekly notes.md"
    acme.edit(
        notes, "## Mon 7 Dec 2026", "## Mon 14 Dec 2026 · second\n\nWins.\n\n## Mon 7 Dec 2026"
    )
    first = "First: Monday 7 December 2026, 10:00 to 10:45; then every Monday"
    assert first in acme.read(PAGE)
    acme.apply()
    following = "Newest agenda: Monday 14 December 2026, 10:00 to 10:45; then every Monday"
    assert following in acme.read(PAGE)
    assert following in acme.read(HTML)
    for moment in ((2026, 12, 22), (2027, 1, 22), (2027, 12, 22)):
        acme.clock.set(*moment)
        acme.is_quiet()


def test_a_purpose_that_the_playbook_changes_reaches_the_page_and_a_members_words_stay(
    goals: Desk,
) -> None:
    purpose = "What both teams answer for, with a number and a day"
    assert f": {purpose}\n" in goals.read(PAGE)
    goals.edit(PAGE, "One place for sales", "Our place for sales")
    goals.edit("playbook/playbook.yaml", purpose, "The numbers we share")
    goals.apply()
    assert ": The numbers we share\n" in goals.read(PAGE)
    assert "Our place for sales" in goals.read(PAGE)
    assert "The numbers we share" in goals.read(HTML)
    goals.is_quiet()


def test_an_owner_that_a_member_writes_into_a_document_is_told(acme: Desk) -> None:
    acme.edit("acme/Hand-off rule.md", "- **Owner:** Dana Wu", "- **Owner:** Ben Okoye")
    acme.apply()
    assert "](Hand-off%20rule.md): Ben Okoye for the hand-over" in acme.read(PAGE)


def test_without_a_chat_the_page_leads_to_the_pages_that_stand_for_the_channels(acme: Desk) -> None:
    assert "Channels" not in acme.read(PAGE)
    acme.edit("config.yaml", "[essentials]", "[essentials, channels]")
    acme.apply()
    assert CHANNELS in acme.read(PAGE)
    assert "<h3>Channels</h3>" in acme.read(HTML)
    acme.is_quiet()
    page, html = acme.read(PAGE), acme.read(HTML)
    acme.forget()
    acme.apply()
    assert (acme.read(PAGE), acme.read(HTML)) == (page, html)
    acme.is_quiet()
