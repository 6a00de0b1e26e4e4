"""Meetings that run themselves, in a plain folder: agendas, promises that are cards, past minutes."""

import csv
import io
import shutil
from pathlib import Path

import pytest

from tests.promises.conftest import new_desk
from tests.promises.desk import TEAM, Desk

NOTES, BOARD, TABLE = "acme/Weekly notes.md", "acme/Work.md", "acme/Tracker.csv"
PLAYBOOK = """\
playbook: small
title: Small
roles: {sales: optional, marketing: optional}
statuses:
  week: {words: [to do]}
  stuck: {words: [blocked]}
  done: {words: [finished], ticked: true}
boards:
  work:
    title: Work
    lists: {goals: Goals, week: This week, stuck: Stuck, done: Done}
    cards:
      agree: {title: Agree what a lead is, list: week, owner: lead of sales, due: day 5}
tables:
  tracker:
    title: Tracker
    columns: {title: Title, status: Status, owner: Owner, due: Due}
  goals:
    title: Goals
    columns: {goal: Goal, now: Now, target: Target, by: By, owner: Owner}
    rows:
      answered: {goal: Leads answered in a day, now: 51 %, target: 80 %, by: 31 Mar}
      revenue: {goal: Revenue, now: Not measured yet, target: "[to agree: how much?, Ana]", owner: Ana}
  campaigns:
    title: Campaigns
    columns: {campaign: Campaign, starts: From, ends: Until, counterpart: Counterpart, owner: Owner, result: Result, status: Status}
    rows:
      example: {campaign: "Example: webinar", status: Running}
meetings:
  weekly:
    title: Weekly
    when: every Monday at 10:00 for 45 minutes
    invite: [sales, marketing]
    notes:
      document: notes
      title: Weekly notes
      agenda: |
        ## {{ meeting.date }}, {{ meeting.time }} · meeting {{ meeting.number }}

        Chair {{ meeting.chair }} · notes {{ meeting.notes }}{{ meeting.also }}

        {% if meeting.first %}Welcome.{% else %}{{ agenda.promises }}

        {{ agenda.decided }}

        ### Wins

        {{ agenda.wins }}

        ### Stuck

        {{ agenda.stuck }}

        ### Campaigns

        {{ agenda.campaigns }}

        ### Ideas

        {{ agenda.ideas }}

        ### Numbers

        {{ agenda.numbers }}
        {% endif %}

        ### Promises

        Write each as a line.
  sales:
    title: Sales
    when: every Thursday at 9:30 for 30 minutes
    invite: [sales]
    guest: one of marketing
    notes:
      document: sales-notes
      title: Sales notes
      ready: the working day before at 15:00
      agenda: |
        Guest: {{ meeting.guest }}

        {{ agenda.numbers }}

        {{ agenda.stuck }}
        {{ agenda.due }}
sync:
  work:
    between: [board:work, table:tracker, document:notes]
    new: from board:work, table:tracker and document:notes to board:work and table:tracker
    prefer: board:work
"""


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a team in its first weekly, built once for all tests."""
    base = tmp_path_factory.mktemp("begun")
    with pytest.MonkeyPatch.context() as patch:
        desk = new_desk(base, patch)
        config = TEAM.replace("playbook: smarketing", "playbook: ./small")
        desk.write("config.yaml", config.replace("parts: [essentials]\n", ""))
        desk.write("small/playbook.yaml", PLAYBOOK)
        desk.apply()
        desk.clock.set(2026, 12, 7, 10, 20)
        desk.run("sync")
    return base


@pytest.fixture
def team(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A team in its first weekly: it is Monday, 7 December, 10:20, and all is in step."""
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    desk = new_desk(tmp_path, monkeypatch)
    desk.clock.set(2026, 12, 7, 10, 20)
    return desk


def say(desk: Desk, *lines: str) -> None:
    """Write lines beneath the promises of the newest meeting."""
    old = "Write each as a line.\n"
    desk.edit(NOTES, old, f"{old}\n" + "".join(f"- [ ] {line}\n" for line in lines))


def cards(desk: Desk) -> dict[str, str]:
    """Return the list of each card by title."""
    found, lane = {}, ""
    for line in desk.read(BOARD).splitlines():
        if line.startswith("## "):
            lane = line[3:]
        elif line.startswith("- ["):
            found[line[6:].partition(" @{")[0].partition(" ^")[0]] = lane
    return found


def rows(desk: Desk) -> dict[str, dict[str, str]]:
    text = desk.path(TABLE).read_text(encoding="utf-8-sig")
    return {row["Title"]: row for row in csv.DictReader(io.StringIO(text))}


def newest(desk: Desk) -> str:
    """Return the section of the newest meeting."""
    return desk.read(NOTES).partition("\n## ")[2].partition("\n## ")[0]


def past(desk: Desk, day: str) -> str:
    """Return what stands from the meeting of a day on."""
    return desk.read(NOTES)[desk.read(NOTES).index(f"## {day}") :]


def is_in_step(desk: Desk) -> None:
    before = desk.files()
    assert desk.run("sync").out == "Acme: everything is in step.\n"
    assert desk.plan()["changes"] == []
    desk.apply()
    assert desk.run("sync").out == "Acme: everything is in step.\n"
    assert desk.files() == before


def test_a_line_written_in_the_meeting_becomes_a_card_and_a_row(team: Desk) -> None:
    say(team, "@ana send the list by Friday", "Dana: price sheet")
    before = team.read(NOTES)
    assert team.run("sync").out == "Acme: 2 rows are new, 2 cards are new.\n"
    assert team.read(NOTES) == before, "the line where it was born gets no mark"
    assert cards(team)["send the list"] == "This week"
    assert rows(team)["send the list"]["Owner"] == "Ana Silva"
    assert rows(team)["send the list"]["Due"] == "2026-12-11"
    is_in_step(team)


