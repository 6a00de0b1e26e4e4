"""No member's edit is ever lost: by a new input, a new playbook or a new team."""

import csv
import io
import re

from .desk import Desk

WORD = "zebra-crossing"


def edits(desk: Desk) -> dict[str, str]:
    """Let members write into every kind of file; return each of their words and its file."""
    desk.edit("acme/Glossary.md", "argue about a word", f"argue about a {WORD}-1")
    desk.edit("acme/Hand-off rule.md", "\n\n", f"\n\nA paragraph of ours, {WORD}-2.\n\n")
    desk.edit("acme/Work board.md", "The quickest win here", f"The quickest {WORD}-3 here")
    desk.edit("acme/Work board.md", "## Next\n", f"## Next\n\n- [ ] Our own card {WORD}-4\n")
    desk.edit("acme/Status tracker.csv", "Not measured yet", f"{WORD}-5")
    tracker = desk.read("acme/Status tracker.csv")
    desk.write("acme/Status tracker.csv", tracker + f"Our row {WORD}-6,,,,,,,\r\n")
    desk.edit("acme/Meetings.ics", "Five points", f"{WORD}-7 points")
    notes = desk.read("acme/Meetings/Weekly notes.md")
    desk.write("acme/Meetings/Weekly notes.md", notes + f"\nWe decided {WORD}-8.\n")
    return {
        f"{WORD}-1": "acme/Glossary.md",
        f"{WORD}-2": "acme/Hand-off rule.md",
        f"{WORD}-3": "acme/Work board.md",
        f"{WORD}-4": "acme/Work board.md",
        f"{WORD}-5": "acme/Status tracker.csv",
        f"{WORD}-6": "acme/Status tracker.csv",
        f"{WORD}-7": "acme/Meetings.ics",
        f"{WORD}-8": "acme/Meetings/Weekly notes.md",
    }


def assert_all_there(desk: Desk, words: dict[str, str]) -> None:
    for word, file in words.items():
        assert desk.read(file).count(word) == 1, f"{word} in {file}"


def test_edits_in_every_kind_of_file_survive_a_new_input(acme: Desk) -> None:
    words = edits(acme)
    acme.apply("--set", "company=Bolt", "--set", "answer-within=two hours")
    assert_all_there(acme, words)
    assert "sales and marketing at Bolt use" in acme.read("acme/Glossary.md")
    assert "two hours" in acme.read("acme/Status tracker.csv")
    acme.is_quiet()


def test_edits_in_every_kind_of_file_survive_an_edited_playbook(acme: Desk) -> None:
    words = edits(acme)
    acme.playbook("The quickest win here: these people asked", "The best win here: they asked")
    acme.playbook("title: Work board", "title: The board")
    acme.playbook('counts: "First-year value of', 'counts: "The first year of')
    acme.playbook("Five points: wins", "Six points: wins")
    acme.playbook("whenever two people", "whenever three people", file="documents/glossary.md")
    acme.apply(code=4)
    words = {w: f.replace("Work board", "The board") for w, f in words.items()}
    assert_all_there(acme, words)
    acme.is_quiet()


def test_edits_in_every_kind_of_file_survive_a_new_roster(acme: Desk) -> None:
    words = edits(acme)
    acme.edit("config.yaml", "lead: ana", "lead: ben")
    acme.edit("config.yaml", "members: [dana]", "members: [dana, ana]")
    acme.apply()
    assert_all_there(acme, words)
    assert "Ben" in acme.read("acme/Work board.md")
    acme.is_quiet()


def test_a_renamed_file_stays_the_same_document(acme: Desk) -> None:
    acme.path("acme/Glossary.md").rename(acme.path("acme/Our words.md"))
    acme.edit("acme/Our words.md", "argue about a word", "quarrel over a word")
    acme.apply("--set", "company=Bolt")
    assert not acme.path("acme/Glossary.md").exists()
    assert "quarrel over a word" in acme.read("acme/Our words.md")
    assert "sales and marketing at Bolt" in acme.read("acme/Our words.md")
    acme.is_quiet()


