"""What is deleted, archived, restored, renamed or bound: asked for by name, never guessed."""

import shutil

from .desk import TEAM, Desk


def test_a_deleted_document_stays_away_and_comes_back_with_the_words_of_members(
    acme: Desk,
) -> None:
    acme.edit("acme/Glossary.md", "argue about a word", "quarrel over a word")
    acme.apply()
    acme.path("acme/Glossary.md").unlink()
    acme.apply()
    assert not acme.path("acme/Glossary.md").exists()
    assert "apply --restore document:glossary" in acme.run("status", code=None).out
    acme.apply("--restore", "document:glossary")
    assert "quarrel over a word" in acme.read("acme/Glossary.md")
    acme.is_quiet()


def test_without_the_folder_nothing_is_written_and_the_way_back_is_said(acme: Desk) -> None:
    before = acme.read("acme/Glossary.md")
    board = acme.read("acme/Work board.md")
    shutil.rmtree(acme.path("acme"))
    told = acme.apply(code=None)
    assert told.code == 1
    assert "--restore root:local" in told.said
    assert not acme.path("acme").exists()
    again = acme.run("plan", code=None)
    assert "--restore root:local" in again.said
    acme.apply("--restore", "root:local")
    assert acme.read("acme/Glossary.md") == before
    assert acme.read("acme/Work board.md") == board
    acme.is_quiet()


def test_archiving_puts_a_document_away_and_restore_brings_it_back(acme: Desk) -> None:
    before = acme.read("acme/Hand-off rule.md")
    acme.run("archive", "--yes", "document:handoff")
    assert not acme.path("acme/Hand-off rule.md").exists()
    assert acme.read("acme/Archive/Hand-off rule.md") == before
    acme.is_quiet()
    acme.apply("--restore", "document:handoff")
    assert acme.read("acme/Hand-off rule.md") == before
    acme.is_quiet()


def test_archiving_the_board_keeps_its_cards_for_the_way_back(acme: Desk) -> None:
    acme.edit("acme/Work board.md", "## Next\n", "## Next\n\n- [ ] Our own card\n")
    acme.apply()
    before = acme.read("acme/Work board.md")
    acme.run("archive", "--yes", "board:work")
    assert not acme.path("acme/Work board.md").exists()
    assert "Our own card" in acme.read("acme/Archive/Work board.md")
    acme.is_quiet()
    acme.apply("--restore", "board:work")
    assert acme.read("acme/Work board.md") == before
    acme.is_quiet()


CARDS = (
    "board:work/card:agree-qualified-lead", "board:work/card:call-forgotten-leads",
    "board:work/card:measure-answer", "board:work/card:show-campaigns",
    "board:work/card:sign-handoff",
)  # fmt: skip


def test_a_mass_removal_waits_for_the_approval_of_exactly_these_things(acme: Desk) -> None:
    before = acme.read("acme/Work board.md")
    asked = acme.run("archive", "--yes", *CARDS, code=4)
    digest = asked.out.split("--approve ")[1].split()[0]
    line = f"smarketing archive {' '.join(CARDS)} --approve {digest}"
    assert line in asked.out, asked.out
    assert acme.read("acme/Work board.md") == before
    acme.run("archive", "--yes", *CARDS, "--approve", "0" * 12, code=4)
    acme.run("archive", "--yes", *CARDS[:4], "--approve", digest, code=4)
    assert acme.read("acme/Work board.md") == before
    acme.run("archive", "--yes", *CARDS, "--approve", digest)
    assert "## Archive" in acme.read("acme/Work board.md")
    acme.is_quiet()


def test_a_former_key_keeps_the_file_and_the_words_in_it(acme: Desk) -> None:
    acme.edit("acme/Hand-off rule.md", "\n\n", "\n\nA paragraph of ours.\n\n")
    acme.playbook("  handoff:\n    title:", "  hand-over:\n    was: handoff\n    title:")
    text = acme.read("playbook/playbook.yaml").replace("document:handoff", "document:hand-over")
    acme.write("playbook/playbook.yaml", text)
    for name in ("glossary", "persona", "agenda", "handoff"):
        old = acme.read(f"playbook/documents/{name}.md")
        acme.write(f"playbook/documents/{name}.md", old.replace(":handoff", ":hand-over"))
    before = acme.path("acme").rglob("*.md")
    recap = acme.run("apply", "--yes", "--json").data
    assert recap["counts"]["create"] == 0
    assert "A paragraph of ours." in acme.read("acme/Hand-off rule.md")
    assert sorted(acme.path("acme").rglob("*.md")) == sorted(before)
    acme.is_quiet()


def test_nothing_moves_into_a_tool_that_nobody_is_signed_in_to(
    acme: Desk,
) -> None:
    before = acme.files()
    acme.edit("config.yaml", "timezone:", "use: {boards: trello}\ntimezone:")
    told = acme.apply(code=None)
    assert told.code == 1
    assert "smarketing login trello" in told.err
    acme.edit("config.yaml", "use: {boards: trello}\n", "")
    assert acme.files() == before


def test_a_file_that_is_there_is_bound_and_never_overwritten(desk: Desk) -> None:
    desk.write("config.yaml", TEAM + "existing:\n  document:glossary: Our words.md\n")
    desk.write("acme/Our words.md", "# Words\n\nLead: somebody who rang twice.\n")
    recap = desk.run("apply", "--yes", "--json").data
    assert not desk.path("acme/Glossary.md").exists()
    text = desk.read("acme/Our words.md")
    assert text.endswith("# Words\n\nLead: somebody who rang twice.\n")
    assert "document:glossary" in [keep["address"] for keep in recap["keeps"]]
    assert desk.plan()["keeps"] == []
    desk.is_quiet()