@pytest.mark.parametrize("heading", ["Actions", "Mon 7 Dec 2026, our own heading\n\n### To do"])
def test_a_line_beneath_a_heading_of_our_own_becomes_a_card_and_freezes_with_its_meeting(
    heading: str, team: Desk
) -> None:
    team.write(NOTES, f"{team.read(NOTES)}\n## {heading}\n\n- [ ] order flowers by Friday\n")
    assert team.run("sync").out == "Acme: 1 row is new, 1 card is new.\n"
    assert rows(team)["order flowers"]["Due"] == "2026-12-11"
    is_in_step(team)
    minutes = past(team, "Mon 7 Dec 2026")
    team.clock.set(2026, 12, 14, 8, 30)
    team.run("sync")
    team.edit(TABLE, "order flowers,This week", "order flowers,Stuck")
    team.run("sync")
    assert "order flowers" in newest(team)
    assert "14 Dec 2026" in newest(team), "the new agenda is on top"
    assert past(team, "Mon 7 Dec 2026") == minutes


def test_a_tick_travels_and_comes_back(team: Desk) -> None:
    say(team, "@ana send the list", "Dana: price sheet")
    team.run("sync")
    team.edit(NOTES, "- [ ] @ana", "- [x] @ana")
    team.edit(TABLE, "price sheet,This week", "price sheet,Done")
    team.run("sync")
    assert cards(team)["send the list"] == "Done"
    assert "- [x] Dana: price sheet\n" in team.read(NOTES)
    is_in_step(team)
    team.edit(NOTES, "- [x] @ana", "- [ ] @ana")
    team.run("sync")
    assert cards(team)["send the list"] == "This week"
    is_in_step(team)


def test_a_status_a_day_and_a_name_change_the_line_and_no_more(team: Desk) -> None:
    say(team, "@ana send the *list* by Friday", "nobody knows")
    team.run("sync")
    team.edit(
        TABLE, "send the list,This week,Ana Silva,2026-12-11", "send the list,Stuck,Ben,2026-12-18"
    )
    before = team.read(NOTES)
    team.run("sync")
    line = "- [ ] @ben send the *list* by Fri 18 Dec · Stuck"
    assert team.read(NOTES) == before.replace("- [ ] @ana send the *list* by Friday", line)
    is_in_step(team)
    team.edit(NOTES, "by Fri 18 Dec · Stuck", "by Sat 19 Dec · to do")
    team.run("sync")
    assert cards(team)["send the list"] == "This week"
    assert rows(team)["send the list"]["Due"] == "2026-12-19"
    is_in_step(team)


def test_a_line_that_leads_to_a_card_is_that_card(team: Desk) -> None:
    say(team, "Ana: ask again about [that card](Work.md#^card-agree)")
    team.run("sync")
    assert list(cards(team)) == ["Agree what a lead is"]
    assert "[that card](Work.md#^card-agree)" in team.read(NOTES)
    team.edit(NOTES, "- [ ] Ana: ask", "- [x] Ana: ask")
    team.run("sync")
    assert cards(team)["Agree what a lead is"] == "Done"
    is_in_step(team)


def test_a_line_that_somebody_types_anew_without_its_link_is_the_same(team: Desk) -> None:
    say(team, "@ana send the list", "Dana: price sheet")
    team.run("sync")
    team.clock.set(2026, 12, 14, 8, 30)
    team.run("sync")
    line = next(each for each in newest(team).splitlines() if "send the list" in each)
    team.edit(NOTES, line, "- [ ] Ana: send the list · done")
    team.run("sync")
    assert cards(team)["send the list"] == "Done"
    assert len(cards(team)) == 3, "it is not made a second time, and nothing is to be removed"
    is_in_step(team)


def test_a_line_with_its_link_is_the_same_whatever_else_is_altered_in_it(team: Desk) -> None:
    say(team, "@ana send the list by Friday", "Dana: price sheet")
    team.run("sync")
    team.clock.set(2026, 12, 14, 8, 30)
    team.run("sync")
    line = next(each for each in newest(team).splitlines() if "send the list" in each)
    link = line[line.index("](") + 1 : line.index(")") + 1]
    team.edit(NOTES, line, f"- [x] Dana: [ask Otto]{link} · due Fri 18 Dec")
    assert "conflict" not in team.run("sync").out
    assert cards(team)["ask Otto"] == "Done"
    assert (rows(team)["ask Otto"]["Owner"], rows(team)["ask Otto"]["Due"]) == (
        "Dana Wu",
        "2026-12-18",
    )
    assert "send the list" not in cards(team)
    is_in_step(team)


def test_proposed_removals_are_nobodys_win_and_nobodys_work(team: Desk) -> None:
    say(team, "@ana send the list", "Dana: price sheet")
    team.run("sync")
    team.edit(NOTES, "- [ ] Dana: price sheet\n", "")
    team.run("sync")
    assert "Proposed removals" in cards(team)
    board = team.read(BOARD).replace("- [ ] Proposed removals", "- [x] Proposed removals")
    team.write(BOARD, board)
    team.clock.set(2026, 12, 14, 8, 30)
    team.run("sync")
    assert "Proposed removals" not in newest(team)


def test_a_line_that_is_taken_out_proposes_a_removal(team: Desk) -> None:
    say(team, "@ana send the list", "Dana: price sheet", "Ben: one more")
    team.run("sync")
    team.edit(NOTES, "- [ ] Dana: price sheet\n", "")
    said = team.run("sync").out
    assert "“price sheet” went from “Weekly notes”" in said
    assert cards(team)["price sheet"] == "This week"


def test_a_name_that_two_people_have_is_told_and_names_nobody(team: Desk) -> None:
    new = "  zo: Zoe One <zo@acme.example>\n  zt: Zoe Two <zt@acme.example>\n  dana: Dana"
    team.edit("config.yaml", "  dana: Dana", new)
    say(team, "Zoe: send the list")
    said = team.run("sync").out
    assert "“Zoe: send the list” names nobody for certain: write Zoe One or Zoe Two." in said
    assert rows(team)["Zoe: send the list"]["Owner"] == ""
    assert team.run("sync").out == "Acme: everything is in step.\n"


