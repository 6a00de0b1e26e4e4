"""What several places say of one thing becomes what each of them shows."""

from dataclasses import replace

import pytest

from smarketing.kinds import ARCHIVED, GONE
from smarketing.state.action import Said, copy_address
from smarketing.sync.agreeing import as_viewed
from smarketing.sync.checklist import as_hub, done_of, render
from smarketing.sync.folding import side_that_stands
from smarketing.sync.heirs import Heirs
from smarketing.sync.missing import Missing
from smarketing.sync.proposals import Answers

from .desk import CARD, DOING, DONE, LINE, ROW, SPOKEN, WEEK, Desk, card, line, row
from .places import BOARD, NOTES, TABLE


def in_step(prefer: str = "", new: str = "nowhere") -> Desk:
    """Return a desk on which a card, a row and a line are one thing, and agree."""
    desk = Desk(new, prefer)
    first = desk.hear(card("Call Ana"), row("Call Ana"), line("Call Ana", "[ ]"))
    assert {tie.confidence for tie in first.ties} == {"likely"}
    assert not first.wanted
    return desk


def test_a_card_that_is_moved_changes_the_row_and_the_line_and_then_all_is_quiet() -> None:
    desk = in_step()
    agreed = desk.hear(card("Call Ana", DONE), row("Call Ana"), line("Call Ana"))
    assert agreed.wanted == {ROW: {"status": "Done"}, LINE: {"status": "[x]"}}
    again = desk.hear(card("Call Ana", DONE), row("Call Ana", "Done"), line("Call Ana", "[x]"))
    assert not again.wanted
    assert again.actions == agreed.actions


def test_a_tick_taken_away_returns_to_the_last_status_without_one() -> None:
    desk = in_step()
    desk.hear(card("Call Ana", DOING), row("Call Ana"), line("Call Ana"))
    ticked = desk.hear(card("Call Ana", DOING), row("Call Ana", "Doing"), line("Call Ana", "[x]"))
    assert ticked.wanted == {CARD: {"status": DONE}, ROW: {"status": "Done"}}
    back = desk.hear(card("Call Ana", DONE), row("Call Ana", "Done"), line("Call Ana", "[ ]"))
    assert back.wanted == {CARD: {"status": DOING}, ROW: {"status": "Doing"}}


def test_a_tick_does_not_speak_of_what_it_cannot_tell_apart() -> None:
    desk = in_step()
    desk.hear(card("Call Ana", DOING), row("Call Ana"), line("Call Ana"))
    agreed = desk.hear(card("Call Ana", DOING), row("Call Ana", "Doing"), line("Call Ana", "[ ]"))
    assert not agreed.wanted
    assert agreed.actions[CARD].hub["status"] == "doing"


def test_a_list_that_a_member_made_is_a_status_and_its_card_is_never_pulled_back() -> None:
    desk = in_step()
    agreed = desk.hear(card("Call Ana", "@ideas"), row("Call Ana"), line("Call Ana"))
    assert agreed.wanted == {ROW: {"status": "Ideas"}}
    again = desk.hear(card("Call Ana", "@ideas"), row("Call Ana", "Ideas"), line("Call Ana"))
    assert not again.wanted


def test_a_value_that_was_cleared_is_cleared_everywhere_and_one_that_is_absent_says_nothing() -> (
    None
):
    desk = in_step()
    desk.hear(card("Call Ana", due="2026-12-18"), row("Call Ana"), line("Call Ana"))
    rest = row("Call Ana", due="2026-12-18"), line("Call Ana", due="2026-12-18")
    agreed = desk.hear(card("Call Ana", due=None), *rest)
    assert agreed.wanted == {ROW: {"due": None}, LINE: {"due": None}}


@pytest.mark.parametrize(
    ("prefer", "stands", "yields"), [("", "Ben", "Zoe"), (TABLE, "Zoe", "Ben")]
)
def test_of_two_members_the_preferred_side_stands_and_the_other_is_shown_once(
    prefer: str, stands: str, yields: str
) -> None:
    desk = in_step(prefer)
    said = card("Call Ana", owner="Ben"), row("Call Ana", owner="Zoe"), line("Call Ana")
    first = desk.hear(*said)
    assert [(c.field, c.yielded.value, c.yielded.stands) for c in first.conflicts] == [
        ("owner", yields, stands)
    ]
    settled = (one(owner=stands) for one in (_card, _row, _line))
    again = desk.hear(*settled)
    assert not again.conflicts
    [action] = again.actions.values()
    assert action.yielded["owner"][0].value == yields