def test_the_table_stays_a_table_after_edits_and_a_new_input(acme: Desk) -> None:
    edits(acme)
    acme.apply("--set", "company=Bolt")
    text = acme.path("acme/Status tracker.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 10
    assert {len(row) for row in rows} == {8}


# A conflict is shown once, where people work, and settled there


OURS = "and whenever two people argue about a word for ten minutes"
THEIRS = "and whenever two people argue about a word for a full hour"


def conflict(desk: Desk) -> None:
    """Let a member and the playbook rewrite one sentence."""
    started = "and whenever two people argue about a word for more than five minutes"
    desk.edit("acme/Glossary.md", started, OURS)
    desk.playbook(started, THEIRS, file="documents/glossary.md")


def test_a_conflict_is_shown_once_under_the_paragraph_with_its_date(acme: Desk) -> None:
    conflict(acme)
    acme.clock.set(2026, 12, 14)
    assert [c["address"] for c in acme.plan()["conflicts"]] == ["document:glossary"]
    recap = acme.apply(code=4)
    assert "a full hour" in recap.out, "the recap tells it"
    text = acme.read("acme/Glossary.md")
    assert OURS in text
    assert "> **Suggested text, 14 Dec:**" in text
    after = text[text.index(OURS) :]
    assert after.index("Suggested text") < after.index("**How to agree")
    acme.clock.set(2026, 12, 21)
    acme.is_quiet()
    assert acme.plan()["conflicts"] == []
    assert acme.run("status", code=4).out.count("A suggestion waits") == 1


def test_deleting_the_note_is_an_answer(acme: Desk) -> None:
    before = acme.read("acme/Glossary.md")
    conflict(acme)
    acme.apply(code=4)
    text = acme.read("acme/Glossary.md")
    kept = [line for line in text.split("\n") if "Suggested text" not in line]
    assert len(kept) < len(text.split("\n"))
    acme.write("acme/Glossary.md", "\n".join(kept).replace("\n\n\n", "\n\n"))
    acme.apply()
    assert "Suggested text" not in acme.read("acme/Glossary.md")
    assert OURS in acme.read("acme/Glossary.md")
    assert before.count("\n") == acme.read("acme/Glossary.md").count("\n")
    acme.is_quiet()
    assert "A suggestion waits" not in acme.run("status", code=None).out


def test_editing_the_sentence_settles_it_and_the_note_goes(acme: Desk) -> None:
    conflict(acme)
    acme.apply(code=4)
    acme.edit("acme/Glossary.md", OURS, THEIRS)
    acme.apply()
    text = acme.read("acme/Glossary.md")
    assert "Suggested text" not in text
    assert text.count("a full hour") == 1
    acme.is_quiet()


def test_meeting_notes_are_the_members_once_they_are_begun(acme: Desk) -> None:
    before = acme.read("acme/Meetings/Weekly notes.md")
    assert "Ana Silva" in before
    acme.edit("config.yaml", "lead: ana", "lead: ben")
    acme.apply()
    assert acme.read("acme/Meetings/Weekly notes.md") == before
    assert "Owner: Ben Okoye" in acme.read("acme/Work board.md")
    acme.is_quiet()


def test_what_is_done_keeps_the_name_of_who_did_it(acme: Desk) -> None:
    acme.edit("acme/Work board.md", "- [ ] Call the leads", "- [x] Call the leads")
    acme.apply()
    acme.edit("config.yaml", "lead: ana", "lead: ben")
    acme.apply()
    board = acme.read("acme/Work board.md")
    done = board.split("- [x] Call the leads")[1].split("\n- [")[0]
    assert "Owner: Ana Silva" in done
    assert "Owner: Ben Okoye" in board
    acme.is_quiet()


def without_codes(board: str) -> str:
    return re.sub(r" \^card-[a-z0-9-]+(?=\r?$)", "", board, flags=re.MULTILINE)


def test_a_card_whose_code_was_taken_away_is_still_the_same_card(acme: Desk) -> None:
    board = acme.read("acme/Work board.md")
    assert without_codes(board) != board
    acme.write("acme/Work board.md", without_codes(board))
    acme.apply()
    assert acme.read("acme/Work board.md") == without_codes(board)
    assert "deleted" not in acme.run("status", code=4).out
    acme.playbook("title: Sign the hand-off rule", "title: Both heads sign the hand-off rule")
    acme.apply()
    after = acme.read("acme/Work board.md")
    assert after == without_codes(board).replace(
        "Sign the hand-off", "Both heads sign the hand-off"
    )
    acme.is_quiet()


def test_a_card_without_its_code_is_not_made_a_second_time_when_it_is_asked_for(acme: Desk) -> None:
    board = without_codes(acme.read("acme/Work board.md"))
    acme.write("acme/Work board.md", board)
    acme.apply("--restore", "board:work/card:sign-handoff")
    assert acme.read("acme/Work board.md") == board
    acme.apply("--restore", "board:work")
    assert acme.read("acme/Work board.md") == board
    acme.is_quiet()


def test_a_card_that_came_back_without_its_code_is_not_doubled_when_it_is_asked_for(
    acme: Desk,
) -> None:
    board = acme.read("acme/Work board.md")
    cut = re.sub(r"(?m)^- \[ \] Sign the hand-off rule.*\n(\t.*\n)*", "", board)
    assert "Sign the hand-off rule" not in cut
    acme.write("acme/Work board.md", cut)
    acme.apply()
    acme.write("acme/Work board.md", without_codes(board))
    acme.apply()
    acme.apply("--restore", "board:work/card:sign-handoff")
    assert acme.read("acme/Work board.md").count("Sign the hand-off rule") == 1
    acme.is_quiet()


def test_a_card_without_its_code_lives_on_as_any_other(acme: Desk) -> None:
    acme.write("acme/Work board.md", without_codes(acme.read("acme/Work board.md")))
    acme.apply()
    line = re.search(r"(?m)^- \[ \] Sign the hand-off rule.*\n", acme.read("acme/Work board.md"))
    assert line
    acme.edit("acme/Work board.md", line[0], line[0].replace("- [ ]", "- [x]"))
    acme.apply()
    assert "deleted" not in acme.run("status", code=4).out
    acme.is_quiet()


def test_a_row_whose_key_was_taken_away_is_still_the_same_row(acme: Desk) -> None:
    file = "acme/Status tracker.csv"
    head, *rows = acme.read(file).splitlines(keepends=True)
    bare = head + "".join(row.rpartition(",")[0] + ",\r\n" for row in rows)
    assert bare != acme.read(file)
    acme.write(file, bare)
    acme.apply()
    assert acme.read(file) == bare
    assert "deleted" not in acme.run("status", code=4).out
    acme.edit(file, "Not measured yet", "Measured since May")
    acme.apply()
    acme.playbook("Verdicts under the hand-off rule", "Verdicts of both heads")
    acme.apply()
    assert acme.read(file) == bare.replace("Not measured yet", "Measured since May", 1).replace(
        "Verdicts under the hand-off rule", "Verdicts of both heads", 1
    )
    acme.is_quiet()