def test_the_next_agenda_opens_with_what_was_promised(team: Desk) -> None:
    say(team, "@ana send the list by Friday", "Dana: price sheet", "Ben: call Legal")
    team.run("sync")
    minutes = past(team, "Mon 7 Dec")
    team.clock.set(2026, 12, 9)
    team.edit(TABLE, "price sheet,This week", "price sheet,Done")
    team.edit(TABLE, "call Legal,This week", "call Legal,Stuck")
    team.edit(TABLE, "Agree what a lead is,This week", "Agree what a lead is,Done")
    team.run("sync")
    assert past(team, "Mon 7 Dec") == minutes
    team.clock.set(2026, 12, 14, 7, 59)
    assert "agenda" not in team.run("sync").out
    team.clock.set(2026, 12, 14, 8, 0)
    said = team.run("sync").out
    assert said.splitlines()[-1] == "  The agenda of Mon 14 Dec 2026 is in “Weekly notes”."
    agenda = newest(team)
    assert agenda.startswith(
        "Mon 14 Dec 2026, 10:00-10:45 · meeting 2\n\nChair Dana Wu · notes Ana Silva"
    )
    assert "### Promises from last time: 1 of 3 kept\n\nKept: [price sheet](Work.md#" in agenda
    assert "send the list](Work.md#" in agenda
    assert "· due Fri 11 Dec, 3 days late · This week\n" in agenda
    assert "- [Agree what a lead is](Work.md#^card-agree) (Ana)" in agenda
    assert ": stuck for 5 days. *Ben, who can free it this week?*" in agenda
    assert "No campaign is planned or running." in agenda
    assert "- **Leads answered in a day**: 51 %, goal 80 % by 31 Mar" in agenda
    assert "Not measured yet: Revenue (Ana)." in agenda
    assert past(team, "Mon 7 Dec") == minutes
    is_in_step(team)


@pytest.mark.parametrize(
    ("looks", "counted"),
    [
        ([11], "1 of 1 kept"),  # it may have been done on its day, after that look
        ([12], "0 of 1 kept, 1 kept late"),
        ([11, 12], "0 of 1 kept, 1 kept late"),
    ],
)
def test_a_promise_that_was_seen_open_after_its_day_was_kept_late(
    looks: list[int], counted: str, team: Desk
) -> None:
    say(team, "@ana send the list by Friday")
    for day in looks:
        team.clock.set(2026, 12, day)
        team.run("sync")
        is_in_step(team)
    team.clock.set(2026, 12, 13)
    team.edit(TABLE, "send the list,This week", "send the list,Done")
    for day in (13, 14):
        team.clock.set(2026, 12, day, 8, 30)
        team.run("sync")
        is_in_step(team)
    assert f"### Promises from last time: {counted}\n" in newest(team)
    assert ("Kept late: [send the list]" in newest(team)) is ("late" in counted)


def test_the_line_in_the_newest_agenda_is_where_a_promise_stands(team: Desk) -> None:
    say(team, "@ana send the list by Friday")
    team.run("sync")
    team.clock.set(2026, 12, 14, 8, 30)
    team.run("sync")
    old = past(team, "Mon 7 Dec")
    team.write(NOTES, team.read(NOTES).replace(old, old.replace("- [ ] @ana", "- [x] @ana")))
    assert team.run("sync").out == "Acme: everything is in step.\n", "past ticks say nothing"
    assert cards(team)["send the list"] == "This week"
    team.edit(NOTES, "This week\n", "blocked\n")
    team.run("sync")
    assert cards(team)["send the list"] == "Stuck"
    team.edit(TABLE, "send the list,Stuck", "send the list,Done")
    team.run("sync")
    assert newest(team).count("- [x] Ana: [send the list](") == 1
    assert past(team, "Mon 7 Dec") == old.replace("- [ ] @ana", "- [x] @ana")
    is_in_step(team)


def test_what_is_written_after_the_meeting_still_becomes_a_card(team: Desk) -> None:
    say(team, "Ben: call Legal")
    team.run("sync")
    team.clock.set(2026, 12, 7, 12, 0)
    say(team, "@ana send the list by Friday")
    team.edit(NOTES, "- [ ] Ben: call Legal", "- [x] Ben: call Legal")
    before = team.read(NOTES)
    assert team.run("sync").out.startswith("Acme: 1 row is new, 1 card is new.\n")
    team.edit(TABLE, "send the list,This week", "send the list,Stuck")
    assert "minutes" not in team.run("sync").out, "nobody altered them"
    assert team.read(NOTES) == before, "from the meeting's end on nothing is written"
    assert cards(team)["call Legal"] == "This week", "and no tick is read"
    is_in_step(team)


def test_what_is_altered_in_closed_minutes_is_told_once_with_the_place_where_it_counts(
    team: Desk,
) -> None:
    say(team, "Ben: call Legal", "@ana send the list by Friday", "Dana: price sheet")
    team.run("sync")
    team.clock.set(2026, 12, 7, 12, 0)
    team.edit(NOTES, "- [ ] Ben: call Legal", "- [x] Ben: call Legal")
    team.edit(NOTES, "@ana send the list by Friday", "@ben send the list by Fri 18 Dec")
    team.edit(NOTES, "Dana: price sheet", "Dana: price sheet · Stuck")
    team.edit(TABLE, "price sheet,This week", "price sheet,Stuck")
    closed = "and nowhere else: minutes are closed when their meeting ends."
    where = f"in the minutes of Mon 7 Dec 2026, {closed} Change it on “Work”, where it counts."
    told = [
        f"“call Legal” is “Done” {where}",
        f"“send the list” is Ben Okoye’s and is due Fri 18 Dec {where}",
    ]
    lines = [line.strip() for line in team.run("sync").out.splitlines()[1:]]
    assert lines == told, "what its card says by now needs no word"
    assert all(line in team.run("status", code=None).out for line in told)
    is_in_step(team)
    team.edit(NOTES, "- [x] Ben: call Legal", "- [x] Ben: call Legal · Stuck")
    assert "“call Legal” is “Stuck”" in team.run("sync").out
    is_in_step(team)