def _card(**fields: str):  # type: ignore[no-untyped-def]
    return card("Call Ana", **fields)


def _row(**fields: str):  # type: ignore[no-untyped-def]
    return row("Call Ana", **fields)


def _line(**fields: str):  # type: ignore[no-untyped-def]
    return line("Call Ana", **fields)


def test_the_next_edit_of_the_field_anywhere_settles_a_conflict() -> None:
    desk = in_step()
    desk.hear(_card(owner="Ben"), _row(owner="Zoe"), _line())
    agreed = desk.hear(_card(owner="Ben"), _row(owner="Ben"), _line(owner="Kim"))
    assert not agreed.actions[CARD].yielded
    assert agreed.wanted == {CARD: {"owner": "Kim"}, ROW: {"owner": "Kim"}}


def test_a_place_that_was_down_has_its_say_later_and_then_follows() -> None:
    desk = in_step()
    desk.hear(card("Call Ben"), line("Call Ana"), down=(TABLE,))
    agreed = desk.hear(card("Call Ben"), row("Call Ana", owner="Zoe"), line("Call Ben"))
    assert agreed.wanted[ROW] == {"title": "Call Ben"}
    assert agreed.wanted[CARD] == {"owner": "Zoe"}


def test_who_stands_against_what_is_not_written_yet_is_decided_by_rank() -> None:
    desk = in_step()
    agreed = desk.hear(card("Call Ana"), row("Call Ana", owner="Zoe"), line("Call Ana"))
    action = agreed.actions[CARD]
    assert side_that_stands(desk.block, action, BOARD, "owner") == "now"
    assert side_that_stands(desk.block, action, NOTES, "owner") == "hub"
    assert side_that_stands(desk.block, action, NOTES, "nobody-set-it") == "now"


def test_what_a_record_shows_after_it_was_set_counts_as_seen() -> None:
    desk = in_step()
    agreed = desk.hear(card("  Call  Ben"), row("Call Ana"), line("Call Ana"))
    desk.actions = as_viewed(agreed, {ROW: {"title": "Call Ben"}, LINE: {"title": "Call Ben"}})
    again = desk.hear(card("  Call  Ben"), row("Call Ben"), line("Call Ben"))
    assert not again.wanted


# New things


def test_what_is_new_appears_everywhere_once_under_a_key_that_leads_back_to_it() -> None:
    desk = Desk()
    agreed = desk.hear(card("Call Ana", DOING, owner="Zoe"))
    births = {birth.place: birth for birth in agreed.births}
    assert births.keys() == {TABLE, NOTES}
    assert births[TABLE].address == copy_address(TABLE, CARD)
    assert births[TABLE].fields["status"] == "Doing"
    assert births[NOTES].fields["owner"] == "Zoe"
    copies = (
        row("Call Ana", "Doing", births[TABLE].address, owner="Zoe"),
        line("Call Ana", "[ ]", births[NOTES].address, owner="Zoe"),
    )
    again = desk.hear(card("Call Ana", DOING, owner="Zoe"), *copies)
    assert not again.births
    assert not again.wanted


def test_a_direction_makes_copies_one_way_only() -> None:
    desk = Desk(f"from {BOARD} to {TABLE}")
    agreed = desk.hear(card("Call Ana"), row("Ask Ben"), line("Write Cleo"))
    assert [(birth.place, birth.key) for birth in agreed.births] == [(TABLE, CARD)]


def test_a_copy_links_to_what_it_is_a_copy_of() -> None:
    desk = Desk()
    agreed = desk.hear(card("Call Ana", url="https://trello.com/c/1"))
    assert {birth.fields["link"] for birth in agreed.births} == {"https://trello.com/c/1"}


def test_a_row_without_a_title_waits_until_it_has_one() -> None:
    desk = Desk()
    assert not desk.hear(row("")).births
    assert len(desk.hear(row("Call Ana")).births) == 2


# Removals


