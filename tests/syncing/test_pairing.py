"""Which new thing at one place is an action item that another shows."""

from smarketing.state.action import copy_address, own_address

from .desk import CARD, DONE, ROW, Desk, card, line, row
from .places import BOARD, TABLE


def test_the_same_title_and_one_more_equal_field_is_likely_the_same() -> None:
    agreed = Desk().hear(card("Call Ana", owner="Zoe"), row("call  ana", "Done", owner="Zoe"))
    assert [(tie.address, tie.confidence) for tie in agreed.ties] == [(ROW, "likely")]
    assert [conflict.field for conflict in agreed.conflicts] == ["status"]


def test_what_differs_in_more_than_it_shares_is_not_the_same() -> None:
    agreed = Desk().hear(card("Call Ana", owner="Zoe"), row("Call Ana", owner="Ben"))
    assert not agreed.ties
    assert [doubt.address for doubt in agreed.doubts] == [ROW]


def test_quotes_that_a_tool_made_curly_are_the_same_quotes() -> None:
    agreed = Desk().hear(card('Ana\'s "list"'), row("Ana’s “list”"))
    assert len(agreed.ties) == 1


def test_the_same_title_alone_is_doubtful_and_nothing_is_made_until_somebody_says_more() -> None:
    desk = Desk()
    said = card("Follow up", DONE, owner="Zoe"), row("Follow up", owner="Ben")
    first = desk.hear(*said)
    assert [(doubt.address, doubt.others) for doubt in first.doubts] == [(ROW, (CARD,))]
    assert TABLE not in {birth.place for birth in first.births}
    assert desk.hear(*said).doubts
    same = desk.hear(said[0], row("Follow up", "Done", owner="Zoe"))
    assert [tie.address for tie in same.ties] == [ROW]


def test_another_title_is_the_answer_that_two_things_are_two() -> None:
    desk = Desk(f"from {TABLE} to {BOARD}")
    desk.hear(card("Follow up", DONE, owner="Zoe"), row("Follow up", owner="Ben"))
    agreed = desk.hear(card("Follow up", DONE, owner="Zoe"), row("Follow up at Acme", owner="Ben"))
    assert not agreed.doubts
    assert [(birth.place, birth.key) for birth in agreed.births] == [(BOARD, ROW)]


def test_of_several_that_are_called_alike_each_finds_the_one_that_is_clearly_its_own() -> None:
    other = f"{BOARD}/card:other", f"{TABLE}/row:other"
    agreed = Desk("nowhere").hear(
        card("Call", owner="Zoe", due="2026-12-18"),
        card("Call", owner="Ben", due="2026-12-21", address=other[0]),
        row("Call", owner="Ben", due="2026-12-21", address=other[1]),
        row("Call", owner="Zoe", due="2026-12-18"),
    )
    assert {(tie.key, tie.address) for tie in agreed.ties} == {(CARD, ROW), other}


def test_where_two_come_into_question_none_is_taken() -> None:
    agreed = Desk().hear(card("Call"), card("Call", address=f"{BOARD}/card:other"), row("Call"))
    assert not agreed.ties
    assert [doubt.address for doubt in agreed.doubts] == [ROW]


def test_a_link_that_leads_to_the_other_is_certain() -> None:
    url = "https://trello.com/c/1"
    agreed = Desk().hear(card("Call Ana", url=url), row("Phone Ana", "Done", link=url))
    assert [(tie.address, tie.confidence) for tie in agreed.ties] == [(ROW, "certain")]


def test_what_was_deleted_and_typed_again_is_taken_for_what_it_was() -> None:
    desk = Desk()
    births = {b.place: b for b in desk.hear(card("Call Ana", owner="Zoe")).births}
    copy = line("Call Ana", address=next(b.address for p, b in births.items() if p != TABLE))
    again = row("Call Ana", owner="Zoe", address=own_address(TABLE, "7"))
    agreed = desk.hear(card("Call Ana", owner="Zoe"), copy, again)
    assert not agreed.births
    assert not agreed.proposals


def test_a_second_bearer_of_our_key_is_told_and_never_spread() -> None:
    desk = Desk(f"from {BOARD} to {TABLE}")
    address = copy_address(TABLE, CARD)
    desk.hear(card("Call Ana", owner="Zoe"))
    desk.hear(card("Call Ana", owner="Zoe"))  # the copy is gone
    typed = row("Call Ana", owner="Zoe", address=own_address(TABLE, "7"))
    desk.hear(card("Call Ana", owner="Zoe"), typed)
    agreed = desk.hear(card("Call Ana", owner="Zoe"), typed, row("Call Ana", address=address))
    assert [doubt.address for doubt in agreed.doubts] == [address]
    assert not agreed.births


def test_many_things_of_one_title_are_told_apart_in_reasonable_time() -> None:
    days = [f"2027-{month:02}-{day:02}" for month in range(1, 9) for day in range(1, 21)]
    cards = [card("Call", due=day, address=f"{BOARD}/card:c{day}") for day in days]
    rows = [row("Call", due=day, address=f"{TABLE}/row:c{day}") for day in days]
    agreed = Desk("nowhere").hear(*cards, *rows)
    assert {tie.key[-10:] == tie.address[-10:] for tie in agreed.ties} == {True}
    assert len(agreed.ties) == len(days)