def test_a_line_begins_with_a_name_however_people_write_that(team: Desk) -> None:
    say(team, "dana@acme.example order it by 24/12", "Ben - call Legal, next Friday", "plain thing")
    team.edit(NOTES, "- [ ] plain thing\n", "- [ ] plain thing\n@ana ring Otto by end of week\n")
    assert team.run("sync").out == "Acme: 4 rows are new, 4 cards are new.\n"
    found = {title: (row["Owner"], row["Due"]) for title, row in rows(team).items()}
    assert found["order it"] == ("Dana Wu", "2026-12-24")
    assert found["call Legal"] == ("Ben Okoye", "2026-12-18")
    assert found["plain thing"] == ("", "")
    assert found["ring Otto"] == ("Ana Silva", "2026-12-11")
    is_in_step(team)


NOBODY = " has no owner: @nobody is nobody in config.yaml. Write @ana, @ben or @dana."
NO_OWNER_NO_DAY = ", and when is it due? Write it as “Ben: ... by Friday”."
ONE_OWNER = " is Ben’s, because a card has one owner: write another line for Ana if you need one."


@pytest.mark.parametrize(
    ("line", "title", "told"),
    [
        ("@nobody send it", "@nobody send it", NOBODY),
        ("Ben, Ana: send it", "Ben, Ana: send it", ONE_OWNER),
        ("copy for Ben by 11/12", "copy for Ben by 11/12", NO_OWNER_NO_DAY),
    ],
)
def test_of_a_line_that_does_not_say_plainly_whose_it_is_people_are_told_once(
    line: str, title: str, told: str, team: Desk
) -> None:
    say(team, line)
    assert f"“{title}”{told}\n" in team.run("sync").out
    assert cards(team)[title] == "This week"
    is_in_step(team)


def test_a_row_of_a_promise_leads_to_its_card(team: Desk) -> None:
    playbook = team.read("small/playbook.yaml").replace("due: Due}", "due: Due, link: Link}")
    fields = "fields: [title, status, owner, due, link]\n    prefer: board:work"
    team.write("small/playbook.yaml", playbook.replace("prefer: board:work", fields))
    team.apply()
    team.run("sync")
    say(team, "@ana send the list", "@nobody do it")
    assert "@nobody is nobody in config.yaml" in team.run("sync").out
    link = rows(team)["send the list"]["Link"]
    assert f"- [ ] send the list ^{link.partition('#^')[2]}\n" in team.read(BOARD)
    is_in_step(team)


def test_at_the_third_carry_a_promise_asks_to_be_finished_dropped_or_handed_over(
    team: Desk,
) -> None:
    say(team, "Ben: call Legal")
    team.run("sync")
    for day, words in (
        (14, "· carried once ·"),
        (21, "· carried twice ·"),
        (28, "· carried 3 times: finish it, drop it or hand it over ·"),
    ):
        team.clock.set(2026, 12, day, 8, 30)
        team.run("sync")
        assert words in newest(team)
    assert list(cards(team)).count("call Legal") == 1
    is_in_step(team)


def test_an_agenda_is_written_once_whatever_members_do_to_it(team: Desk) -> None:
    team.clock.set(2026, 12, 14, 8, 30)
    team.run("sync")
    section = newest(team)
    team.edit(NOTES, f"## {section}\n", "")
    assert "14 Dec" not in team.read(NOTES)
    team.run("sync")
    is_in_step(team)
    team.clock.set(2026, 12, 21, 8, 30)
    team.run("sync")
    assert "Mon 21 Dec" in newest(team)


def test_an_agenda_that_is_taken_back_leaves_older_minutes_alone(team: Desk) -> None:
    say(team, "@ana send the list", "Ben: call Legal")
    team.run("sync")
    team.clock.set(2026, 12, 14, 8, 30)
    team.run("sync")
    assert "14 Dec" in team.read(NOTES)
    asked = team.run("undo", "--yes", code=4).said
    said = team.run("undo", "--yes", "--approve", asked.split("--approve ")[1].split()[0]).said
    assert "The agenda of Mon 14 Dec 2026 goes out of “Weekly notes” and is not written" in said
    assert "14 Dec" not in team.read(NOTES)
    is_in_step(team)
    team.clock.set(2026, 12, 21, 8, 30)
    team.run("sync")
    assert "### Promises from last time: 0 of 2 kept" in newest(team)
    assert newest(team).count("- [ ] ") == 2
    is_in_step(team)


def test_what_members_typed_in_notes_stays_when_a_sync_is_taken_back_and_is_not_done_again(
    team: Desk,
) -> None:
    say(team, "@ana send the list")
    team.run("sync")
    team.edit(NOTES, "- [ ] @ana", "- [x] @ana")
    team.run("sync")
    assert "  ~ send the list  table:tracker/row:of-" in team.run("undo", "-v", code=None).out
    team.run("undo", "--yes")
    assert cards(team)["send the list"] == rows(team)["send the list"]["Status"] == "This week"
    is_in_step(team)
    assert "- [x] @ana send the list\n" in team.read(NOTES)
    team.edit(TABLE, "send the list,This week", "send the list,Stuck")
    team.run("sync")
    assert "- [ ] @ana send the list · Stuck\n" in team.read(NOTES)
    assert cards(team)["send the list"] == "Stuck", "the next edit settles it"
    is_in_step(team)


def test_the_sign_that_a_member_typed_stays_when_the_words_of_its_sync_are_taken_back(
    team: Desk,
) -> None:
    say(team, "Ana: run")
    team.edit(NOTES, "- [ ] Ana", "☐ Ben: call · Stuck\n\n☐ Ana")
    team.run("sync")
    team.edit(NOTES, "☐ Ben", "☑ Ben")
    team.edit(TABLE, "run,This week", "run,Stuck")
    team.run("sync")
    assert "☑ Ben: call · Done\n\n☐ Ana: run · Stuck\n" in team.read(NOTES)
    team.run("undo", "--yes")
    is_in_step(team)
    assert "☑ Ben: call · Stuck\n\n☐ Ana: run\n" in team.read(NOTES)
    assert cards(team)["run"] == "This week"
    assert rows(team)["run"]["Status"] == "Stuck", "somebody chose it in the table: it stays there"


