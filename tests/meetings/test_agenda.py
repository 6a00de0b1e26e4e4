"""What an agenda says of what is known, and that it makes nothing up of what is not."""

from datetime import date

from smarketing.agenda import agenda
from smarketing.agenda.agenda import token
from smarketing.agenda.figures import numbers, scores, told_once
from smarketing.agenda.promised import Filling, carried_on, decided, promised, promises
from smarketing.agenda.told import (
    Campaign,
    Decision,
    Idea,
    Material,
    Number,
    Promise,
    Score,
    Work,
)
from smarketing.kinds import THERE
from smarketing.meetings.material import Holdings
from smarketing.meetings.standing import Standing
from smarketing.minutes.lines import lines_in
from smarketing.minutes.words import Knowing
from smarketing.state.record import Binding, Record
from smarketing.sync.statuses import Status, vocabulary

MONDAY = date(2026, 12, 14)
PEOPLE = {"ana": "Ana Silva", "dana": "Dana Wu"}
WORDS = vocabulary([Status("week", "This week"), Status("done", "Done", (), True)])
KNOWING = Knowing(PEOPLE, WORDS, MONDAY)
FILLING = Filling(KNOWING, {"date": "Mon 14 Dec 2026", "time": "10:00-10:45"})


def test_where_nothing_is_known_each_point_says_so_on_one_short_line() -> None:
    empty = Material()
    for said in (
        promises((), FILLING),
        agenda.wins(empty, MONDAY),
        agenda.stuck(empty, MONDAY),
        agenda.campaigns(None, MONDAY),
        agenda.campaigns((), MONDAY),
        agenda.ideas((), MONDAY),
        numbers((), MONDAY),
        scores(()),
    ):
        assert "\n" not in said
        assert len(said) < 80
        assert "[to agree" not in said
    assert agenda.due((), MONDAY) == decided((), MONDAY) == ""


def test_a_point_that_has_nothing_to_say_leaves_no_gap() -> None:
    frame = f"## Today\n\n{token('decided')}\n\n{token('stuck')}\n{token('due')}\n\n### End"
    text = agenda.agenda(frame, FILLING, Material())
    assert text == "## Today\n\nNothing is stuck, and nothing is late.\n\n### End\n"


def test_promises_are_counted_by_what_was_due() -> None:
    made = [
        Promise("kept early", due=date(2026, 12, 18), is_kept=True),
        Promise("overdue", due=date(2026, 12, 11)),
        Promise("without a day"),
        Promise("due today", due=MONDAY),
        Promise("still running", due=date(2026, 12, 18)),
    ]
    assert promises(made, FILLING).splitlines()[0] == (
        "### Promises from last time: 1 of 3 kept, 1 due today, 1 not due yet"
    )
    assert promises(made[4:], FILLING).splitlines()[0].endswith(": 1 not due yet")


def test_a_promise_that_was_kept_after_its_day_is_counted_apart() -> None:
    late = Promise("list", "Ana Silva", date(2026, 12, 4), is_kept=True, was_late=True)
    made = [late, Promise("sheet", "Dana Wu", is_kept=True), Promise("page")]
    assert promises(made, FILLING).startswith(
        "### Promises from last time: 1 of 3 kept, 1 kept late\n\n"
        "Kept: sheet (Dana). Kept late: list (Ana).\n\n- [ ] page"
    )
    assert promises([late], FILLING).endswith("0 of 1 kept, 1 kept late\n\nKept late: list (Ana).")


def test_a_promise_is_carried_only_when_its_day_had_come() -> None:
    running = Promise("page", due=date(2026, 12, 18))
    assert carried_on(running, 2, MONDAY).carried == 2
    assert carried_on(Promise("list"), 2, MONDAY).carried == 3
    assert "carried twice" in promised(carried_on(running, 2, MONDAY), FILLING)
    late = carried_on(Promise("sheet", due=date(2026, 12, 11)), 0, MONDAY)
    assert promised(late, FILLING) == "sheet · due Fri 11 Dec, 3 days late"
    again = (
        "sheet · due Fri 11 Dec, 3 days late · carried 3 times: finish it, drop it or hand it over"
    )
    assert promised(carried_on(late, 2, MONDAY), FILLING) == again
    postponed = Promise("sheet", due=date(2026, 12, 18), carried=3)
    assert promised(postponed, FILLING).endswith("carried 3 times"), "its day has not come"