def test_what_is_removed_at_one_place_stays_at_the_others_and_is_proposed() -> None:
    desk = in_step(new="everywhere")
    agreed = desk.hear(card("Call Ana", existence=ARCHIVED), row("Call Ana"), line("Call Ana"))
    assert not agreed.wanted
    assert not agreed.births
    [proposal] = agreed.proposals
    assert (proposal.title, dict(proposal.closed), proposal.still_at) == (
        "Call Ana",
        {BOARD: "2026-12-14"},
        (TABLE, NOTES),
    )


def test_a_card_that_is_moved_and_then_archived_still_says_where_it_was_moved() -> None:
    desk = in_step()
    agreed = desk.hear(
        card("Call Ana", DONE, existence=ARCHIVED), row("Call Ana"), line("Call Ana")
    )
    assert agreed.wanted == {ROW: {"status": "Done"}, LINE: {"status": "[x]"}}


def test_a_lead_who_says_yes_archives_the_rest() -> None:
    desk = in_step()
    said = card("Call Ana", existence=ARCHIVED), row("Call Ana"), line("Call Ana")
    desk.hear(*said)
    agreed = desk.hear(*said, answers=Answers(approved=frozenset({CARD})))
    assert agreed.wanted == {ROW: {"existence": ARCHIVED}, LINE: {"existence": ARCHIVED}}
    assert not agreed.proposals


def test_a_lead_who_says_no_is_not_asked_again() -> None:
    desk = in_step()
    said = card("Call Ana", existence=ARCHIVED), row("Call Ana"), line("Call Ana")
    desk.hear(*said, answers=Answers(kept=frozenset({CARD})))
    agreed = desk.hear(*said, answers=Answers(kept=frozenset({CARD})))
    assert not agreed.proposals
    assert not agreed.wanted
    assert not agreed.births


def test_what_comes_back_is_heard_again_and_the_proposal_goes() -> None:
    desk = in_step()
    desk.hear(card("Call Ana", existence=GONE), row("Call Ben"), line("Call Ana"))
    agreed = desk.hear(card("Call Ana"), row("Call Ben"), line("Call Ben"))
    assert not agreed.proposals
    assert agreed.wanted == {CARD: {"title": "Call Ben"}}


def test_what_was_asked_for_again_is_made_again() -> None:
    desk = in_step(new="everywhere")
    gone = card("Call Ana", existence=GONE), row("Call Ana"), line("Call Ana")
    desk.hear(*gone)
    agreed = desk.hear(*gone, answers=Answers(restored=frozenset({CARD})))
    assert [birth.place for birth in agreed.births] == [BOARD]


def ten(said, lacking: int = 0):  # type: ignore[no-untyped-def]
    """Return ten things that a place shows, or fewer."""
    here = (BOARD, "card") if said is card else (TABLE, "row")
    return [
        said(f"Thing {n}", owner="Zoe", address=f"{here[0]}/{here[1]}:thing-{n}")
        for n in range(10 - lacking)
    ]


@pytest.mark.parametrize("lacking", [4, 10])
def test_a_listing_that_is_suddenly_short_is_believed_at_its_second_reading(lacking: int) -> None:
    desk = Desk("nowhere")
    desk.hear(*ten(card), *ten(row))
    first = desk.hear(*ten(card), *ten(row, lacking))
    assert list(first.stopped) == [TABLE]
    assert not first.proposals
    second = desk.hear(*ten(card), *ten(row, lacking))
    assert not second.stopped
    assert len(second.proposals) == lacking


def test_few_removals_are_believed_at_once_and_a_full_listing_clears_the_doubt() -> None:
    desk = Desk("nowhere")
    desk.hear(*ten(card), *ten(row))
    assert desk.hear(*ten(card), *ten(row, 9)).stopped
    assert not desk.hear(*ten(card), *ten(row)).proposals
    assert len(desk.hear(*ten(card), *ten(row, 3)).proposals) == 3


# Lost state