SECOND = "- [ ] Agree what a lead is"


@pytest.mark.parametrize(
    ("file", "edits", "copy"),
    [
        (BOARD, {SECOND: f"{SECOND}, with Otto"}, TABLE),
        (BOARD, {" @{2026-12-11}": ""}, TABLE),
        (BOARD, {"- [ ] Agree": "- [x] Agree"}, TABLE),
        (TABLE, {"Agree what a lead is,": "Agree what no lead is,"}, BOARD),
        (TABLE, {"lead is,This week,": "lead is,Stuck,"}, BOARD),
    ],
    ids=["a title", "a due day cleared", "a tick", "a title in a table", "a word in a table"],
)
def test_what_members_wrote_where_it_was_born_stays_when_its_sync_is_taken_back(
    team: Desk, file: str, edits: dict[str, str], copy: str
) -> None:
    team.run("sync")
    copied = team.read(copy)
    for old, new in edits.items():
        team.edit(file, old, new)
    team.run("sync")
    assert team.read(copy) != copied
    synced = team.read(file)
    told = team.run("undo", "-v", "--yes").said
    where = "1 card" if file == BOARD else "1 row"
    assert f"What your team wrote on {where} stays there; only what followed it" in told
    assert team.read(copy) == copied
    for new in edits.values():
        assert (new or "Agree what a lead is ^") in team.read(file)
    is_in_step(team)
    team.run("undo", "--yes")
    assert team.read(copy) != copied, "the undo taken back brings the copy back"
    assert team.read(file) == synced
    is_in_step(team)


def test_the_next_change_of_a_field_settles_what_an_undone_sync_left_standing(team: Desk) -> None:
    team.edit(BOARD, SECOND, f"{SECOND}, with Otto")
    team.run("sync")
    team.run("undo", "--yes")
    team.edit(BOARD, "with Otto", "with Otto and Eva")
    team.edit(TABLE, "This week", "Stuck")
    team.run("sync")
    assert rows(team)["Agree what a lead is, with Otto and Eva"]["Status"] == "Stuck"
    assert cards(team)["Agree what a lead is, with Otto and Eva"] == "Stuck"
    is_in_step(team)


def test_what_somebody_wrote_since_the_undone_sync_is_carried_out(team: Desk) -> None:
    team.edit(BOARD, SECOND, f"{SECOND}, with Otto")
    team.run("sync")
    team.edit(BOARD, "with Otto", "with Eva")
    team.run("undo", "--yes")
    team.run("sync")
    assert "Agree what a lead is, with Eva" in rows(team)
    is_in_step(team)


def test_a_card_that_is_taken_back_with_its_sync_is_no_removal_to_answer(team: Desk) -> None:
    say(team, "@ana send the list")
    team.run("sync")
    team.run("undo", "--yes")
    assert "send the list" not in team.read(BOARD).partition("***")[0]
    is_in_step(team)
    assert "Proposed removals" not in cards(team)


def _asked(team: Desk) -> str:
    """Take a promise out of the notes, so that the card asks about the rest; return its words."""
    say(team, "@ana send the list", "Dana: price sheet", "Ben: call", "Ben: ask", "Ana: write")
    team.run("sync")
    team.edit(NOTES, "- [ ] @ana send the list\n", "")
    team.run("sync")
    line = (
        "“send the list” went from “Weekly notes” on 7 Dec and still stands in “Work” and “Tracker”"
    )
    assert line in team.read(BOARD)
    return line


def test_a_question_about_a_removal_stays_when_the_whole_agenda_is_taken_out(team: Desk) -> None:
    line = _asked(team)
    start = team.read(NOTES).index("\n## ")
    team.write(NOTES, team.read(NOTES)[:start] + "\n")
    team.run("sync")
    assert line in team.read(BOARD)
    assert "Proposed removals" in cards(team)
    is_asked_still(team)
    team.edit(BOARD, f"- [ ] {line}", f"- [x] {line}")
    team.run("sync")
    assert "~~send the list~~" in team.read(TABLE)
    assert "Proposed removals" not in team.read(BOARD).partition("***")[0]
    is_in_step(team)


def is_asked_still(team: Desk) -> None:
    before = team.files()
    assert "Acme: everything is in step.\n" in team.run("sync").out
    assert team.files() == before


def test_a_tick_is_the_yes_that_a_removal_needs_however_little_is_left(team: Desk) -> None:
    say(team, "@ana send the list", "Dana: price sheet")
    team.run("sync")
    team.edit(NOTES, "- [ ] @ana send the list\n", "")
    team.run("sync")
    team.edit(BOARD, "- [ ] “send", "- [x] “send")
    team.run("sync")
    assert "send the list" not in team.read(BOARD).partition("***")[0]
    is_in_step(team)


def test_a_question_about_a_removal_stays_when_state_is_lost(team: Desk) -> None:
    line = _asked(team)
    team.forget()
    team.apply()
    for _ in range(2):
        team.run("sync")
        assert f"- [ ] {line}" in team.read(BOARD).partition("***")[0]
    team.edit(BOARD, f"- [ ] {line}", f"- [x] {line}")
    team.run("sync")
    assert "~~send the list~~" in team.read(TABLE)
    assert "send the list" not in team.read(BOARD).partition("***")[0]
    is_in_step(team)


def test_ideas_go_on_to_the_next_agenda_with_their_votes(team: Desk) -> None:
    team.clock.set(2026, 12, 14, 8, 30)
    team.run("sync")
    ideas = "No idea is left from last time.\n\n- Objections page (Ben) +1\n- Demo slots +1 +1\n"
    team.edit(NOTES, "No idea is left from last time.\n", ideas)
    team.clock.set(2026, 12, 21, 8, 30)
    team.run("sync")
    assert "1. Demo slots (2 votes)\n2. Objections page (Ben; 1 vote)\n" in newest(team)