def test_what_was_decided_comes_back_on_a_line_that_is_nobodys_promise() -> None:
    week, old = date(2026, 12, 7), date(2026, 11, 30)
    found = [Decision("Ana: owns the price list", week), Decision("Until 14 Dec", old, True)]
    assert decided(found, MONDAY) == (
        "- Decided: Ana: owns the price list\n"
        "- Decided Mon 30 Nov: Until 14 Dec · *the day has come: is it so?*"
    )
    assert not [
        each
        for each in lines_in(f"### Promises\n\n{decided(found, MONDAY)}", KNOWING)
        if each.is_action
    ]


def test_a_frame_that_forgot_the_promises_and_its_heading_gets_both() -> None:
    material = Material(promises=[Promise("Price sheet", "Dana Wu", status="This week")])
    text = agenda.agenda("Hello.", FILLING, material)
    assert text == (
        "## Mon 14 Dec 2026, 10:00-10:45\n\nHello.\n\n"
        "### Promises from last time: 0 of 1 kept\n\n- [ ] Dana: Price sheet · This week\n"
    )
    framed = f"## Today\n\n{token('promises')}\n\n{token('wins')}"
    assert agenda.agenda(framed, FILLING, material).startswith("## Today\n\n### Promises")


def test_a_number_without_a_goal_asks_for_one_and_an_unmeasured_one_is_named() -> None:
    text = numbers(
        [
            Number("Answered", "58 % (31 of 53)", "80 %", "31 Mar", "Ana Silva", "51 %"),
            Number("Accepted", "7 of 10", owner="Dana Wu"),
            Number("Revenue", "Not measured yet", "[to agree: how much?, Ana]", owner="Ana Silva"),
            Number("Kept", "starts with the second meeting"),
        ],
        MONDAY,
    )
    assert text == (
        "- **Answered**: 58 % (31 of 53), last time 51 %, goal 80 % by 31 Mar\n"
        "- **Accepted**: 7 of 10, [to agree: which goal?, Dana Wu]\n\n"
        "Not measured yet: Revenue (Ana); Kept.\n\n"
        "What do we do differently until next time, and who?"
    )


def test_what_stays_unmeasured_takes_one_line_and_after_three_weeks_asks() -> None:
    since = date(2026, 11, 30)
    found = [
        Number(title, owner="Ana Silva", since=since) for title in ("Leads", "Orders", "Visits")
    ]
    said = "Still not measured, asked for since Mon 30 Nov: Leads, Orders (Ana) and 1 more."
    assert numbers(found, MONDAY) == said, "and nothing asks what a number that is not there means"
    assert numbers(found, date(2026, 12, 21)) == (
        f"{said} *Ana, do we count “Leads” by Friday, if only by hand, or strike it from the table?*"
    )


def test_numbers_that_were_asked_for_since_different_days_give_none_of_them_a_wrong_one() -> None:
    found = [Number("Leads", since=date(2026, 12, 7)), Number("Orders", since=date(2026, 11, 30))]
    said = "Still not measured, asked for, the first since Mon 30 Nov: Orders, Leads."
    assert numbers(found, MONDAY) == said


def test_a_number_that_says_where_it_is_told_is_told_there_and_lends_its_goal() -> None:
    told = told_once(
        [
            Number(
                "Answer leads in a day", "Not yet", "8 of 10", "31 Mar", source="Row Leads answered"
            ),
            Number("Leads answered", "5 of 10", "[to agree: which share?, Ana]"),
            Number("Promises kept", "Not measured yet", source="Weekly notes"),
            Number("Orders", "Not yet", "9", source="Row Revenue"),
            Number("Revenue", "Not yet", source="Row Orders"),
        ],
        "Weekly notes",
    )
    assert told == [
        Number("Leads answered", "5 of 10", "8 of 10", "31 Mar"),
        Number("Revenue", "Not yet", "9", source="Row Orders"),
    ], "of two that name each other one stays"


