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


def test_a_members_card_that_went_along_with_a_merged_list_is_named_by_the_undo(
    acme: Desk,
) -> None:
    acme.edit("acme/Work board.md", "## Stuck\n", "## Stuck\n\n- [ ] Our own card\n")
    acme.apply()
    acme.playbook("      week: This week\n", "      week: {title: This week, was: stuck}\n")
    acme.playbook("      stuck: Stuck\n")
    acme.apply()
    told = acme.run("undo", "-v", "--yes").said
    assert "“Our own card” stays in “This week”" in told
    assert "## Stuck" in acme.read("acme/Work board.md")
    assert "Our own card" in acme.read("acme/Work board.md")
    acme.is_quiet()
