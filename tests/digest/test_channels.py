"""A digest in a channel: one message a week, edited while the week goes on, never a second one."""

from dataclasses import replace

import pytest

from smarketing.contract import Step
from smarketing.testing.awkward import Awkward
from tests.promises.desk import Desk

from .office import CHANNEL, DIGEST, MESSAGES_ALONE, PEOPLE, Crash, Office


def chatting(people: tuple[str, ...] = ()) -> Office:
    """Return an office whose digest stands in a channel, and goes to these people by mail."""
    asked = replace(DIGEST, to=people, channels=(CHANNEL,))
    return Office(Awkward(forgets=True, lacks=MESSAGES_ALONE), digest=asked)


def test_it_is_posted_once_and_edited_when_more_happened() -> None:
    office = chatting()
    assert [change.verb for change in office.run().done] == ["create"]
    (first,) = office.posted()
    assert first.startswith("Your week, Mon 14 Dec 2026\n\nPromised until Mon 21 Dec 2026\n")
    assert not office.run().done
    office.tick()
    assert [change.verb for change in office.run().done] == ["update"]
    (second,) = office.posted()
    assert "Kept since the last digest (1)\n- Agree what a lead is" in second
    for sync in (True, False, True):
        assert not office.run(sync).done


def test_it_is_edited_until_the_next_one_which_is_another_message() -> None:
    office = chatting()
    office.run()
    office.clock.set(20, 23)  # a Sunday: an edit tells nobody, so it waits for no hour
    office.tick()
    office.run()
    (first,) = office.posted()
    assert "Kept since" in first
    office.clock.set(21)
    office.run()
    assert office.posted()[0] == first
    assert len(office.posted()) == 2
    assert "Kept since" not in office.posted()[1]


def test_what_was_kept_after_the_mail_stands_in_the_channel_and_in_the_next_mail() -> None:
    office = chatting(PEOPLE)
    office.run()
    office.tick()
    office.run()
    assert office.got() == dict.fromkeys(PEOPLE, 1)
    assert not any("Kept since" in body for body in office.bodies())
    assert ["Kept since" in body for body in office.posted()] == [True]
    office.clock.set(21)
    office.run()
    assert sum("Kept since" in body for body in office.bodies()) == 2
    assert sum("Kept since" in body for body in office.posted()) == 1


@pytest.mark.parametrize("before", [True, False])
def test_a_run_that_dies_at_any_write_of_state_posts_it_once(before: bool) -> None:
    probe = chatting()
    begun = probe.state.stored
    probe.run()
    total = probe.state.stored - begun
    assert total >= 2
    for number in range(1, total + 1):
        office = chatting()
        office.state.dies_at, office.state.before = office.state.stored + number, before
        with pytest.raises(Crash):
            office.run()
        for sync in (True, False, True):
            office.run(sync)
        assert len(office.posted()) == 1
        office.tick()
        office.run()
        assert ["Kept since" in body for body in office.posted()] == [True]


@pytest.mark.parametrize("verdict", ["lost", "lost before commit"])
def test_one_whose_answer_was_lost_is_looked_for(verdict: str) -> None:
    office = chatting()
    answers = iter([verdict])

    def faults(point: str, step: Step | None) -> str | None:
        return next(answers, None) if point == "perform" else None

    office.chat.faults = faults
    for _ in range(3):
        office.run()
    assert len(office.posted()) == 1


def test_after_lost_state_this_weeks_is_not_posted_again() -> None:
    office = chatting()
    office.run()
    office.state.__init__()  # type: ignore[misc]
    office.run(sync=False)
    for _ in range(2):
        office.run()
    assert len(office.posted()) == 1
    office.clock.set(21)
    office.run()
    assert len(office.posted()) == 2


def test_while_it_is_quiet_and_while_nobody_is_to_be_told_it_waits() -> None:
    office = chatting(PEOPLE)
    office.clock.set(14, 20)
    office.run()
    assert office.posted() == []
    office.clock.set(15, 9)
    recap = office.run(hold_invitations=True)
    assert recap.plan.held[-1] == "Leads today"
    assert office.posted() == []
    office.run()
    assert len(office.posted()) == 1


def test_one_that_was_late_for_four_days_is_left_to_the_next() -> None:
    office = chatting()
    office.clock.set(18, 9)
    office.run()
    assert office.posted() == []
    office.clock.set(21)
    office.run()
    assert len(office.posted()) == 1


def test_a_channel_that_is_gone_or_a_chat_that_is_down_gets_none_and_holds_nothing_up() -> None:
    office = chatting(PEOPLE)
    office.chat.down = True
    office.run()
    assert office.got() == dict.fromkeys(PEOPLE, 1)
    office.chat.down = False
    office.run()
    assert len(office.posted()) == 1
    office.chat.member.delete(office.chat.find(CHANNEL).id)
    office.clock.set(21)
    assert not office.run().failed
    assert office.got() == dict.fromkeys(PEOPLE, 2)