def test_an_idea_in_a_plain_line_goes_on_and_what_the_playbook_says_is_none(team: Desk) -> None:
    asked, other = "Add yours, meeting {{ meeting.number }}.", "Another one? Write it here."
    ideas = "{{ agenda.ideas }}\n"
    team.edit("small/playbook.yaml", ideas, f"{ideas}\n        {asked}\n")
    team.clock.set(2026, 12, 14, 8, 30)
    team.run("sync")
    prompt = "Add yours, meeting 2.\n"
    team.edit(NOTES, prompt, f"{prompt}\nObjections page +1 +1 +1\nDemo slots +1\n")
    is_in_step(team)
    team.edit("small/playbook.yaml", asked, other)
    for day in (21, 28):
        minutes = past(team, f"Mon {day - 7} Dec")
        team.clock.set(2026, 12, day, 8, 30)
        team.run("sync")
        part = newest(team).partition("### Ideas\n\n")[2].partition("\n### ")[0]
        assert part == f"1. Objections page (3 votes)\n2. Demo slots (1 vote)\n\n{other}\n"
        assert past(team, f"Mon {day - 7} Dec") == minutes
        is_in_step(team)


@pytest.mark.parametrize("bullet", ["", "- "])
def test_a_promise_below_the_ideas_is_one_card_and_no_idea(bullet: str, team: Desk) -> None:
    team.write(NOTES, f"{team.read(NOTES)}\n### Ideas\n\n{bullet}@ana writes a page +1\n")
    for day in (14, 21):
        team.clock.set(2026, 12, day, 8, 30)
        team.run("sync")
        assert len(cards(team)) == 2
        assert "No idea is left from last time." in newest(team)
        is_in_step(team)


def test_what_was_decided_and_what_is_tried_stand_in_the_next_agenda(team: Desk) -> None:
    team.write(NOTES, team.read(NOTES) + "\n### Decided\n\n- Ben: owns the price list\n")
    team.write(NOTES, team.read(NOTES) + "\n### Ideas\n\n- Objections page · trying\n")
    team.clock.set(2026, 12, 14, 8, 30)
    team.run("sync")
    assert "\n- Decided: Ben: owns the price list\n" in newest(team)
    assert "- Objections page · trying since Mon 7 Dec\n" in newest(team)
    assert len(cards(team)) == 1, "neither is anybody's promise"
    is_in_step(team)


def test_a_card_that_became_done_on_the_day_of_a_meeting_is_a_win_once(team: Desk) -> None:
    team.clock.set(2026, 12, 14, 8, 30)
    team.edit(TABLE, "Agree what a lead is,This week", "Agree what a lead is,Done")
    team.run("sync")
    assert "- [Agree what a lead is]" in newest(team)
    team.clock.set(2026, 12, 21, 8, 30)
    team.run("sync")
    assert "No card was finished since Mon 14 Dec.\n" in newest(team)


def test_what_nobody_measures_is_named_once_and_then_on_one_line(team: Desk) -> None:
    for day, words in (
        (14, "Not measured yet: Revenue (Ana)."),
        (21, "Still not measured, asked for since Mon 14 Dec: Revenue (Ana)."),
    ):
        team.clock.set(2026, 12, day, 8, 30)
        team.run("sync")
        assert f"\n{words}\n" in newest(team)


def test_who_is_away_is_not_in_the_chair(team: Desk) -> None:
    dana = "  dana: {name: Dana Wu <dana@acme.example>, away: [2026-12-14]}\n"
    team.edit("config.yaml", "  dana: Dana Wu <dana@acme.example>\n", dana)
    team.apply()
    team.clock.set(2026, 12, 14, 8, 30)
    team.run("sync")
    assert "\nChair Ana Silva · notes [to agree: who takes notes?] · away: Dana Wu" in newest(team)


def test_numbers_are_told_beside_those_of_last_time(team: Desk) -> None:
    team.clock.set(2026, 12, 14, 8, 30)
    team.run("sync")
    team.edit("acme/Goals.csv", "51 %", "58 %")
    team.clock.set(2026, 12, 21, 8, 30)
    team.run("sync")
    assert "- **Leads answered in a day**: 58 %, last time 51 %, goal 80 % by 31 Mar" in newest(
        team
    )


def test_campaigns_that_members_add_are_told_of(team: Desk) -> None:
    file = "acme/Campaigns.csv"
    new = "Webinar,1 Dec,18 Dec,,Dana,9 of 21,Ended,\r\nGuide,4 Jan,,Ben,Zoe,,Planned,\r\n"
    team.write(file, team.read(file).rstrip("\r\n") + f"\r\n{new}")
    team.clock.set(2026, 12, 14, 8, 30)
    team.run("sync")
    webinar = "- **Webinar** · ended 18 Dec · accepted 9 of 21 · no counterpart in sales yet"
    assert f"{webinar}: *who is it?* · *waits for its review*" in newest(team)
    assert "- **Guide** · starts 4 Jan · counterpart in sales Ben" in newest(team)
    assert team.read(file).count("Webinar") == 1
    is_in_step(team)


SALES_NOTES = "acme/Sales notes.md"


def sales_meeting(desk: Desk, *lines: str) -> None:
    """Let the sales team meet, and write these lines: it is Thursday, 10 December, 9:45."""
    desk.clock.set(2026, 12, 9, 16, 0)
    desk.run("sync")
    desk.clock.set(2026, 12, 10, 9, 45)
    more = "\n### Promises\n\n" + "".join(f"{line}\n" for line in lines)
    desk.write(SALES_NOTES, desk.read(SALES_NOTES).rstrip("\n") + "\n" + more)