def test_after_lost_state_copies_are_known_again_and_nothing_is_made() -> None:
    desk = Desk()
    births = desk.hear(
        card("Call Ana", owner="Zoe"), card("Ask Ben", address=f"{BOARD}/card:b")
    ).births
    copies = [
        row(str(b.fields["title"]), str(b.fields["status"]), b.address) if b.place == TABLE
        else line(str(b.fields["title"]), str(b.fields["status"]), b.address)
        for b in births
        if b.key == CARD
    ]  # fmt: skip
    desk.actions = {}
    said = card("Call Kim", owner="Zoe"), card("Ask Ben", address=f"{BOARD}/card:b"), *copies
    waiting = desk.hear(*said, down=(NOTES,), lost=True)
    assert waiting.lost
    desk.actions = {}
    agreed = desk.hear(*said, lost=True)
    assert not agreed.births
    assert not agreed.lost
    assert {tie.confidence for tie in agreed.ties} == {"certain"}
    absent = Missing(f"{BOARD}/card:b", "Ask Ben", (TABLE, NOTES), (BOARD,))
    assert agreed.missing == (absent,)
    again = desk.hear(*said)
    assert not again.births
    assert again.missing == (absent,), "until somebody decides"


def test_after_lost_state_what_no_sync_can_have_marked_is_new() -> None:
    desk = Desk()
    fresh = replace(card("Ask Ben"), is_unmarked=True)
    waiting = desk.hear(fresh, down=(NOTES,), lost=True)
    assert [birth.place for birth in waiting.births] == [TABLE]
    copy = row("Ask Ben", address=copy_address(TABLE, CARD))
    later = desk.hear(card("Ask Ben"), copy, lost=waiting.lost)
    assert [birth.place for birth in later.births] == [NOTES], "by then the card is marked"
    agreed = Desk().hear(fresh, lost=True)
    assert {birth.place for birth in agreed.births} == {TABLE, NOTES}
    assert not agreed.missing


def test_after_lost_state_an_unmarked_thing_with_a_copy_is_not_made_where_it_is_absent() -> None:
    copy = row("Ask Ben", address=copy_address(TABLE, CARD))
    agreed = Desk().hear(replace(card("Ask Ben"), is_unmarked=True), copy, lost=True)
    assert not agreed.births
    assert agreed.missing == (Missing(CARD, "Ask Ben", (NOTES,), (BOARD, TABLE)),)


def test_after_lost_state_a_promise_of_which_nothing_else_is_there_is_named_and_not_made() -> None:
    agreed = Desk().hear(line("Ask Ben"), lost=True)
    assert not agreed.births, "a line bears no mark: somebody may have taken both away"
    assert agreed.missing == (Missing(LINE, "Ask Ben", (BOARD, TABLE), (NOTES,)),)


def test_what_is_absent_since_state_was_lost_is_settled_by_writing_it_there() -> None:
    desk = Desk()
    desk.hear(card("Ask Ben"), lost=True)
    agreed = desk.hear(card("Ask Ben"), row("Ask Ben"))
    assert agreed.missing == (Missing(CARD, "Ask Ben", (NOTES,), (BOARD, TABLE)),)
    assert not agreed.births


def test_what_is_absent_since_state_was_lost_is_settled_by_putting_the_rest_away() -> None:
    desk = Desk()
    desk.hear(card("Ask Ben"), lost=True)
    agreed = desk.hear(card("Ask Ben", existence=ARCHIVED))
    assert not agreed.missing
    assert not agreed.proposals


# Word and tick at once, of which nothing is known


def speaking(desk: Desk) -> Desk:
    """Return the desk with notes that show a status as a word behind a tick."""
    spoken = replace(SPOKEN[NOTES], shows=SPOKEN[TABLE].shows)
    notes = replace(desk.block.places[NOTES], spoken=spoken)
    desk.block = replace(desk.block, places={**desk.block.places, NOTES: notes})
    return desk


@pytest.mark.parametrize("prefer", ["", NOTES])
@pytest.mark.parametrize(
    ("before", "typed", "after"),
    [
        ((WEEK, "This week"), "[x] This week", (DONE, "Done")),
        ((DONE, "Done"), "[ ] Done", (WEEK, "This week")),
        ((DONE, "Done"), "[x] Doing", (DOING, "Doing")),
    ],
)
def test_a_tick_or_a_word_that_was_changed_while_state_was_lost_is_heard(
    before: tuple[str, str], typed: str, after: tuple[str, str], prefer: str
) -> None:
    desk = speaking(Desk(prefer=prefer))
    the_row, the_line = (copy_address(place, CARD) for place in (TABLE, NOTES))
    agreed = desk.hear(
        card("Call Ana", before[0]),
        row("Call Ana", before[1], the_row),
        line("Call Ana", typed, the_line),
        lost=True,
    )
    wanted = {address: fields.get("status") for address, fields in agreed.wanted.items()}
    tick = "[x]" if after[1] == "Done" else "[ ]"
    assert wanted == {CARD: after[0], the_row: after[1], the_line: f"{tick} {after[1]}"}
    assert not agreed.conflicts


