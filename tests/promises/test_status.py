"""`status` says what is there now, and claims nothing of what it could not see."""

import shutil

from .desk import Desk


def test_status_counts_what_members_agreed_since_the_last_run(acme: Desk) -> None:
    told = acme.run("status", code=4).said
    assert "Glossary: 0 of 9 agreed" in told
    acme.edit("acme/Glossary.md", "## Lead · proposed", "## Lead · agreed 8 Dec, Ana and Dana")
    assert "Glossary: 1 of 9 agreed" in acme.run("status", code=4).said


def test_status_knows_a_workspace_by_its_marks_when_the_state_is_lost(acme: Desk) -> None:
    acme.forget()
    told = acme.run("status", code=4).said
    assert "nothing is built yet" not in told
    assert "Glossary: 0 of 9 agreed" in told


def test_status_without_a_state_advises_what_works(acme: Desk) -> None:
    acme.forget()
    told = acme.run("status", code=4).said
    assert "Run `smarketing apply` first" in told
    assert "smarketing sync" not in told
    assert "Everything is as the playbook asks" not in told
    assert acme.run("status", "--json", code=4).data["known"] is False
    acme.run("sync", code=1)
    acme.apply()
    told = acme.run("status", code=4).said
    assert "Everything is as the playbook asks" in told
    assert "Run `smarketing apply` first" not in told
    acme.run("sync", code=None)


def test_status_does_not_say_that_all_is_well_with_what_it_can_not_see(acme: Desk) -> None:
    shutil.move(acme.path("acme"), acme.path("elsewhere"))
    told = acme.run("status", code=None)
    assert told.code != 0
    assert "Everything is as the playbook asks" not in told.said


def test_a_whole_workspace_is_not_archived(acme: Desk) -> None:
    told = acme.run("archive", "root:local", "--yes", code=1).said
    assert "root:local is a whole workspace" in told
    assert "archived" not in acme.run("explain", "root:local").said
    acme.is_quiet()


def test_bringing_everything_back_leaves_in_the_archive_what_was_put_there(acme: Desk) -> None:
    acme.run("archive", "document:handoff", "--yes")
    acme.path("acme/Glossary.md").unlink()
    acme.apply()
    acme.apply("--restore", "root:local")
    assert acme.path("acme/Glossary.md").exists()
    assert not acme.path("acme/Hand-off rule.md").exists()
    assert acme.path("acme/Archive/Hand-off rule.md").exists()


def test_half_of_a_boards_cards_are_not_put_away_unasked(acme: Desk) -> None:
    cards = ["one-goal", "swap-seats", "ask-customers", "sign-handoff"]
    told = acme.run("archive", *(f"board:work/card:{key}" for key in cards), "--yes", code=4)
    assert "4 things would be taken out of sight" in told.said
    acme.run("archive", *(f"board:work/card:{key}" for key in cards[:2]), "--yes")


def test_status_tells_of_a_workspace_that_no_run_has_looked_at_for_a_week(acme: Desk) -> None:
    acme.clock.set(2026, 12, 14)
    assert "No run for" not in acme.run("status", code=4).out
    acme.clock.set(2026, 12, 27)
    assert "No run for 20 days." in acme.run("status", code=4).out
    acme.apply()
    assert "No run for" not in acme.run("status", code=4).out


def test_status_tells_the_next_meeting_by_the_clock_in_the_workspaces_time(acme: Desk) -> None:
    acme.clock.set(2026, 12, 7, 9, 59)
    told = acme.run("status", code=4).out
    assert (
        "  Next meetings (Europe/London):\n    Sales and marketing weekly: Monday 7 December"
        in told
    )
    acme.clock.set(2027, 6, 28, 8, 30)  # half past nine in London: the clocks have changed
    told = acme.run("status", code=4).out
    assert (
        "Sales and marketing weekly: Monday 28 June 2027, 10:00 to 10:45; then every Monday" in told
    )
    acme.clock.set(2027, 6, 28, 9, 30)
    assert acme.run("status", "--json", code=4).data["meetings"] == [
        {
            "address": "meeting:weekly",
            "title": "Sales and marketing weekly",
            "next": "2027-07-05T10:00",
            "timezone": "Europe/London",
            "date": "2027-07-05",
            "moved": False,
            "holiday": "",
        }
    ]


def test_a_meeting_that_is_no_longer_held_is_not_the_next(acme: Desk) -> None:
    acme.run("archive", "meeting:weekly", "--yes")
    assert "Next meetings" not in acme.run("status", code=4).out
