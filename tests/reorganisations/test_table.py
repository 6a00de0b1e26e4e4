"""Each reorganisation is one edit, one plan that a person understands, and one apply."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from smarketing.plan import Recap

from .firm import HANDBOOK, LOCAL, VENDORS, Firm

WORD = "zebra"


@pytest.fixture(params=[LOCAL, pytest.param(VENDORS, marks=pytest.mark.slow)])
def firm(request: pytest.FixtureRequest, tmp_path: Path) -> Firm:
    """A firm that has worked for a while: members wrote into documents and cards."""
    made = Firm(tmp_path, request.param)
    made.says_in_document("Handbook", "what it saves", f"what {WORD}1 saves")
    made.says_in_document("Hand-off rule", "says why.", f"says why. Ask {WORD}2.")
    made.says_in_card("Agree what a lead is", "One sentence.", f"One {WORD}3 sentence.")
    made.adds_card("Call who waits", f"Our own {WORD}4")
    made.reorganise()
    return made


def done_in_one(firm: Firm, says: str, lost: tuple[str, ...] = ()) -> Recap:
    """Apply one edit: it is said before, no object changes, no word goes, nothing is left to do."""
    before, plan = firm.ids(), firm.said()
    for part in says.split(" / "):
        assert part in plan, plan
    recap = firm.reorganise()
    now = firm.ids()
    gone = {address for address, each in before.items() if each not in now.values()}
    if firm.stack == VENDORS:  # on `local` a place in the folder is the id, and moves along
        assert gone == set(lost), gone
    text = firm.text()
    for number in range(1, 5):
        assert f"{WORD}{number}" in text, number
    return recap


def lists(firm: Firm) -> dict[str, Any]:
    found: dict[str, Any] = firm.playbook["boards"]["work"]["lists"]
    return found


def cards(firm: Firm) -> dict[str, Any]:
    found: dict[str, Any] = firm.playbook["boards"]["work"]["cards"]
    return found


# Titles and keys


def test_another_title_is_another_title(firm: Firm) -> None:
    lists(firm)["week"] = "Now"
    firm.playbook["documents"]["handbook"]["title"] = "The book"
    done_in_one(firm, "brought up to date")
    assert "The book" in firm.text()
    assert firm.records()["board:work/list:week"].hub["title"] == "Now"


def test_another_key_with_was_keeps_the_object(firm: Firm) -> None:
    lists(firm)["now"] = {"title": lists(firm).pop("week"), "was": "week"}
    cards(firm)["agree"]["list"] = cards(firm)["show"]["list"] = "now"
    documents = firm.playbook["documents"]
    documents["book"] = {**documents.pop("handbook"), "was": "handbook"}
    firm.playbook["parts"]["basis"] = ["board:work", "document:book"]
    recap = done_in_one(firm, "Everything your team wrote stays")
    assert not [c for c in recap.done if c.verb in ("create", "archive", "move")]
    assert firm.home("board:work/card:agree") == "board:work/list:now"
    assert f"{WORD}1" in firm.body("book")


def test_another_key_without_was_is_proposed_and_nothing_is_made_twice(firm: Firm) -> None:
    before = firm.ids()
    week = lists(firm).pop("week")
    firm.playbook["boards"]["work"]["lists"] = {"now": "Now", **lists(firm)}
    cards(firm)["agree"]["list"] = cards(firm)["show"]["list"] = "now"
    cards(firm)["new"] = {"title": "Quite another thing", "list": "now"}
    (proposed,) = firm.plan().proposals
    assert (proposed.address, proposed.former) == ("board:work/list:now", "board:work/list:week")
    assert proposed.write == "write `now: {title: Now, was: week}`"
    assert proposed.source.startswith("./playbook/playbook.yaml:")
    firm.reorganise()
    ids = firm.ids()
    assert ids.items() >= before.items()
    assert firm.home("board:work/card:new") == "board:work/list:week"
    assert firm.plan().proposals == (proposed,)
    lists(firm)["now"] = {"title": week, "was": "week"}
    firm.reorganise()
    assert firm.id_of("board:work/list:now") == before["board:work/list:week"]
    assert firm.plan().proposals == ()


def test_a_proposal_that_is_refused_makes_the_new_and_releases_the_old(firm: Firm) -> None:
    documents = firm.playbook["documents"]
    documents["book"] = documents.pop("handbook")
    firm.playbook["parts"]["basis"] = ["board:work", "document:book"]
    documents["book"]["title"] = "Book"
    assert [each.address for each in firm.plan().proposals] == ["document:book"]
    documents["book"]["was"] = []
    recap = done_in_one(firm, "left as it is: “Handbook”")
    assert "document:book" in [c.address for c in recap.done if c.verb == "create"]
    assert f"{WORD}1" in firm.body("handbook")


def test_a_reworded_line_of_a_checklist_is_the_same_line(firm: Firm) -> None:
    before = firm.ids()
    cards(firm)["agree"]["checklist"][1] = "Try it on twenty leads"
    recap = done_in_one(firm, "1 check-list line renamed")
    assert not [c for c in recap.done if c.verb == "create"]
    if firm.stack == VENDORS:
        (old,) = [i for a, i in before.items() if "try-it" in a]
        assert old in firm.ids().values()


# Teams


def test_a_team_gets_another_name(firm: Firm) -> None:
    teams = firm.config["teams"]
    teams["north"] = {**teams.pop("sales"), "title": "Sales North", "was": "sales"}
    done_in_one(firm, "Sales becomes Sales North.")
    assert "Sales North answers within a day" in firm.text().replace("\n", " ")
    assert firm.owner("agree") == "Ana Silva"


def test_a_team_splits(firm: Firm) -> None:
    old = firm.config["teams"].pop("sales")
    firm.config["people"]["ben"] = "Ben Okoye <ben@acme.example>"
    firm.config["teams"] |= {
        "north": {**old, "title": "Sales North", "was": "sales", "members": ["ana"]},
        "south": {
            "title": "Sales South", "plays": "sales", "was": "sales", "lead": "ben",
            "members": ["ben", "cleo"],
        },
    }  # fmt: skip
    done_in_one(firm, "Sales splits into Sales North and Sales South. / Ben Okoye joins")
    assert firm.owner("agree") == "Ana Silva"
    if firm.stack == VENDORS:
        assert {"folder:home", "board:work"} <= set(firm.rights_of("ben"))
        assert {"folder:home", "board:work"} <= set(firm.rights_of("cleo"))


def test_two_teams_become_one(firm: Firm) -> None:
    firm.config["teams"] = {
        "revenue": {
            "title": "Revenue", "plays": ["sales", "marketing"], "was": ["sales", "market"],
            "lead": "dana", "members": ["ana", "cleo", "dana"],
        }
    }  # fmt: skip
    done_in_one(
        firm, "Sales and Marketing become Revenue. / Ana Silva’s 2 open cards go to Dana Wu."
    )
    assert firm.owner("agree") == "Dana Wu"


def test_a_team_takes_over_another_role(firm: Firm) -> None:
    teams = firm.config["teams"]
    teams["sales"]["plays"] = ["sales", "marketing"]
    teams["market"]["plays"] = []
    done_in_one(firm, "Sales now plays sales and marketing. / Marketing now plays nothing.")
    assert firm.owner("show") == "Ana Silva"
    assert firm.rights_of("dana") == []
    assert not firm.may_enter("dana")


# People


def test_somebody_joins(firm: Firm) -> None:
    firm.config["people"]["ben"] = "Ben Okoye <ben@acme.example>"
    firm.config["teams"]["sales"]["members"].append("ben")
    done_in_one(firm, "Ben Okoye joins Sales. / The meeting “Weekly” goes on with Ben Okoye.")
    assert "Ben Okoye <ben@acme.example>" in str(firm.records()["meeting:weekly"].hub["attendees"])
    if firm.stack == VENDORS:
        assert {"folder:home", "board:work"} <= set(firm.rights_of("ben"))


def test_somebody_moves_to_another_team(firm: Firm) -> None:
    firm.config["teams"]["sales"]["members"] = ["ana"]
    firm.config["teams"]["market"]["members"] = ["dana", "cleo"]
    firm.playbook["folders"]["home"]["share"] = {"sales": "edit", "marketing": "view"}
    done_in_one(firm, "Cleo Brandt moves from Sales to Marketing.")
    if firm.stack == VENDORS:
        access = firm.records()["folder:home"].hub["access"]
        assert isinstance(access, Mapping)
        assert access["Cleo Brandt <cleo@acme.example>"] == "view"


LEAVING: dict[str, Callable[[Firm], None]] = {
    "with somebody who takes over": lambda firm: firm.config["people"].update(
        ana={"name": "Ana Silva <ana@acme.example>", "left": "2027-02-26", "work-to": "cleo"}
    ),
    "and another leads": lambda firm: (
        firm.config["people"].update(
            ana={"name": "Ana Silva <ana@acme.example>", "left": "2027-02-26"}
        ),
        firm.config["teams"]["sales"].update(lead="cleo", members=["cleo", "ana"]),
    )[0],
    "and is taken out of the config": lambda firm: (
        firm.config["people"].pop("ana"),
        firm.config["teams"]["sales"].update(lead="cleo", members=["cleo"]),
    )[0],
}


@pytest.mark.parametrize("how", LEAVING)
def test_somebody_leaves(firm: Firm, how: str) -> None:
    firm.says_in_document("Minutes", "Say who came.", f"Say who came. Ana Silva said {WORD}5.")
    LEAVING[how](firm)
    recap = done_in_one(
        firm,
        "Ana Silva leaves. / The meeting “Weekly” goes on without Ana Silva. / "
        "Ana Silva’s 2 open cards go to Cleo Brandt.",
    )
    assert firm.owner("agree") == firm.owner("call") == "Cleo Brandt"
    assert firm.rights_of("ana") == []
    assert not firm.may_enter("ana")
    assert f"Ana Silva said {WORD}5" in firm.text(), "past minutes keep the name"
    if firm.stack == VENDORS:
        assert recap.done[0].verb == "revoke"


def test_who_leaves_also_loses_what_is_no_longer_in_the_playbook(firm: Firm) -> None:
    firm.playbook["documents"]["rule"]["share"] = {"sales": "edit"}
    firm.reorganise()
    firm.config["parts"] = ["basis"]
    firm.reorganise()
    LEAVING["and another leads"](firm)
    firm.reorganise()
    assert firm.rights_of("ana") == []
    assert not firm.may_enter("ana")


def test_who_has_another_name_keeps_their_work(firm: Firm) -> None:
    firm.config["people"]["ana"] = "Ana Costa <ana@acme.example>"
    done_in_one(firm, "Ana Silva is now called Ana Costa.")
    assert firm.owner("agree") == "Ana Costa"


# Lists


def test_lists_are_merged(firm: Firm) -> None:
    del lists(firm)["stuck"]
    lists(firm)["week"] = {"title": "This week", "was": "stuck"}
    cards(firm)["call"]["list"] = "week"
    recap = done_in_one(
        firm, "“Stuck” goes into “This week”, 2 cards with it, and then to the archive.",
        lost=("board:work/list:stuck",),
    )  # fmt: skip
    assert firm.home("board:work/card:call") == "board:work/list:week"
    assert recap.done[-1].verb in ("archive", "update")
    assert firm.archived("board:work/list:stuck")


def test_two_lists_become_a_third(firm: Firm) -> None:
    week = firm.id_of("board:work/list:week")
    firm.playbook["boards"]["work"]["lists"] = {
        "open": {"title": "Open", "was": ["week", "stuck"]},
        "done": "Done",
    }
    for key in ("agree", "call", "show"):
        cards(firm)[key]["list"] = "open"
    done_in_one(firm, "“Stuck” goes into “Open”", lost=("board:work/list:stuck",))
    if firm.stack == VENDORS:
        assert firm.id_of("board:work/list:open") == week
    assert firm.home("board:work/card:call") == "board:work/list:open"


def test_a_merged_list_that_is_asked_for_again_comes_back(firm: Firm) -> None:
    before = firm.id_of("board:work/list:stuck")
    test_lists_are_merged(firm)
    lists(firm)["week"] = "This week"
    lists(firm)["stuck"] = "Stuck"
    cards(firm)["call"]["list"] = "stuck"
    firm.reorganise()
    assert firm.home("board:work/card:call") == "board:work/list:stuck"
    if firm.stack == VENDORS:
        assert firm.id_of("board:work/list:stuck") == before


def test_a_list_is_split(firm: Firm) -> None:
    week = firm.id_of("board:work/list:week")
    firm.playbook["boards"]["work"]["lists"] = {
        "now": {"title": "Now", "was": "week"},
        "next": {"title": "Next", "was": "week"},
        "stuck": "Stuck",
        "done": "Done",
    }
    cards(firm)["agree"]["list"], cards(firm)["show"]["list"] = "now", "next"
    done_in_one(firm, "“Now” is split: “Next” is new beside it.")
    if firm.stack == VENDORS:
        assert firm.id_of("board:work/list:now") == week
    assert firm.home("board:work/card:agree") == "board:work/list:now"
    assert firm.home("board:work/card:show") == "board:work/list:next"


# Documents and their sections


def test_a_section_moves_with_what_members_wrote_in_it(firm: Firm) -> None:
    start, end = HANDBOOK.index("## Objections"), HANDBOOK.index("## Prices")
    firm.texts["rule.md"] += "\n" + HANDBOOK[start:end]
    firm.texts["handbook.md"] = HANDBOOK[:start] + HANDBOOK[end:]
    done_in_one(firm, "The section “Objections” moves from “Handbook” to “Hand-off rule”")
    assert f"what {WORD}1 saves" in firm.body("rule")
    assert "saves" not in firm.body("handbook")


def test_documents_are_merged(firm: Firm) -> None:
    documents = firm.playbook["documents"]
    handbook = firm.id_of("document:handbook")
    documents["book"] = {**documents.pop("handbook"), "was": ["handbook", "rule"]}
    del documents["rule"]
    firm.playbook["parts"] = {}
    firm.texts["handbook.md"] += "\n" + firm.texts["rule.md"].replace("# Hand", "## Hand")
    done_in_one(
        firm, "“Hand-off rule” goes into “Handbook”, and then to the archive.",
        lost=("document:rule",),
    )  # fmt: skip
    body = firm.body("book")
    assert f"what {WORD}1 saves" in body
    assert f"Ask {WORD}2." in body
    assert body.casefold().count("hand-off rule") == 1
    assert firm.archived("document:rule")
    if firm.stack == VENDORS:
        assert firm.id_of("document:book") == handbook


def test_a_document_is_split(firm: Firm) -> None:
    handbook = firm.id_of("document:handbook")
    start, end = HANDBOOK.index("## Objections"), HANDBOOK.index("## Prices")
    firm.texts["objections.md"] = "# Objections we hear\n\n" + HANDBOOK[start:end]
    firm.texts["handbook.md"] = HANDBOOK[:start] + HANDBOOK[end:]
    documents = firm.playbook["documents"]
    documents["book"] = {**documents.pop("handbook"), "was": "handbook"}
    documents["objections"] = {
        "title": "Objections", "in": "north", "was": "handbook", "text": "documents/objections.md",
    }  # fmt: skip
    firm.playbook["parts"] = {}
    done_in_one(firm, "“Handbook” is split: “Objections” is new beside it. / The section")
    assert f"what {WORD}1 saves" in firm.body("objections")
    assert "saves" not in firm.body("book")
    if firm.stack == VENDORS:
        assert firm.id_of("document:book") == handbook


def test_a_document_moves_to_another_folder(firm: Firm) -> None:
    firm.playbook["documents"]["handbook"]["in"] = "south"
    done_in_one(firm, "“Handbook” moves to “South”.")
    assert firm.home("document:handbook") == "folder:south"


# Folders


def test_a_folder_moves_into_another(firm: Firm) -> None:
    firm.playbook["folders"]["south"]["in"] = "north"
    done_in_one(firm, "“South” moves to “North”.")
    assert firm.home("folder:south") == "folder:north"


def test_folders_are_merged(firm: Firm) -> None:
    del firm.playbook["folders"]["south"]
    firm.playbook["folders"]["north"]["was"] = "south"
    firm.playbook["documents"]["rule"]["in"] = "north"
    done_in_one(firm, "“South” goes into “North”, 1 document with it", lost=("folder:south",))
    assert firm.home("document:rule") == "folder:north"
    assert firm.archived("folder:south")


def test_a_folder_is_split(firm: Firm) -> None:
    north = firm.id_of("folder:north")
    folders = firm.playbook["folders"]
    del folders["north"]
    folders["east"] = {"title": "East", "in": "home", "was": "north"}
    folders["west"] = {"title": "West", "in": "home", "was": "north"}
    firm.playbook["documents"]["handbook"]["in"] = "east"
    firm.playbook["documents"]["rule"]["in"] = "west"
    done_in_one(firm, "“East” is split: “West” is new beside it. / “Hand-off rule” moves to “West”")
    assert firm.home("document:handbook") == "folder:east"
    if firm.stack == VENDORS:
        assert firm.id_of("folder:east") == north


# Another board


def test_a_list_moves_to_another_board(firm: Firm) -> None:
    before = firm.ids()
    boards = firm.playbook["boards"]
    boards["other"] = {
        "title": "Other", "share": {"sales": "edit"},
        "lists": {"stuck": {"title": lists(firm).pop("stuck"), "was": "board:work/list:stuck"}},
        "cards": {
            "call": {**cards(firm).pop("call"), "was": "board:work/card:call", "list": "stuck"}
        },
    }  # fmt: skip
    if firm.stack == LOCAL:
        done_in_one(firm, "new: a board")
        said = " ".join(firm.plan().foreseen)
        assert "“Stuck” can't be moved from board:work to board:other in a plain folder." in said
        assert "“Call who waits” can't be moved" in said
        return
    done_in_one(firm, "“Stuck” moves to “Other”.")
    assert firm.home("board:other/card:call") == "board:other/list:stuck"
    if firm.stack == VENDORS:
        assert firm.id_of("board:other/list:stuck") == before["board:work/list:stuck"]
        assert firm.id_of("board:other/card:call") == before["board:work/card:call"]


# Parts


def test_a_part_goes_and_comes_back_with_the_same_things(firm: Firm) -> None:
    before = firm.ids()
    firm.config["parts"] = ["basis"]
    recap = done_in_one(firm, "No longer in the playbook, and left as it is: “Hand-off rule”.")
    assert not [c for c in recap.done if c.verb == "archive"]
    firm.says_in_document("Hand-off rule", "within a day", f"within a {WORD}5")
    del firm.config["parts"]
    firm.reorganise()
    assert firm.ids() == before
    assert f"within a {WORD}5" in firm.body("rule")
