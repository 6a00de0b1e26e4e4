"""The page for everybody names the coming meeting: a sync sees to that, and no run asks the clock."""

from tests.promises.desk import Desk

PAGE, HTML = "acme/Start here.md", "acme/Start here.html"
FIRST = "First: Thursday 10 December 2026, 09:00 to 09:45; then every Thursday"
SECOND = "Next: Thursday 17 December 2026, 09:00 to 09:45; then every Thursday"
THIRD = "Next: Thursday 24 December 2026, 09:00 to 09:45; then every Thursday"


def syncs_to(team: Desk, said: str) -> None:
    """Sync, and hold that the page says so, and that no run has anything to do after it."""
    team.run("sync")
    assert said in team.read(PAGE)
    assert said in team.read(HTML)
    times = team.times()
    team.run("sync")
    team.run("plan", "--exit-code")
    team.apply()
    assert team.times() == times


def test_once_a_meeting_is_over_sync_names_the_coming_one_and_plan_has_nothing_to_do(
    team: Desk,
) -> None:
    assert FIRST in team.read(PAGE)
    team.clock.set(2026, 12, 10, 9, 44)
    syncs_to(team, FIRST)
    team.clock.set(2026, 12, 10, 9, 45)
    team.run("plan", "--exit-code")
    syncs_to(team, SECOND)
    team.clock.set(2026, 12, 14)
    syncs_to(team, SECOND)
    team.clock.set(2026, 12, 17, 10)
    syncs_to(team, THIRD)


def test_where_nobody_runs_sync_the_page_says_what_it_knows_on_any_day(team: Desk) -> None:
    for moment in ((2026, 12, 11), (2027, 1, 22), (2027, 12, 22)):
        team.clock.set(*moment)
        team.is_quiet()
    assert FIRST in team.read(PAGE)
    assert "Next" not in team.read(PAGE)


def test_after_a_lost_state_a_page_that_says_a_later_meeting_stays(team: Desk) -> None:
    team.clock.set(2026, 12, 11)
    team.run("sync")
    before = team.read(PAGE), team.read(HTML)
    team.forget()
    team.apply(code=None)
    assert (team.read(PAGE), team.read(HTML)) == before
    syncs_to(team, SECOND)
    assert (team.read(PAGE), team.read(HTML)) == before
    team.clock.set(2026, 12, 17, 10)
    syncs_to(team, THIRD)


def test_a_meeting_with_another_key_stays_the_next_one(team: Desk) -> None:
    team.clock.set(2026, 12, 11)
    team.run("sync")
    team.edit("meets/playbook.yaml", "  sales:\n    title", "  team:\n    was: sales\n    title")
    team.apply()
    syncs_to(team, SECOND)


def test_a_meeting_that_the_playbook_puts_on_another_day_is_named_there_by_apply(
    team: Desk,
) -> None:
    team.clock.set(2026, 12, 11)
    team.run("sync")
    team.edit("meets/playbook.yaml", "every Thursday at 9:00", "every Friday at 9:00")
    team.apply()
    assert "Next: Friday 18 December 2026, 09:00 to 09:45; then every Friday" in team.read(PAGE)
    syncs_to(team, "Next: Friday 18 December 2026")


def test_after_a_lost_state_a_page_names_each_of_two_meetings_of_one_file_once(team: Desk) -> None:
    other = "  other:\n    title: Other meeting\n    when: every Friday at 9:00\n"
    team.edit("meets/playbook.yaml", "meetings:\n", f"meetings:\n{other}")
    team.apply()
    before = team.read(PAGE)
    team.forget()
    team.apply(code=None)
    assert team.read(PAGE) == before
    team.forget()
    team.edit(PAGE, "# Acme", "# Acme\n\nOur words.")
    team.apply(code=None)
    assert team.read(PAGE) == before.replace("# Acme", "# Acme\n\nOur words.")