def test_a_team_meeting_names_its_guest_and_opens_with_its_own_promises(team: Desk) -> None:
    say(team, "@ana send the list")
    sales_meeting(team, "- [ ] Ben: learn the price list", "- [x] Ana: call Eva")
    assert "Guest: by turns" in team.read(SALES_NOTES)
    assert team.run("sync").out.startswith("Acme: 2 rows are new, 2 cards are new, 1 guest")
    team.clock.set(2026, 12, 16, 14, 59)
    team.run("sync")
    assert "Thu 17 Dec 2026" not in team.read(SALES_NOTES)
    team.clock.set(2026, 12, 16, 15, 0)
    team.run("sync")
    text = team.read(SALES_NOTES)
    assert "## Thu 17 Dec 2026, 09:30-10:00\n\nGuest: Dana Wu\n" in text
    assert "### Promises from last time: 1 of 2 kept\n\nKept: [call Eva](Work.md#" in text
    assert text.count("learn the price list") == 2
    assert "send the list" not in text, "what was promised elsewhere stays there"
    is_in_step(team)


def test_a_line_of_notes_that_no_block_names_becomes_a_card_and_stands_in_no_other_notes(
    team: Desk,
) -> None:
    sales_meeting(team, "- [ ] Ben: learn the price list by Friday")
    before = team.read(SALES_NOTES)
    team.run("sync")
    assert team.read(SALES_NOTES) == before
    assert cards(team)["learn the price list"] == "This week"
    assert rows(team)["learn the price list"]["Due"] == "2026-12-11"
    is_in_step(team)
    team.edit(SALES_NOTES, "- [ ] Ben: learn", "- [x] Ben: learn")
    team.run("sync")
    assert cards(team)["learn the price list"] == "Done", "a tick counts with the next sync"
    team.edit(TABLE, "learn the price list,Done", "learn the price list,Stuck")
    team.run("sync")
    assert "- [ ] Ben: learn the price list by Friday · Stuck\n" in team.read(SALES_NOTES)
    is_in_step(team)
    team.clock.set(2026, 12, 14, 8, 30)
    team.run("sync")
    assert "Promises from last time: none" in newest(team)
    team.clock.set(2026, 12, 16, 15, 0)
    team.run("sync")
    assert "- [ ] Ben: [learn the price list](Work.md#^card-" in team.read(SALES_NOTES)
    is_in_step(team)


def test_where_nothing_new_is_made_lines_of_such_notes_follow_only_what_they_lead_to(
    team: Desk,
) -> None:
    playbook = team.read("small/playbook.yaml")
    new = "    new: from board:work, table:tracker and document:notes to board:work and table:tracker\n"
    assert new in playbook
    team.write("small/playbook.yaml", playbook.replace(new, ""))
    team.apply()
    sales_meeting(team, "- [ ] Ben: learn it", "- [ ] Ana: [that](Work.md#^card-agree)")
    team.run("sync")
    team.edit(SALES_NOTES, "- [ ] Ana:", "- [x] Ana:")
    team.run("sync")
    assert cards(team) == {"Agree what a lead is": "Done"}
    is_in_step(team)


def test_a_team_meeting_tells_of_the_work_and_the_numbers_of_that_team(team: Desk) -> None:
    team.edit("acme/Goals.csv", "80 %,31 Mar,", "80 %,31 Mar,Marketing")
    team.edit("acme/Goals.csv", "Not measured yet", "12 (9 Dec)")
    say(
        team,
        "Ben: call Legal by Fri 18 Dec",
        "Ana: price list",
        "Dana: fair",
        "Dana: mail by 18 Dec",
    )
    team.run("sync")
    team.edit(TABLE, "price list,This week", "price list,Stuck")
    team.edit(TABLE, "fair,This week", "fair,Stuck")
    team.clock.set(2026, 12, 16, 15, 0)
    team.run("sync")
    text = team.read("acme/Sales notes.md").partition("## Thu 17 Dec")[2].partition("\n## ")[0]
    assert "**Revenue**: 12 (9 Dec)" in text
    assert "Leads answered" not in text
    assert "- [price list](Work.md#" in text
    assert "- Due by Thu 24 Dec: [call Legal](Work.md#" in text
    assert "fair" not in text
    assert "mail" not in text


def test_a_meeting_that_members_cancelled_has_no_agenda(team: Desk) -> None:
    calendar = next(name for name in team.files() if name.endswith(".ics"))
    text = team.read(calendar)
    event = text[text.index("BEGIN:VEVENT") :]
    event = next(e for e in event.split("BEGIN:VEVENT") if "SUMMARY:Weekly" in e)
    team.edit(
        calendar,
        event,
        event.replace("SUMMARY:", "EXDATE;TZID=Europe/London:20261214T100000\r\nSUMMARY:"),
    )
    team.clock.set(2026, 12, 14, 9, 0)
    team.run("sync")
    assert "14 Dec" not in team.read(NOTES)
    team.clock.set(2026, 12, 21, 9, 0)
    team.run("sync")
    assert "Mon 21 Dec 2026, 10:00-10:45 · meeting 2\n" in newest(team)


BEN = "  ben: Ben Okoye <ben@acme.example>\n"
BEN_LEAVES = "  ben: {name: Ben Okoye <ben@acme.example>, left: 2026-12-07, work-to: dana}\n"


def test_promises_of_who_left_go_to_who_takes_over_wherever_they_show(team: Desk) -> None:
    say(team, "Ben Okoye: call Legal by Friday", "@ben print the list", "@ana send the list")
    team.run("sync")
    team.edit(NOTES, "- [ ] @ben print", "- [x] @ben print")
    team.edit(TABLE, "call Legal,This week,Ben Okoye", "call Legal,This week,ben")
    team.run("sync")
    team.edit("config.yaml", BEN, BEN_LEAVES)
    assert team.run("sync").out == "Acme: everything is in step.\n", "config waits for apply"
    plan = team.run("plan").out
    assert "Ben Okoye’s 1 open promise goes to Dana Wu with the next sync." in plan
    assert "still names Ben" not in plan
    team.apply()
    assert "- [ ] Ben Okoye: call Legal by Friday\n" in team.read(NOTES)
    team.run("sync")
    assert "- [ ] Dana: call Legal by Friday\n" in team.read(NOTES)
    assert "call Legal,This week,Dana Wu" in team.read(TABLE)
    assert team.read(BOARD).count("Owner: Dana Wu") == 1
    assert "- [x] @ben print the list\n" in team.read(NOTES), "what is done keeps the name"
    assert "print the list,Done,Ben Okoye" in team.read(TABLE)
    assert team.read(BOARD).count("Owner: Ben Okoye") == 1
    is_in_step(team)