def test_a_file_that_was_there_before_us_is_never_overwritten(desk: Desk) -> None:
    desk.write("acme/Glossary.md", "Ours since 2019.\n")
    desk.apply()
    assert desk.read("acme/Glossary.md") == "Ours since 2019.\n"
    desk.is_quiet()


# Who leaves


def test_who_leaves_hands_over_open_cards_and_the_chair_in_the_meeting(acme: Desk) -> None:
    assert "Ana Silva" in acme.read("acme/Work board.md")
    acme.edit("acme/Work board.md", "- [ ] Sign the hand-off rule", "- [x] Sign the hand-off rule")
    acme.edit(
        "config.yaml",
        "  ana: Ana Silva <ana@acme.example>\n",
        "  ana: {name: Ana Silva <ana@acme.example>, left: 2027-02-26, work-to: ben}\n",
    )
    acme.edit("config.yaml", "lead: ana, members: [ana, ben]", "lead: ben, members: [ben]")
    acme.apply()
    board = acme.read("acme/Work board.md")
    assert "Ana" not in board
    assert "Ben Okoye" in board
    meetings = acme.read("acme/Meetings.ics").replace("\r\n ", "")
    assert "mailto:ana@acme.example" not in meetings
    assert "mailto:ben@acme.example" in meetings
    acme.is_quiet()


# Who is told


def messages(desk: Desk) -> list[str]:
    return sorted(path.name for path in desk.path("acme").rglob("Outbox/*"))


def test_invitations_can_be_held_and_go_out_once_to_each_person(desk: Desk) -> None:
    desk.write("config.yaml", TEAM)
    held = desk.apply("--hold-invitations")
    assert "Ana Silva, Ben Okoye and Dana Wu hear nothing yet" in held.said
    assert messages(desk) == []
    desk.apply("--hold-invitations")
    assert messages(desk) == []
    assert "--hold-invitations" not in desk.apply().out
    assert len(messages(desk)) == 3
    desk.is_quiet()
    desk.edit("config.yaml", "people:\n", "people:\n  eve: Eve Roy <eve@acme.example>\n")
    desk.edit("config.yaml", "members: [dana]", "members: [dana, eve]")
    plan = desk.run("plan").out
    laid = "A message for Eve Roy {} laid into ./acme/Outbox for you to send: nothing leaves"
    assert laid.format("is") in plan
    assert laid.format("was") in desk.apply().out
    assert "Eve, your shared workspace - Acme.txt" in messages(desk)
    mail = desk.read("acme/Outbox/Eve, your shared workspace - Acme.txt")
    assert "- Glossary (Glossary.md)" in mail
    assert "](" not in mail
    assert "If you do not see it, ask the lead of your team, or who set it up." in mail
    assert len(messages(desk)) == 4
    desk.forget()
    desk.apply()
    assert len(messages(desk)) == 4


def test_archiving_a_folder_takes_its_documents_along_and_brings_them_back(acme: Desk) -> None:
    before = {name: data for name, data in acme.files().items() if "/Personas/" in name}
    acme.run("archive", "--yes", "folder:personas", "--json")
    assert not acme.path("acme/Personas").exists()
    acme.is_quiet()
    acme.apply("--restore", "folder:personas")
    assert {name: data for name, data in acme.files().items() if "/Personas/" in name} == before
    acme.is_quiet()


def test_a_key_that_changed_without_was_is_asked_about(acme: Desk) -> None:
    acme.playbook("      week: This week", "      now: This week")
    text = acme.read("playbook/playbook.yaml").replace("list: week", "list: now")
    acme.write("playbook/playbook.yaml", text)
    line = 1 + text[: text.index("      now: This week")].count("\n")
    board = acme.read("acme/Work board.md")
    plan = acme.run("plan").out
    assert (
        f"./playbook/playbook.yaml:{line}: board:work/list:now looks like the former "
        "board:work/list:week (“This week”): write `now: {title: This week, was: week}`." in plan
    )
    assert "board:work/list:now" in acme.run("status", code=4).out
    acme.apply(code=4)
    assert acme.read("acme/Work board.md") == board
    acme.edit("playbook/playbook.yaml", "now: This week", "now: {title: This week, was: week}")
    acme.apply()
    assert acme.read("acme/Work board.md") == board
    acme.is_quiet()


def test_a_key_of_a_team_that_changed_without_was_is_asked_about(acme: Desk) -> None:
    acme.edit("config.yaml", "  north: {title: Sales North", "  south: {title: Sales South")
    text = acme.read("config.yaml")
    line = 1 + text[: text.index("  south:")].count("\n")
    plan = acme.run("plan").out
    assert (
        f"config.yaml:{line}: team:south looks like the former team:north (“Sales North”): write "
        "`was: north` at this team. If it is something new, write `was: []` at this team." in plan
    )
    assert "Sales North" not in plan.partition("Decide this")[0]
    assert "team:south" in acme.run("status", code=4).out
    acme.apply(code=4)
    assert "team:south" in acme.run("plan").out, "until somebody decides"
    acme.edit("config.yaml", "title: Sales South", "title: Sales South, was: north")
    assert "Sales North becomes Sales South." in acme.run("plan").out
    acme.apply()
    acme.is_quiet()


def test_a_team_that_is_new_by_its_own_words_is_asked_about_by_nobody(acme: Desk) -> None:
    acme.edit("config.yaml", "  north: {title: Sales North", "  south: {was: [], title: South")
    plan = acme.run("plan").out
    assert "looks like" not in plan
    assert "South is a new team. Sales North is no longer a team." in plan
    acme.apply()
    acme.is_quiet()
