"""A digest a week in the outbox of a folder: once, in its time, and to nobody but the roles."""

from tests.promises.desk import Desk


def digests(desk: Desk) -> list[str]:
    return sorted(each.name for each in desk.path("acme/Outbox").glob("Your week*"))


def test_it_lies_in_the_outbox_once_for_each_who_plays_the_role(team: Desk) -> None:
    team.run("sync")
    assert digests(team) == []  # what was due before the first run is nobody's
    team.clock.set(2026, 12, 14, 8, 31)
    said = team.run("sync").out
    assert "The digest for Ana Silva, Ben Okoye and Dana Wu lies in" in said
    assert digests(team) == [
        f"Your week, Mon 14 Dec 2026, for {name}.txt"
        for name in ("Ana Silva", "Ben Okoye", "Dana Wu")
    ]
    texts = [team.read(f"acme/Outbox/{name}") for name in digests(team)]
    ana = next(text for text in texts if "Hello Ana," in text)
    assert "ana@acme.example" in ana
    assert (
        "Promised until Mon 21 Dec 2026\n- Agree what a lead is (Ana Silva), by Tue 15 Dec 2026"
        in ana
    )
    before = team.times()
    for _ in range(2):
        assert "everything is in step" in team.run("sync").out
    assert team.times() == before
    team.is_quiet()


def test_apply_never_sends_it(team: Desk) -> None:
    team.clock.set(2026, 12, 14, 9)
    team.apply()
    assert digests(team) == []


def test_hold_invitations_holds_it_and_the_next_run_sends_it(team: Desk) -> None:
    team.clock.set(2026, 12, 14, 9)
    said = team.run("sync", "--hold-invitations").out
    assert "Held back, as asked: what Ana Silva, Ben Okoye and Dana Wu would be told." in said
    assert digests(team) == []
    team.run("sync")
    assert len(digests(team)) == 3


def test_while_it_is_quiet_it_waits_for_the_next_moment_that_is_not(team: Desk) -> None:
    team.edit("config.yaml", "timezone:", "quiet: [18:00 to 10:00, Monday]\ntimezone:")
    for day, hour in ((14, 9), (14, 12), (15, 9)):
        team.clock.set(2026, 12, day, hour)
        team.run("sync")
        assert digests(team) == []
    team.clock.set(2026, 12, 15, 10)
    team.run("sync")
    assert len(digests(team)) == 3


def test_the_next_week_tells_what_was_kept_since(team: Desk) -> None:
    team.clock.set(2026, 12, 14, 9)
    team.run("sync")
    team.edit("acme/Work.md", "- [ ] Agree what a lead is", "- [x] Agree what a lead is")
    team.run("sync")
    team.clock.set(2026, 12, 21, 9)
    team.run("sync")
    assert len(digests(team)) == 6
    texts = [team.read(f"acme/Outbox/{name}") for name in digests(team)]
    new = [text for text in texts if "Kept since the last digest (1)" in text]
    assert len(new) == 3
    team.clock.set(2026, 12, 28, 9)
    team.run("sync")
    texts = [team.read(f"acme/Outbox/{name}") for name in digests(team)]
    assert sum("Kept since" in text for text in texts) == 3  # it is not told again


def test_a_message_that_a_person_sent_off_and_deleted_does_not_come_back(team: Desk) -> None:
    team.clock.set(2026, 12, 14, 9)
    team.run("sync")
    for name in digests(team):
        team.path(f"acme/Outbox/{name}").unlink()
    team.run("sync")
    assert digests(team) == []
    team.apply()
    assert digests(team) == []


def test_who_has_left_gets_none(team: Desk) -> None:
    team.edit(
        "config.yaml",
        "  ben: Ben Okoye <ben@acme.example>",
        "  ben: {name: Ben Okoye <ben@acme.example>, left: 2026-12-10, work-to: ana}",
    )
    team.clock.set(2026, 12, 14, 9)
    team.run("sync")
    assert len(digests(team)) == 2


def test_after_lost_state_this_weeks_digest_does_not_go_again(team: Desk) -> None:
    team.clock.set(2026, 12, 14, 9)
    team.run("sync")
    team.forget()
    team.apply(code=None)
    team.run("sync", code=None)
    assert len(digests(team)) == 3


def test_a_digest_of_every_day_or_for_nobody_is_told_with_its_place(team: Desk) -> None:
    team.edit("week/playbook.yaml", "every Monday at 8:30", "every day at 8:30")
    team.edit("week/playbook.yaml", "to: [sales, marketing]", "to: [sale]")
    said = team.run("plan", code=None).said
    assert "playbook.yaml:15:10: There is no role 'sale'" in said
    team.edit("week/playbook.yaml", "to: [sale]", "to: [sales]")
    said = team.run("plan", code=None).said
    assert "a digest goes once a week" in said
