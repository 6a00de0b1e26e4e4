"""A run taken back leaves what was there before it, and all that members wrote since."""

from dataclasses import replace
from random import Random

import pytest

from smarketing.kinds import THERE, Merge, Value
from smarketing.planning.given import Request
from smarketing.resolve.desired import Item
from smarketing.run import engine
from smarketing.state.history import KEPT
from smarketing.testing.awkward import Awkward
from smarketing.testing.memory_tool import Tool
from smarketing.undo.backwards import undo_of
from smarketing.undo.leavers import without_leavers
from tests.histories.authors import PLACE

from .office import LACKS, Crash, Office, as_members

LIVES = 40
AWKWARDS = (
    Awkward(lacks=LACKS),
    Awkward(lacks=LACKS, versions=False, normalises=True, two_state=True, bulk=20, page=3),
    Awkward(lacks=LACKS, feed=True, bulk=20),
)


@pytest.mark.parametrize("awkward", AWKWARDS, ids=("easy", "without versions", "with a feed"))
def test_it_is_as_if_the_run_had_never_been_and_members_had_written_all_the_same(
    awkward: Awkward,
) -> None:
    met = 0
    for seed in range(LIVES):
        office, without = Office(Tool(awkward)), Office(Tool(awkward))
        office.apply()
        without.apply()
        first = office.shape()
        if not office.rewritten(Random(seed)):
            continue
        met += 1
        run = office.state.runs()[0].number
        for each in (office, without):
            as_members(each, Random(seed), first)
        without.apply()
        office.undo(run)
        assert office.shape() == without.shape(), seed
        assert office.plan().steps == (), seed
    assert met > LIVES / 2


def test_an_undo_taken_back_leaves_what_the_run_had_made() -> None:
    for seed in range(LIVES):
        office = Office()
        office.apply()
        first = office.shape()
        if not office.rewritten(Random(seed)):
            continue
        made = office.shape()
        office.undo()
        assert office.shape() == first, seed
        office.undo()
        assert office.shape() == made, seed
        assert office.plan().steps == (), seed


def test_a_run_that_died_and_the_one_that_finished_it_are_taken_back_one_after_the_other() -> None:
    died = 0
    for seed in range(LIVES):
        office = Office()
        office.apply()
        first = office.shape()
        office.dies_in = Random(seed).randrange(2, 14)
        try:
            office.rewritten(Random(seed))
        except Crash:
            died += 1
        office.dies_in = 0
        office.apply()
        for run in office.state.runs()[:-1]:
            office.undo(run.number)
        assert office.shape() == first, seed
        assert office.plan().steps == (), seed
    assert died > LIVES / 4


def test_what_the_playbook_says_next_is_merged_as_if_the_run_had_never_been() -> None:
    office = Office()
    office.apply()
    office.says("document:rule", body="One word. Two words.\n")
    office.apply()
    office.says("document:rule", body="One word. Two new words.\n", title="Rules")
    office.apply()
    office.undo()
    assert office.fields("document:rule")["body"] == "One word. Two words.\n"
    assert office.fields("document:rule")["title"] == "Rule"
    office.says("document:rule", body="One word. Two new words. A third.\n", title="The rules")
    recap = office.apply()
    assert recap.plan.keeps == ()
    assert office.fields("document:rule")["body"] == "One word. Two new words. A third.\n"
    assert office.fields("document:rule")["title"] == "The rules"


def test_a_change_of_the_playbook_that_waits_goes_on_waiting() -> None:
    office = Office()
    office.apply()
    office.says("document:rule", title="Rules")
    office.apply()
    office.says("document:terms", title="Our terms")
    office.undo()
    assert office.fields("document:rule")["title"] == "Rule"
    assert office.fields("document:terms")["title"] == "Terms"
    assert [change.address for change in office.plan().changes] == ["document:terms"]