def test_the_question_on_which_the_teams_differ_most_comes_first() -> None:
    found = [
        Score("Open?", "3", "3.5", ("2", "2")),
        Score("Meet?", "3.1", "2.2"),
        Score("Talk?", "Next quarter", "2"),
    ]
    assert scores(found) == (
        "- **Meet?** sales 3.1, marketing 2.2: 0.9 apart\n"
        "- **Open?** sales 3, marketing 3.5: 0.5 apart · the first time 2 and 2\n\n"
        "Not answered by both teams yet: Talk?"
    )


def test_what_is_stuck_says_for_how_long_and_whom_it_asks() -> None:
    since = date(2026, 12, 8)
    material = Material(
        stuck=[
            Work("Fair list", "board:work/card:fair", "Ana Silva", since, None, "Legal"),
            Work("Old one"),
        ],
        late=[Work("Price sheet", owner="Dana Wu", due=date(2026, 12, 11))],
    )
    assert agenda.stuck(material, MONDAY) == (
        "- [Fair list](link:board:work/card:fair): waits for Legal, 6 days now. "
        "*Ana, who can free it this week?*\n"
        "- Old one: stuck. *Who takes it on?*\n"
        "- Late: Price sheet (Dana, 3 days). *What is in the way, and what is the new day?*"
    )


def test_what_is_late_for_longer_is_counted_rather_than_repeated() -> None:
    long = [Work(f"Old {n}", owner="Ana Silva", due=date(2026, 11, n)) for n in (3, 2, 4)]
    material = Material(date(2026, 12, 7), late=[*long, Work("New", due=date(2026, 12, 8))])
    assert agenda.stuck(material, MONDAY) == (
        "- Late: New (nobody's, 6 days). *What is in the way, and what is the new day?*\n"
        "- Late for longer: Old 2 (Ana, 42 days), Old 3 (Ana, 41 days) and 1 more. "
        "*A new day, or drop it?*"
    )


def test_text_of_a_board_stays_text_in_the_agenda() -> None:
    material = Material(wins=[Work("[Click](https://evil.example) *now*", owner="Ana Silva")])
    assert agenda.wins(material, MONDAY) == "- \\[Click\\](https://evil.example) \\*now\\* (Ana)"


def test_a_campaign_says_what_is_to_be_settled_about_it() -> None:
    ended = Campaign("Webinar", status="Ended", ends="11 Dec", result="9 of 21", counterpart="Ben")
    planned = Campaign("Guide", status="Planned", starts="11 Dec", counterpart="Ben")
    running = Campaign("Fair", status="Running", ends="11 Dec", result="2 of 3", counterpart="Ben")
    assert agenda.campaigns([ended, planned, running], MONDAY) == (
        "- **Webinar** · ended 11 Dec · accepted 9 of 21 · counterpart in sales Ben · "
        "*waits for its review*\n"
        "- **Guide** · was to start 11 Dec: *does it run?* · counterpart in sales Ben\n"
        "- **Fair** · was to end 11 Dec: *has it ended?* · accepted 2 of 3 · counterpart in sales Ben"
    )


def test_ideas_stand_in_the_order_of_their_votes_behind_those_that_are_tried() -> None:
    trying = [Idea("A demo", 3, date(2026, 12, 7)), Idea("A call (Ana)", 2, date(2026, 11, 30))]
    found = [Idea("A page"), Idea("A list (Ben)", 1), Idea("A slot", 3), *trying]
    assert agenda.ideas(found, MONDAY) == (
        "- A demo · trying since Mon 7 Dec\n"
        "- A call (Ana) · trying since Mon 30 Nov · "
        "*what came of it? Write “· kept” or “· dropped” behind it*\n\n"
        "1. A slot (3 votes)\n2. A list (Ben; 1 vote)\n3. A page"
    )


def test_a_card_whose_list_nobody_knows_yet_has_no_status() -> None:
    hub = {"title": "Call who waits", "parent": "@m5", "existence": THERE}
    card = Record("board:work/card:call", "card", "trello", hub, binding=Binding("m6"))
    held = Holdings({card.address: card}, WORDS, Standing())
    assert held.status_of(card) == ""
    assert not held.is_done(card)
