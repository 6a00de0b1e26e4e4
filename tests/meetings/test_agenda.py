"""What an agenda says of what is known, and that it makes nothing up of what is not."""

from datetime import date

from smarketing.meetings import agenda
from smarketing.meetings.agenda import Filling, token
from smarketing.meetings.told import Campaign, Idea, Material, Number, Promise, Work
from smarketing.sync.statuses import Status, vocabulary
from smarketing.sync.words import Knowing

MONDAY = date(2026, 12, 14)
PEOPLE = {"ana": "Ana Silva", "dana": "Dana Wu"}
WORDS = vocabulary([Status("week", "This week"), Status("done", "Done", (), True)])
FILLING = Filling(
    Knowing(PEOPLE, WORDS, MONDAY), {"date": "Mon 14 Dec 2026", "time": "10:00-10:45"}
)


def test_where_nothing_is_known_each_point_says_so_in_a_sentence() -> None:
    empty = Material()
    for said in (
        agenda.promises(empty, FILLING),
        agenda.wins(empty),
        agenda.stuck(empty, MONDAY),
        agenda.campaigns(None),
        agenda.campaigns(()),
        agenda.ideas(()),
        agenda.numbers(()),
    ):
        assert said.endswith((".", "?")), said
        assert "[to agree" not in said


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
    text = agenda.numbers(
        [
            Number("Answered", "58 % (31 of 53)", "80 %", "31 Mar", "Ana Silva", "51 %"),
            Number("Accepted", "7 of 10", owner="Dana Wu"),
            Number("Revenue", "Not measured yet", "[to agree: how much?, Ana]", owner="Ana Silva"),
            Number("Kept", "starts with the second meeting"),
        ]
    )
    assert text == (
        "- **Answered**: 58 % (31 of 53), last time 51 %, goal 80 % by 31 Mar\n"
        "- **Accepted**: 7 of 10, [to agree: which goal?, Dana Wu]\n\n"
        "Not measured yet: Revenue (Ana) and Kept."
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


def test_text_of_a_board_stays_text_in_the_agenda() -> None:
    material = Material(wins=[Work("[Click](https://evil.example) *now*", owner="Ana Silva")])
    assert agenda.wins(material) == "- \\[Click\\](https://evil.example) \\*now\\* (Ana)"


def test_a_campaign_that_ended_is_to_be_reviewed() -> None:
    ended = Campaign("Webinar", status="Ended", ends="18 Dec", result="9 of 21", counterpart="Ben")
    assert agenda.campaigns([ended]) == (
        "- **Webinar** · ended 18 Dec · accepted 9 of 21 · counterpart in sales Ben · "
        "*Review it today*"
    )


def test_ideas_stand_in_the_order_of_their_votes() -> None:
    found = agenda.ideas([Idea("A page"), Idea("A list (Ben)", 1), Idea("A slot", 3)])
    assert found == "1. A slot (3 votes)\n2. A list (Ben; 1 vote)\n3. A page"