def test_a_field_that_a_member_has_changed_since_is_kept_and_told() -> None:
    office = Office()
    office.apply()
    office.says("document:rule", title="Rules")
    office.apply()
    office.tool.member.rename("document:rule", "Ours")
    recap = office.undo()
    assert office.fields("document:rule")["title"] == "Ours"
    assert [(k.address, k.field) for k in recap.plan.keeps] == [("document:rule", "title")]


def test_in_a_text_our_sentences_go_and_theirs_stay() -> None:
    office = Office()
    office.says("document:rule", body="First. Second.\n\nLast.\n")
    office.apply()
    office.says("document:rule", body="First. Second. Ours.\n\nMiddle of ours.\n\nLast.\n")
    office.apply()
    body = "First. Second. Ours. Theirs.\n\nMiddle of ours.\n\nLast, says Ana.\n\nTheirs, too.\n"
    office.tool.member.set("document:rule", "body", body)
    office.undo()
    kept = "First. Second. Theirs.\n\nLast, says Ana.\n\nTheirs, too.\n"
    assert office.fields("document:rule")["body"] == kept


def test_what_was_made_is_archived_unless_somebody_has_worked_in_it() -> None:
    office = Office()
    office.apply()
    for key in ("three", "four", "five"):
        office.author.items |= office.card(key)
    office.apply()
    office.tool.member.set("board:work/card:three/check:step", "done", True)
    office.tool.member.set("board:work/card:four", "description", "Mine.")
    recap = office.undo()
    there = office.shape()
    assert {"board:work/card:three", "board:work/card:four"} <= there.keys()
    assert "board:work/card:five" not in there
    assert recap.plan.undoes is not None
    told = " ".join(recap.plan.undoes.stays)
    assert "smarketing archive board:work/card:four" in told
    assert "five" not in told


def test_more_removals_than_a_person_would_expect_wait_for_a_yes_to_just_these() -> None:
    office = Office()
    office.apply()
    for number in range(12):
        office.author.items |= office.card(f"new-{number}")
    office.apply()
    made = office.shape()
    (run,) = office.state.runs(1)
    request = Request(undo=undo_of(run, office.state))
    recap = engine.apply(office.workspace(), request)
    assert recap.done == ()
    assert office.shape() == made
    engine.apply(office.workspace(), replace(request, approve=recap.plan.needs_approval))
    assert len(made) - len(office.shape()) == 24


def test_what_the_tool_can_not_archive_stays_and_is_told() -> None:
    office = Office(Tool(Awkward(lacks=LACKS, releases=frozenset({"card"}))))
    office.apply()
    office.author.items |= office.card("three")
    office.apply()
    recap = office.undo()
    assert "board:work/card:three" in office.shape()
    assert recap.plan.undoes is not None
    assert recap.plan.undoes.stays == ("“Card three” stays: Memory has no archive for a card.",)
    assert office.plan().steps == ()


def test_what_was_archived_by_hand_of_a_released_thing_comes_back_and_stays_released() -> None:
    office = Office()
    office.apply()
    gone = office.author.items.pop("document:rule")
    office.apply()
    office.apply(Request(archive=frozenset({"document:rule"})))
    assert "document:rule" not in office.shape()
    office.undo()
    assert "document:rule" in office.shape()
    assert office.plan().releases == ()
    office.author.items["document:rule"] = replace(gone, fields={**gone.fields, "title": "Back"})
    office.apply()
    assert office.fields("document:rule")["title"] == "Back"


def test_rights_that_were_given_are_revoked_and_taken_ones_given_back() -> None:
    office = Office()
    office.says(
        "folder:home", access={"Ana <ana@a.example>": "edit", "Ben <ben@a.example>": "edit"}
    )
    office.says("board:work", access={"Ben <ben@a.example>": "edit"})
    office.apply()
    before = office.fields("folder:home")["access"]
    office.says(
        "folder:home", access={"Ana <ana@a.example>": "edit", "Dana <dana@a.example>": "edit"}
    )
    office.apply()
    after = office.fields("folder:home")["access"]
    assert before != after
    recap = office.undo()
    assert office.fields("folder:home")["access"] == before
    assert recap.plan.undoes is not None
    assert recap.plan.undoes.stays == ("A tool may have told Dana that they may enter.",)
    assert office.plan().steps == ()
    office.undo()
    assert office.fields("folder:home")["access"] == after
    assert office.plan().steps == ()