def test_a_tick_that_nobody_can_date_yields_where_the_card_went_on_and_is_told() -> None:
    desk = speaking(Desk(prefer=BOARD))
    the_line = copy_address(NOTES, CARD)
    agreed = desk.hear(
        card("Call Ana", DOING), line("Call Ana", "[x] This week", the_line), lost=True
    )
    assert agreed.wanted == {the_line: {"status": "[ ] Doing"}}
    [told] = agreed.conflicts
    assert (told.field, told.yielded.value, told.yielded.stands) == ("status", "done", "doing")


def test_what_was_archived_before_state_was_lost_is_not_made_anew() -> None:
    desk = Desk()
    archived = [
        row("Call Ana", address=copy_address(TABLE, CARD), existence=ARCHIVED),
        line("Call Ana", address=copy_address(NOTES, CARD), existence=ARCHIVED),
    ]
    desk.hear(card("Call Ana", existence=ARCHIVED), *archived, lost=True)
    agreed = desk.hear(card("Call Ana"), *archived)
    assert not agreed.births


def test_a_line_taken_out_of_a_checklist_stays_in_the_others_and_ticks_travel() -> None:
    hub = {"a": "Ask", done_of("a"): "no", "b": "Book", done_of("b"): "no"}
    shown = {"b": "Book", done_of("b"): "yes"}
    assert as_hub(shown, hub, {}) == {**hub, done_of("b"): "yes"}
    again = render({**hub, "c": "Call", done_of("c"): "no"}, shown, hub, {})
    assert list(again) == ["b", done_of("b"), "c", done_of("c")]


# Who has left


def shown_by(owner: str, status: str = DOING, word: str = "Doing", tick: str = "[ ]") -> list[Said]:
    """Return what all three places say of one thing that somebody has."""
    return [
        card("Call Ana", status, owner=owner),
        row("Call Ana", word, owner=owner),
        line("Call Ana", tick, owner=owner),
    ]


def in_step_with(said: list[Said]) -> Desk:
    desk = in_step()
    desk.hear(*said)
    assert not desk.hear(*said).wanted
    return desk


def test_open_work_of_who_left_goes_to_who_takes_over_everywhere_and_then_all_is_quiet() -> None:
    zoe = Heirs({"Ben": "Zoe"})
    desk = in_step_with(shown_by("Ben"))
    agreed = desk.hear(*shown_by("Ben"), heirs=zoe)
    assert agreed.wanted == {address: {"owner": "Zoe"} for address in (CARD, ROW, LINE)}
    assert not desk.hear(*shown_by("Zoe"), heirs=zoe).wanted


def test_what_is_done_keeps_the_name() -> None:
    zoe = Heirs({"Ben": "Zoe"})
    done = shown_by("Ben", DONE, "Done", "[x]")
    assert not in_step_with(done).hear(*done, heirs=zoe).wanted
    ticked = replace(zoe, done=frozenset({CARD}))  # where no status is kept in step
    assert not in_step_with(shown_by("Ben")).hear(*shown_by("Ben"), heirs=ticked).wanted


def test_what_nobody_takes_over_keeps_the_name() -> None:
    desk = in_step_with(shown_by("Ben"))
    assert not desk.hear(*shown_by("Ben"), heirs=Heirs({"Ben": ""})).wanted


def test_a_member_who_names_another_owner_before_decides() -> None:
    desk = in_step_with(shown_by("Ben"))
    of_card, _, of_line = shown_by("Ben")
    _, of_row, _ = shown_by("Kim")
    agreed = desk.hear(of_card, of_row, of_line, heirs=Heirs({"Ben": "Zoe"}))
    assert agreed.wanted == {address: {"owner": "Kim"} for address in (CARD, LINE)}
    assert not agreed.conflicts