def test_one_that_somebody_deleted_does_not_come_back() -> None:
    office = chatting()
    office.run()
    (there,) = [thing for thing in office.chat.things.values() if thing.kind == "message"]
    office.chat.member.delete(there.id)
    office.tick()
    for sync in (True, False, True):
        office.run(sync)
    assert office.posted() == []


CHANNELS = """\
channels:
  leads-today: {title: Leads today, purpose: "This lead, now"}
"""


@pytest.fixture
def chat(team: Desk) -> Desk:
    """The team with a channel, that gets the digest, too."""
    team.edit("week/playbook.yaml", "digest:\n", f"{CHANNELS}digest:\n")
    team.edit("week/playbook.yaml", "[sales, marketing]", "[sales, channel:leads-today]")
    team.apply()
    return team


def lying(desk: Desk) -> list[str]:
    return sorted(each.name for each in desk.path("acme/Outbox").glob("Your week*"))


def test_in_a_folder_a_text_says_what_to_post_and_where(chat: Desk) -> None:
    chat.clock.set(2026, 12, 14, 9)
    said = " ".join(chat.run("sync").out.split())
    assert "The digest for Ana Silva and Ben Okoye lies in ./acme/Outbox." in said
    assert "“Your week, Mon 14 Dec 2026, in Leads today” lies in ./acme/Outbox." in said
    name = "Your week, Mon 14 Dec 2026, in Leads today.txt"
    assert name in lying(chat)
    _, *lines = chat.read(f"acme/Outbox/{name}").splitlines()
    assert lines[:7] == [
        "In: Outbox/Leads today.txt",
        "Subject: Your week, Mon 14 Dec 2026, in Leads today",
        "",
        "Your week, Mon 14 Dec 2026",
        "",
        "Promised until Mon 21 Dec 2026",
        "- Agree what a lead is (Ana Silva), by Tue 15 Dec 2026",
    ]
    before = chat.times()
    assert "everything is in step" in chat.run("sync").out
    assert chat.times() == before
    chat.is_quiet()


def test_in_a_folder_too_it_is_there_once_after_a_lost_state(chat: Desk) -> None:
    chat.clock.set(2026, 12, 14, 9)
    chat.run("sync")
    before = lying(chat)
    chat.forget()
    chat.apply(code=None)
    chat.run("sync", code=None)
    assert lying(chat) == before


def test_a_channel_with_another_key_gets_no_second_one(chat: Desk) -> None:
    chat.clock.set(2026, 12, 14, 9)
    chat.run("sync")
    before = lying(chat)
    chat.edit("week/playbook.yaml", "leads-today: {", "new-leads: {was: leads-today, ")
    chat.edit("week/playbook.yaml", "channel:leads-today]", "channel:new-leads]")
    chat.run("sync")
    chat.apply()
    chat.run("sync")
    assert lying(chat) == before


def test_an_undo_names_the_channel_that_it_can_take_nothing_back_from(chat: Desk) -> None:
    chat.edit("week/playbook.yaml", "[sales, channel:leads-today]", "channel:leads-today")
    chat.clock.set(2026, 12, 14, 9)
    chat.run("sync")
    assert "A message went to Leads today." in " ".join(chat.run("undo", code=None).said.split())


def test_what_is_no_channel_is_told_with_its_place(chat: Desk) -> None:
    chat.edit("week/playbook.yaml", "channel:leads-today]", "channel:lead-today]")
    said = " ".join(chat.run("plan", code=None).said.split())
    assert "playbook.yaml:17:17: There is no channel 'channel:lead-today'." in said
    assert "channel:leads-today" in said
    chat.edit("week/playbook.yaml", "channel:lead-today]", "board:work]")
    said = " ".join(chat.run("plan", code=None).said.split())
    assert "playbook.yaml:17:17: This is neither a role nor a channel. Write a role" in said


def test_a_channel_in_a_part_that_was_not_chosen_is_left_out_and_said(chat: Desk) -> None:
    chat.edit("week/playbook.yaml", "roles:", "parts: {talk: [channel:leads-today]}\nroles:")
    chat.edit("config.yaml", "timezone:", "parts: []\ntimezone:")
    chat.edit("week/playbook.yaml", "[sales, channel:leads-today]", "channel:leads-today")
    said = " ".join(chat.run("plan", "-v").out.split())
    assert "the channel leads-today is in a part that is not chosen" in said
    chat.clock.set(2026, 12, 14, 9)
    chat.run("sync")
    assert lying(chat) == []