def test_nobody_is_let_in_again_whom_playbook_and_config_let_in_nowhere() -> None:
    office = Office()
    office.says(
        "folder:home", access={"Ana <ana@a.example>": "edit", "Tom <tom@a.example>": "edit"}
    )
    office.apply()
    office.says("folder:home", access={"Ana <ana@a.example>": "edit"})
    office.apply()
    recap = office.undo()
    assert office.fields("folder:home")["access"] == {"Ana <ana@a.example>": "edit"}
    assert recap.plan.undoes is not None
    assert "Tom" in recap.plan.undoes.stays[0]


def test_all_rights_that_were_taken_at_once_come_back_and_stay() -> None:
    office = Office()
    shared: dict[str, Value] = {"access": {"Ana <ana@a.example>": "edit"}}
    office.says("board:work", **shared)
    office.says("folder:home", **shared)
    office.apply()
    item = office.author.items["folder:home"]
    fields = {name: value for name, value in item.fields.items() if name != "access"}
    office.author.items["folder:home"] = replace(item, fields=fields)
    office.apply()
    assert office.fields("folder:home")["access"] == {}
    office.undo()
    assert office.fields("folder:home")["access"] == shared["access"]
    assert office.plan().steps == ()


def test_open_work_goes_to_who_does_it_now_and_not_to_who_has_left() -> None:
    office = Office()
    office.apply()
    office.says("board:work/card:one", owner="Dana Wu")
    office.apply()
    office.author.successors = {"Ana Silva": "Ben Okoye"}
    office.undo()
    assert office.fields("board:work/card:one")["owner"] == "Ben Okoye"
    assert office.fields("board:work/card:two")["owner"] == "Ana Silva", "the next apply hands over"


def test_an_older_run_goes_and_later_ones_stay() -> None:
    office = Office()
    office.apply()
    office.says("document:rule", title="Rules")
    office.apply()
    office.says("document:terms", title="Our terms")
    office.apply()
    office.undo(2)
    assert office.fields("document:rule")["title"] == "Rule"
    assert office.fields("document:terms")["title"] == "Our terms"


def test_an_item_is_found_again_under_another_key() -> None:
    office = Office()
    office.apply()
    office.says("document:rule", title="Rules")
    office.apply()
    item = office.author.items.pop("document:rule")
    office.author.items["document:law"] = replace(item, address="document:law")
    office.author.was = {"document:rule": "document:law"}
    office.apply()
    office.undo(2)
    assert office.fields("document:law")["title"] == "Rule"


def test_what_was_moved_goes_home_though_what_held_it_has_another_key() -> None:
    office = Office()
    shelf = Item("folder:shelf", "folder", PLACE, f"root:{PLACE}", {"title": "Shelf"})
    office.author.items = {"folder:shelf": shelf, **office.author.items}
    office.apply()
    rule = office.author.items["document:rule"]
    office.author.items["document:rule"] = replace(rule, parent="folder:shelf")
    office.apply()
    del office.author.items["folder:shelf"]
    office.author.items["folder:case"] = replace(shelf, address="folder:case")
    office.author.items["document:rule"] = replace(rule, parent="folder:case")
    office.author.was = {"folder:shelf": "folder:case"}
    office.apply()
    assert office.shape()["document:rule"][1] == "folder:shelf", "under its first name"
    office.undo(2)
    assert office.shape()["document:rule"][1] == "folder:home"
    assert office.plan().steps == ()
    office.undo()
    assert office.shape()["document:rule"][1] == "folder:shelf"


def test_what_would_go_back_into_something_that_is_gone_stays_where_it_is() -> None:
    office = Office()
    office.apply()
    card = office.author.items["board:work/card:one"]
    office.author.items[card.address] = replace(card, parent="board:work/list:done")
    office.apply()
    office.tool.member.delete("board:work/list:week")
    recap = office.undo()
    assert office.shape()[card.address][1] == "board:work/list:done"
    assert [(k.address, k.field) for k in recap.plan.keeps if k.field == "parent"] == [
        (card.address, "parent")
    ]


