"""Two boards that show the same work keep their checklists in step, line by line."""

from smarketing.sync import checklist
from smarketing.sync.block import Block, Place
from smarketing.sync.statuses import Spoken, Status, vocabulary

from .office import AGREE, BOARD, LEAD, Office

OTHER = "board:legal"


def two_boards() -> Office:
    """Return an office whose board is also shown on another one."""
    words = vocabulary([Status("week", "This week"), Status("done", "Done", ticked=True)])
    fields = dict.fromkeys(("title", "status", "checklist"), "")
    one = Place(BOARD, fields, Spoken(words, {f"{BOARD}/list:week": "week"}))
    other = Place(OTHER, fields, Spoken(words, {f"{OTHER}/list:now": "week"}))
    new = {BOARD: frozenset({OTHER}), OTHER: frozenset({BOARD})}
    block = Block("work", {BOARD: one, OTHER: other}, tuple(fields), words, new)
    office = Office(block=block, more={
        OTHER: ("board", "google", "root:google", {"title": "Legal"}),
        f"{OTHER}/list:now": ("list", "google", OTHER, {"title": "Now"}),
    })  # fmt: skip
    office.sync()
    return office


def lines(office: Office, place: str) -> dict[str, bool]:
    """Return the lines of the card at a place, and whether they are ticked."""
    tool = office.tools[place]
    card = next(t.id for t in tool.things.values() if t.fields.get("title") == LEAD)
    return {
        str(thing.fields["title"]): bool(thing.fields["done"])
        for thing in tool.children(card)
        if thing.existence == "there"
    }


def test_ticks_and_new_lines_go_to_and_fro() -> None:
    office = two_boards()
    assert lines(office, "google") == {"Write it": False}
    office.board.member.set(f"{AGREE}/check:write", "done", True)
    there = next(t.id for t in office.table.things.values() if t.fields.get("title") == LEAD)
    office.table.member.add("check", there, {"title": "Ask Legal", "done": False})
    office.sync()
    assert (
        lines(office, "google")
        == lines(office, "trello")
        == {
            "Write it": True,
            "Ask Legal": False,
        }
    )
    office.is_quiet()


def test_a_line_that_is_taken_out_stays_at_the_other_place_and_is_not_put_back() -> None:
    office = two_boards()
    office.board.member.delete(f"{AGREE}/check:write")
    office.sync()
    assert lines(office, "trello") == {}
    assert lines(office, "google") == {"Write it": False}
    office.is_quiet()


def test_a_tick_that_stands_at_one_place_outlives_a_change_of_another_line() -> None:
    stood_for = {"write": "Write it", "write done": "no", "try": "Try it", "try done": "no"}
    shown = {**stood_for, "write done": "yes"}
    hub = {**stood_for, "try": "Try it twice"}
    assert checklist.render(hub, shown, stood_for, {}) == {**shown, "try": "Try it twice"}
