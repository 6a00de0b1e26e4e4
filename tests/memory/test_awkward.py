"""The memory tool is awkward in just the ways it was asked to be."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from smarketing.contract import (
    Calls,
    Change,
    Done,
    Failed,
    Later,
    Lost,
    Outcome,
    Remote,
    Scope,
    Stale,
    Step,
    Unreachable,
)
from smarketing.testing.awkward import WORST, Awkward
from smarketing.testing.memory import Memory
from smarketing.testing.memory_tool import Tool
from smarketing.testing.memory_world import memory_world
from smarketing.testing.site import WORKSPACE, Site


def built(awkward: Awkward | None = None) -> tuple[Site, Tool]:
    world = memory_world(awkward or Awkward())
    site = Site(world)
    site.build()
    site.look()
    return site, world.tool


def saying(point: str, answer: str) -> Callable[[str, Step | None], str | None]:
    return lambda asked, step: answer if asked == point else None


CARDS = tuple(
    Change("create", f"board:b/card:c{number}", "card", {"title": f"c{number}"}, "root:memory")
    for number in range(4)
)


def attempted(answer: str, changes: Sequence[Change] = CARDS) -> tuple[list[Outcome], Tool]:
    site, tool = built(Awkward(bulk=20))
    tool.faults = saying("perform", answer)
    return site.attempt(*changes), tool


@pytest.mark.parametrize(
    ("answer", "outcome", "arrived"),
    [
        ("lost", Lost(), 4),
        ("lost half", Lost(), 2),
        ("lost before commit", Lost(), 0),
        ("later", Later(30.0), 0),
    ],
)
def test_a_reply_can_get_lost(answer: str, outcome: Outcome, arrived: int) -> None:
    outcomes, tool = attempted(answer)
    assert outcomes == [outcome] * 4
    assert sum(thing.marker.startswith("board:b/") for thing in tool.things.values()) == arrived


@pytest.mark.parametrize("answer", ["fail", "down"])
def test_a_step_can_fail(answer: str) -> None:
    outcomes, tool = attempted(answer)
    assert all(isinstance(each, Failed) for each in outcomes)
    assert "c0" not in tool.text()


def test_a_tool_that_is_down_is_unreachable() -> None:
    site, tool = built()
    tool.down = True
    with pytest.raises(Unreachable):
        site.tool.check()
    with pytest.raises(Unreachable):
        site.read()


def test_a_listing_that_breaks_off_is_never_returned() -> None:
    site, tool = built(Awkward(page=3))
    tool.faults = saying("page", "down")
    with pytest.raises(Unreachable):
        site.read()


def test_a_stale_read_does_not_show_the_last_change() -> None:
    site, tool = built()
    before = site.now["board:work"]
    tool.member.rename("board:work", "Elsewhere")
    tool.faults = saying("read", "stale read")
    assert before in site.read()
    tool.faults = None
    assert before not in site.read()


def edit_in_the_gap(awkward: Awkward) -> tuple[Outcome, Tool]:
    site, tool = built(awkward)

    def edit(point: str, step: Step | None) -> None:
        if point == "gap":
            tool.member.set(site.ids["document:glossary"], "body", "Theirs\n")

    tool.faults = edit
    (outcome,) = site.attempt(site.alter("document:glossary", body="Ours\n"))
    return outcome, tool


def test_a_version_closes_the_gap_between_look_and_write() -> None:
    outcome, tool = edit_in_the_gap(Awkward())
    assert outcome == Stale()
    assert "Theirs" in tool.text()


def test_without_versions_the_write_tells_what_it_displaced() -> None:
    outcome, tool = edit_in_the_gap(WORST)
    assert isinstance(outcome, Done)
    assert outcome.displaced is not None
    assert outcome.displaced.fields["body"] == "Theirs\n"
    assert "Ours" in tool.text()


def test_an_object_deleted_in_the_gap_is_not_made_again() -> None:
    for awkward in (Awkward(), WORST):
        site, tool = built(awkward)
        change = site.alter("board:work", title="Ours")
        tool.faults = lambda point, step: delete_board(tool) if point == "gap" else None  # noqa: B023
        assert site.attempt(change) == [Stale()]
        assert "Ours" not in tool.text()


def delete_board(tool: Tool) -> None:
    tool.member.delete("board:work")


def test_two_changes_of_one_object_are_one_step_and_do_not_disturb_each_other() -> None:
    site, tool = built()
    before = site.now["document:glossary"]
    move = Change("move", "document:glossary", "document", {}, "folder:shelf", before)
    update = site.alter("document:glossary", title="Words")
    assert len(site.tool.steps([move, update], WORKSPACE)) == 1
    site.do(move, update)
    there = tool.find("document:glossary")
    assert (there.parent, there.fields["title"]) == (site.ids["folder:shelf"], "Words")


def test_an_object_open_elsewhere_is_reported_and_the_rest_goes_on() -> None:
    site, tool = built(Awkward(bulk=20))
    tool.member.open_elsewhere("document:glossary")
    locked = site.alter("document:glossary", title="Words")
    outcomes = site.attempt(locked, site.alter("document:persona", title="Buyer"))
    assert [type(each) for each in outcomes] == [Failed, Done]
    assert "Close it there" in str(outcomes[0])


@pytest.mark.parametrize("awkward", [Awkward(), WORST], ids=["easy", "worst"])
def test_a_plan_counts_just_the_calls_that_are_made(awkward: Awkward) -> None:
    site, tool = built(awkward)
    changes = [site.alter(each, title="New") for each in ("board:work", "document:glossary")]
    planned = sum((step.calls for step in site.tool.steps(changes, WORKSPACE)), Calls(0, 0))
    before = Calls(tool.calls.read, tool.calls.write)
    site.do(*changes)
    assert before + planned == Calls(tool.calls.read, tool.calls.write)


def test_a_read_of_twenty_objects_takes_as_many_calls_as_pages() -> None:
    site, tool = built(Awkward(page=5))
    before = tool.calls.read
    found = len(site.read())
    assert tool.calls.read - before == -(-found // 5)


def test_a_change_of_what_this_run_makes_waits_for_it() -> None:
    site = Site(memory_world(Awkward()))
    root = next(site.creation(each) for each in site.samples())
    made = Remote("", "root", {"done": False}, marker=root.address)
    whole = Change("update", root.address, "root", {"done": True}, before=made)
    creation = replace(root, fields={**root.fields, "done": False})
    site.do(whole, creation)
    site.look()
    assert site.now[root.address].fields["done"] is True


def test_a_member_copies_an_object_with_its_marker_and_all_it_holds() -> None:
    site, tool = built()
    copied = tool.member.copy("board:work")
    twins = [thing for thing in tool.things.values() if thing.marker == "board:work"]
    assert [thing.id for thing in twins] == [site.ids["board:work"], copied]
    assert len(tool.children(copied)) == len(tool.children("board:work"))
    assert not site.read(lost=True)[-1].ours


def test_what_a_member_deletes_is_gone_with_all_it_holds() -> None:
    site, tool = built()
    tool.member.delete("folder:home")
    assert "folder:home" not in [remote.marker for remote in site.read()]
    with pytest.raises(KeyError):
        tool.find("board:work/card:agree")


def test_members_move_archive_restore_and_reorder() -> None:
    site, tool = built()
    card = "board:work/card:agree"
    tool.member.move(card, "board:work/list:done")
    tool.member.archive(card)
    tool.member.reorder("board:work/list:week")
    site.look()
    assert site.now[card].parent == site.ids["board:work/list:done"]
    assert site.now[card].existence == "archived"
    assert tool.children("board:work")[-1].marker == "board:work/list:week"
    tool.member.restore(card)
    with pytest.raises(ValueError, match="into itself"):
        tool.member.move("board:work", card)


def test_what_exists_already_comes_with_the_address_it_was_given() -> None:
    site, tool = built()
    theirs = tool.member.add("board", "", {"title": "Our old board"})
    scope = Scope(WORKSPACE, (site.ids["root:memory"],), existing={"board:old": f"mem:{theirs}"})
    found = {remote.id: remote for remote in Memory(tool).read(scope).remotes}
    assert found[theirs].marker == "board:old"


def test_normalised_text_is_told_as_it_is_held() -> None:
    site, tool = built(Awkward(normalises=True))
    site.do(site.alter("document:glossary", body='It\'s  \n"so"'))
    assert tool.find("document:glossary").fields["body"] == "It’s\n”so”\n"


def test_a_status_of_two_states_is_a_tick() -> None:
    site, tool = built(Awkward(two_state=True))
    site.do(site.alter("board:work/card:agree", done="this week"))
    assert tool.find("board:work/card:agree").fields["done"] is False