def test_what_is_done_keeps_the_name_of_who_did_it() -> None:
    office = Office()
    office.apply()
    office.says("board:work/card:one", owner="Dana Wu", title="One")
    office.apply()
    office.tool.member.set("board:work/card:one", "done", True)
    office.undo()
    assert office.fields("board:work/card:one")["owner"] == "Dana Wu"
    assert office.fields("board:work/card:one")["title"] != "One"


def test_what_a_failed_run_did_not_write_is_not_written_by_its_undo() -> None:
    office = Office()
    office.apply()
    office.says("document:rule", title="Rules")
    office.says("document:terms", title="Our terms")
    office.refused = frozenset({"document:terms"})
    with pytest.raises(AssertionError):
        office.apply()
    office.refused = frozenset()
    office.undo()
    assert office.fields("document:rule")["title"] == "Rule"
    assert office.fields("document:terms")["title"] == "Terms"


def test_a_run_that_wrote_nothing_leaves_only_when_it_looked() -> None:
    office = Office()
    office.apply()
    looked = office.state.load().facts["looked"]
    office.apply()
    assert len(office.state.runs()) == 1
    assert float(office.state.load().facts["looked"]) > float(looked)


def test_a_run_that_died_after_its_last_write_has_ended_once_nothing_is_left_to_do() -> None:
    office = Office()
    office.apply()
    office.says("document:rule", title="Rules")
    office.dies_in = 4
    with pytest.raises(Crash):
        office.apply()
    office.dies_in = 0
    assert [(run.end, run.outcome) for run in office.state.runs(1)] == [(None, "")]
    office.apply()
    (run,) = office.state.runs(1)
    assert (run.number, run.outcome) == (2, "done")


def test_values_of_runs_long_past_are_forgotten_and_the_list_of_writes_is_not() -> None:
    office = Office()
    for number in range(KEPT + 2):
        office.says("document:rule", title=f"Rule {number}")
        office.apply()
    assert len(office.state.runs()) == KEPT + 2
    assert not any(write.is_kept for write in office.state.writes(2))
    assert [write.address for write in office.state.writes(2)] == ["document:rule"]
    assert office.state.writes(2)[0].after == {}
    assert office.state.writes(3)[0].after == {"title": "Rule 2"}


def test_a_write_is_told_with_its_line_and_both_values() -> None:
    office = Office()
    office.apply()
    item = office.author.items["document:rule"]
    fields = {**item.fields, "title": "Rules"}
    told = Item(item.address, item.kind, PLACE, item.parent, fields, source="playbook.yaml:12")
    office.author.items["document:rule"] = told
    office.apply()
    (write,) = office.state.writes(2)
    assert (write.verb, write.title, write.source) == ("rename", "Rules", "playbook.yaml:12")
    assert (write.before, write.after) == ({"title": "Rule"}, {"title": "Rules"})
    assert write.id == office.tool.find("document:rule").id


def stands(office: Office) -> dict[str, tuple[str, str]]:
    """Return of each list and card, by title, whether it is there and what holds it."""
    things = office.tool.things
    return {
        str(thing.fields["title"]): (
            thing.existence,
            str(things[thing.parent].fields.get("title")) if thing.kind == "card" else "",
        )
        for thing in things.values()
        if thing.kind in ("list", "card")
    }


def with_merged_list(tool: Tool | None = None) -> tuple[Office, dict[str, tuple[str, str]]]:
    """A list with a member's own card that was merged into another, and what was seen before."""
    office = Office(tool) if tool else Office()
    stuck = "board:work/list:stuck"
    office.author.items[stuck] = Item(stuck, "list", PLACE, "board:work", {"title": "Stuck"})
    two = office.author.items["board:work/card:two"]
    office.author.items[two.address] = replace(two, parent=stuck)
    office.apply()
    office.tool.member.add("card", office.tool.find(stuck).id, {"title": "Our own"})
    office.apply()
    first = stands(office)
    del office.author.items[stuck]
    office.author.items[two.address] = two
    office.author.was = {stuck: "board:work/list:week"}
    office.apply()
    assert stands(office)["Our own"] == (THERE, "List week")
    return office, first


