"""After an undo the playbook goes on as if nothing had been, whoever comes and goes."""

from .desk import TEAM, Desk

WITH_CLEO = TEAM.replace(
    "  dana: Dana Wu <dana@acme.example>\n",
    "  dana: Dana Wu <dana@acme.example>\n  cleo: {name: Cleo Brandt, mail: cleo@acme.example}\n",
).replace("lead: ana, members: [ana, ben]", "lead: cleo, members: [ana, ben, cleo]")


def _undone(desk: Desk) -> None:
    """Let Ana lead instead of Cleo, and take it back."""
    desk.write("config.yaml", WITH_CLEO)
    desk.apply()
    desk.edit("config.yaml", "lead: cleo", "lead: ana")
    desk.apply()
    assert "Ana Silva" in desk.read("acme/Hand-off rule.md")
    desk.run("undo", "--yes")
    assert "Cleo Brandt for the verdict" in desk.read("acme/Hand-off rule.md")


def _cleo_leaves(desk: Desk) -> None:
    gone = "mail: cleo@acme.example, left: 2026-11-20, work-to: dana"
    desk.edit("config.yaml", "mail: cleo@acme.example", gone)
    desk.edit("config.yaml", "[ana, ben, cleo]", "[ana, ben]")


def test_who_has_left_owns_nothing_though_the_run_that_replaced_them_was_taken_back(
    desk: Desk,
) -> None:
    _undone(desk)
    desk.is_quiet()
    desk.edit("acme/Hand-off rule.md", "# Hand-off rule", "# Hand-off rule\n\nOur own sentence.")
    _cleo_leaves(desk)
    desk.apply()
    for name in ("Glossary.md", "Hand-off rule.md"):
        assert "Cleo Brandt" not in desk.read(f"acme/{name}"), name
        assert "Ana Silva" in desk.read(f"acme/{name}"), name
    assert "Our own sentence." in desk.read("acme/Hand-off rule.md")
    assert "Cleo Brandt" not in desk.read("acme/Work board.md")
    desk.is_quiet()


def test_what_is_handed_over_after_an_undo_is_not_taken_for_a_members_choice(desk: Desk) -> None:
    _undone(desk)
    desk.edit("config.yaml", "[ana, ben, cleo]", "[ana, ben]")
    desk.apply()
    desk.edit("config.yaml", "lead: ana", "lead: ben")
    plan = desk.plan()
    assert plan["changes"]
    assert plan["conflicts"] == []
    desk.apply()
    assert "Ben Okoye for the verdict" in desk.read("acme/Hand-off rule.md")
    desk.is_quiet()


def test_a_change_that_was_taken_back_stays_so_while_everybody_is_there(desk: Desk) -> None:
    _undone(desk)
    desk.edit("config.yaml", "members: [dana]", "members: [dana, ben]")
    desk.apply()
    assert "Cleo Brandt for the verdict" in desk.read("acme/Hand-off rule.md")


def _merged(desk: Desk) -> None:
    """Merge the list “Stuck”, in which lies a member's own card, into “This week”."""
    desk.edit("acme/Work board.md", "## Stuck\n", "## Stuck\n\n- [ ] Our own card\n")
    desk.apply()
    desk.playbook("      week: This week\n", "      week: {title: This week, was: stuck}\n")
    desk.playbook("      stuck: Stuck\n")
    desk.apply()
    assert "Our own card" in _lane(desk, "This week")


def _without_sync(desk: Desk) -> None:
    """Keep nothing in step, so that state does not know what members made."""
    desk.playbook()
    text = desk.read("playbook/playbook.yaml")
    start = text.index("\nsync:")
    desk.write("playbook/playbook.yaml", text[:start] + text[text.index("\nfolders:", start) :])


def _lane(desk: Desk, title: str) -> str:
    """Return what stands in a list of the work board."""
    return desk.read("acme/Work board.md").partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_a_members_card_that_went_along_with_a_merged_list_goes_back_with_the_undo(
    acme: Desk,
) -> None:
    _merged(acme)
    written = acme.run("history", "2").said
    assert "“Our own card” moved" in written
    assert "in: “Stuck” → " in written
    acme.edit("acme/Work board.md", "- [ ] Our own card", "- [x] Our own card\n  Mine.")
    told = acme.run("undo", "-v", "--yes").said
    assert "“Our own card”" not in told, "nothing is left to a person"
    assert " > Our own card " in told
    assert "Our own card\n  Mine." in _lane(acme, "Stuck")
    acme.is_quiet()
    acme.run("undo", "--yes")
    assert "Our own card" in _lane(acme, "This week")
    acme.is_quiet()


def test_a_members_card_that_a_member_has_moved_since_stays_there(acme: Desk) -> None:
    _without_sync(acme)
    _merged(acme)
    acme.edit("acme/Work board.md", "- [ ] Our own card\n", "")
    acme.edit("acme/Work board.md", "## Done\n", "## Done\n\n- [ ] Our own card\n")
    told = acme.run("undo", "--yes").said
    assert "“Our own card” stays in “Done”: your team has put it there since." in told
    assert "Our own card" in _lane(acme, "Done")
    acme.is_quiet()


def test_a_members_card_of_a_synced_board_is_known_and_its_own_edits_stand(acme: Desk) -> None:
    _merged(acme)
    acme.edit("acme/Work board.md", "- [ ] Our own card\n", "")
    acme.edit("acme/Work board.md", "## Done\n", "## Done\n\n- [ ] Our own card\n")
    told = acme.run("undo", "--yes").said
    assert "“Our own card” was changed since and stays as it is." in told
    assert "Our own card" in _lane(acme, "Done")
    acme.is_quiet()


def test_a_members_card_that_nobody_can_tell_any_more_is_named_by_the_undo(acme: Desk) -> None:
    _without_sync(acme)
    _merged(acme)
    acme.edit("acme/Work board.md", "- [ ] Our own card\n", "- [ ] Another name\n")
    told = acme.run("undo", "--yes").said
    assert "“Our own card” is not where it went along to" in told
    assert "Another name" in _lane(acme, "This week")
    acme.is_quiet()


def test_who_has_left_comes_back_into_no_text_by_an_undo(desk: Desk) -> None:
    desk.write("config.yaml", WITH_CLEO)
    lead = "One sentence that both heads would defend"
    desk.playbook(lead, f"{{{{ roles.sales.lead }}}} calls. {lead}")
    desk.apply()
    _cleo_leaves(desk)
    desk.edit("config.yaml", "lead: cleo", "lead: ana")
    desk.playbook("# Hand-off rule\n", "# Hand-off rule\n\nNew words.\n", "documents/handoff.md")
    desk.playbook("It takes 15 minutes", "It takes an hour")
    desk.apply()
    told = desk.run("undo", "--yes").said
    assert "Cleo Brandt has left, so “Hand-off rule” does not name them again." in told
    for name in ("Glossary.md", "Hand-off rule.md", "Work board.md", "Start here.md"):
        assert "Cleo" not in desk.read(f"acme/{name}"), name
    assert "Ana Silva for the verdict" in desk.read("acme/Hand-off rule.md")
    assert "New words." not in desk.read("acme/Hand-off rule.md")
    assert "Ana Silva calls. One sentence" in desk.read("acme/Work board.md")
    assert "It takes 15 minutes" in desk.read("acme/Work board.md")
    desk.is_quiet()