def test_who_took_on_a_promise_of_who_left_keeps_it(team: Desk) -> None:
    say(team, "@ben call Legal by Friday")
    team.run("sync")
    team.edit("config.yaml", BEN, BEN_LEAVES)
    team.apply()
    team.edit(TABLE, "call Legal,This week,Ben Okoye", "call Legal,This week,ana")
    assert "disagree" not in team.run("sync").out
    assert "- [ ] @ana call Legal by Friday\n" in team.read(NOTES)
    assert "Owner: Ana Silva" in team.read(BOARD)
    is_in_step(team)


def test_whoever_is_simply_taken_out_of_config_hands_over_to_the_lead_of_their_team(
    team: Desk,
) -> None:
    say(team, "@ben call Legal by Friday")
    team.run("sync")
    team.clock.set(2026, 12, 14, 8, 30)
    team.run("sync")
    team.edit("config.yaml", BEN, "")
    team.edit("config.yaml", "members: [ana, ben]", "members: [ana]")
    team.apply()
    team.run("sync")
    assert "- [ ] @ben call Legal by Friday\n" in past(team, "Mon 7 Dec")
    assert "- [ ] Ana: [call Legal]" in newest(team)
    assert "Ben" not in newest(team)
    assert "Owner: Ana Silva" in team.read(BOARD)
    is_in_step(team)


def test_lost_state_ties_the_lines_to_their_cards_again(team: Desk) -> None:
    say(team, "@ana send the list by Friday")
    team.run("sync")
    team.clock.set(2026, 12, 14, 8, 30)
    team.run("sync")
    team.forget()
    team.apply(code=None)
    for _ in range(2):
        team.run("sync", code=None)
    assert team.read(NOTES).count("Mon 14 Dec 2026") == 1
    assert list(cards(team)).count("send the list") == 1
    team.edit(NOTES, "3 days late · This week", "3 days late · Stuck")
    team.run("sync")
    assert cards(team)["send the list"] == "Stuck"


def test_after_a_lost_state_closed_minutes_say_nothing_and_their_promises_go_on(team: Desk) -> None:
    say(team, "Ben: send the list by Friday")
    team.run("sync")
    team.clock.set(2026, 12, 14, 8, 30)
    team.run("sync")
    say(team, "Dana: price sheet", "Dana: call Legal")
    team.run("sync")
    team.clock.set(2026, 12, 14, 12, 0)
    team.edit(
        TABLE, "send the list,This week,Ben Okoye,2026-12-11", "send the list,Stuck,Ana Silva,"
    )
    team.edit(TABLE, "call Legal,This week,Dana Wu", "call Legal,This week,Ben Okoye")
    team.run("sync")
    minutes, board, table = team.read(NOTES), team.read(BOARD), rows(team)
    team.forget()
    team.apply(code=None)
    for _ in range(2):
        assert "conflict" not in team.run("sync", code=None).out
    assert "may be the same" not in team.run("status", code=None).out
    assert (team.read(NOTES), team.read(BOARD), rows(team)) == (minutes, board, table)
    is_in_step(team)
    team.clock.set(2026, 12, 21, 8, 30)
    team.run("sync")
    assert "Ana: [send the list](Work.md" in newest(team)
    assert "Dana: [price sheet](Work.md" in newest(team)
    assert past(team, "Mon 14 Dec 2026") == minutes[minutes.index("## Mon 14 Dec 2026") :]


def test_an_agenda_names_the_guests_of_the_week_in_the_order_of_their_days(team: Desk) -> None:
    more = """\
  market:
    title: Marketing
    when: every Wednesday at 9:30 for 30 minutes
    invite: [marketing]
    guest: one of sales
sync:
"""
    playbook = team.read("small/playbook.yaml")
    team.write("small/playbook.yaml", playbook.replace("sync:\n", more))
    team.apply()
    team.clock.set(2026, 12, 14, 8, 30)
    team.run("sync")
    head = newest(team).partition("### ")[0]
    assert head.index("Wednesday, “Marketing”") < head.index("Thursday, “Sales”")


def test_the_first_agenda_that_a_member_took_away_is_not_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = new_desk(tmp_path, monkeypatch)
    config = TEAM.replace("playbook: smarketing", "playbook: ./small")
    desk.write("config.yaml", config.replace("parts: [essentials]\n", ""))
    desk.write("small/playbook.yaml", PLAYBOOK)
    desk.clock.set(2026, 12, 6, 18)
    desk.apply()
    text = desk.read(NOTES)
    desk.write(NOTES, text[: text.index("## Mon 7 Dec 2026")])
    desk.clock.set(2026, 12, 7, 8, 30)
    desk.run("sync")
    assert "7 Dec" not in desk.read(NOTES)
    desk.clock.set(2026, 12, 14, 8, 30)
    desk.run("sync")
    assert "## Mon 14 Dec 2026" in desk.read(NOTES)


def test_an_agenda_that_was_there_is_not_written_again_though_the_state_was_lost(
    team: Desk,
) -> None:
    team.clock.set(2026, 12, 14, 8, 30)
    team.run("sync")
    team.forget()
    team.apply()
    team.run("sync")
    text = team.read(NOTES)
    begin, end = text.index("## Mon 14 Dec 2026"), text.index("## Mon 7 Dec 2026")
    team.write(NOTES, text[:begin] + text[end:])
    team.run("sync")
    assert "## Mon 14 Dec 2026" not in team.read(NOTES)