@pytest.mark.parametrize("awkward", AWKWARDS, ids=("easy", "without versions", "with a feed"))
def test_members_own_things_go_back_and_forth_with_the_list_that_was_merged(
    awkward: Awkward,
) -> None:
    office, first = with_merged_list(Tool(awkward))
    merged = stands(office)
    for _ in range(2):
        office.undo()
        assert stands(office) == first
        assert office.plan().steps == ()
        office.undo()
        assert stands(office) == merged
        assert office.plan().steps == ()


def test_whenever_the_undo_of_a_merge_dies_the_next_run_brings_everything_back() -> None:
    died = 0
    for nth in range(1, 20):
        office, first = with_merged_list()
        office.dies_in = nth
        try:
            office.undo()
        except Crash:
            died += 1
            office.dies_in = 0
            office.apply()
        begun = nth > 1
        assert not begun or stands(office) == first, nth
        assert office.plan().steps == (), nth
    assert died > 4


def test_a_members_own_thing_stays_where_the_merged_list_was_deleted() -> None:
    office, _ = with_merged_list()
    office.tool.member.delete("board:work/list:stuck")
    recap = office.undo()
    assert stands(office)["Our own"] == (THERE, "List week")
    assert recap.plan.undoes is not None
    assert "“Our own” stays where it is: what held it is not there." in recap.plan.undoes.stays
    assert office.plan().steps == ()


@pytest.mark.parametrize(
    ("was", "became", "left"),
    [
        ("Cleo calls. We write.", "Ana calls. We wait.", "Ana calls. We write."),
        ("One.\n\nCleo calls.\n\nTwo.\n", "One.\n\nThree.\n", "One.\n\nThree.\n"),
        ("Cleo and Dana call.", "Dana calls. Ben writes.", "Dana calls. Ben writes."),
        ("Cleo calls. Cleo writes.", "Cleo calls.", "Cleo calls. Cleo writes."),
        ("Cleopatra calls.", "Ana calls.", "Cleopatra calls."),
    ],
)
def test_of_a_text_only_the_sentences_that_name_who_has_left_stay_out(
    was: str, became: str, left: str
) -> None:
    assert without_leavers(Merge.TEXT, was, became, frozenset({"Cleo"}))[0] == left


def test_of_cells_sets_and_single_values_only_what_names_who_has_left_stays_out() -> None:
    gone = frozenset({"Cleo"})
    cells: Value = {"who": "Cleo", "what": "A call", "note": "Ask Cleo"}
    now: Value = {"who": "Ana", "what": "A mail"}
    assert without_leavers(Merge.MAP, cells, now, gone)[0] == {"who": "Ana", "what": "A call"}
    labels: Value = frozenset({"Cleo", "hot"})
    assert without_leavers(Merge.SET, labels, frozenset(), gone)[0] == frozenset({"hot"})
    assert without_leavers(Merge.SCALAR, "Ask Cleo", "Ask Ana", gone) == ("Ask Ana", gone)


def test_what_leaves_a_list_that_is_merged_is_brought_up_to_date_in_the_same_run() -> None:
    office = Office()
    office.apply()
    two = office.author.items["board:work/card:two"]
    del office.author.items["board:work/list:week"]
    for key in ("one", "two"):
        card = office.author.items[f"board:work/card:{key}"]
        office.author.items[card.address] = replace(card, parent="board:work/list:done")
    office.says(two.address, description="Quite other words.")
    office.author.was = {"board:work/list:week": "board:work/list:done"}
    office.apply()
    assert office.fields(two.address)["description"] == "Quite other words."
    assert office.plan().steps == ()
