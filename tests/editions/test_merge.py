"""`playbook merge` brings a later edition into a copy, and no word of the person's is lost."""

import os
from pathlib import Path
from typing import Any

import pytest

from smarketing.yamlfiles.parse import parse
from tests.promises.desk import Desk

from .shelf import CONFIG, FIRST, NEW_WORDS, RULES, THIRD, WORDS, Shelf


@pytest.fixture
def copied(desk: Desk, shelf: Shelf) -> Desk:
    """A workspace with a copy of edition 1, while edition 3 is the newest."""
    desk.write("config.yaml", CONFIG)
    desk.apply()
    desk.run("playbook", "copy", "--yes")
    shelf.ship(2)
    shelf.ship(3)
    return desk


def book(desk: Desk) -> str:
    return desk.read("playbook/playbook.yaml")


def data_of(text: str) -> Any:
    return parse(text, "playbook.yaml").data


def test_a_copy_that_nobody_changed_becomes_the_later_edition(copied: Desk) -> None:
    copied.run("playbook", "merge", "playbook", "--yes")
    lines = book(copied).splitlines(keepends=True)
    assert "".join(line for line in lines if not line.startswith("copy-of")) == THIRD
    assert copied.read("playbook/documents/words.md") == NEW_WORDS
    assert "To take" not in copied.run("plan").out
    copied.apply()
    copied.is_quiet()


def test_it_first_shows_what_it_would_change_and_a_no_changes_nothing(copied: Desk) -> None:
    copied.edit("playbook/playbook.yaml", "stuck: Stuck", "stuck: Blocked")
    before = copied.files()
    told = copied.run("playbook", "merge", answer="n\n")
    assert told.out.startswith(
        "Edition 3 of the playbook starter into ./playbook, a copy of edition 1.\n\nWhat is new:\n"
    )
    assert "    + meetings\n" in told.out
    assert "    - boards › work › cards › old-habit\n" in told.out
    title = "boards › work › cards › agree-lead › title"
    assert f"    ~ {title}: “Agree what a lead is” becomes “Agree in writing" in told.out
    assert "  documents/words.md: 1 line new, 1 taken out\n" in told.out
    assert told.err.endswith("Nothing was changed.\n")
    assert "Write this into ./playbook?" in told.err
    assert copied.files() == before


def test_verbose_shows_every_line(copied: Desk) -> None:
    told = copied.run("playbook", "merge", "-v", answer="n\n").out
    assert "-Somebody who might buy. We know a name.\n" in told
    assert "+Somebody who might buy. We know a name and a need.\n" in told


def test_what_a_person_changed_added_noted_and_took_out_stands(copied: Desk) -> None:
    copied.edit("playbook/playbook.yaml", "stuck: Stuck", "stuck: Blocked     # Ben's word")
    copied.edit("playbook/playbook.yaml", "Ten minutes are enough.", "An hour is enough.")
    copied.edit(
        "playbook/playbook.yaml", "          - Read it aloud\n", "          - own: Our own\n"
    )
    copied.edit(
        "playbook/playbook.yaml",
        "documents:\n",
        "# Ours:\ndocuments:\n  faq: {title: FAQ, text: None.}\n",
    )
    copied.edit("playbook/documents/words.md", "Somebody who bought.", "Somebody who bought twice.")
    copied.run("playbook", "merge", "--yes")
    text = book(copied)
    assert "stuck: Blocked     # Ben's word\n" in text
    assert "by it. Write it down together.\n\n          An hour is enough.\n" in text
    assert "- sign: Both sign\n          - own: Our own\n" in text
    assert "Read it aloud" not in text
    assert "# Ours:\ndocuments:\n  faq: {title: FAQ, text: None.}\n" in text
    words = copied.read("playbook/documents/words.md")
    assert "We know a name and a need." in words
    assert "Somebody who bought twice." in words
    copied.apply()
    copied.is_quiet()


def test_where_both_changed_one_thing_the_persons_stands_and_the_other_is_told(
    copied: Desk,
) -> None:
    copied.edit("playbook/playbook.yaml", "title: Agree what a lead is", "title: What is a lead?")
    copied.edit("playbook/documents/words.md", "We know a name.", "We know a phone number.")
    copied.edit("playbook/playbook.yaml", "title: Drop an old habit", "title: Drop three habits")
    told = copied.run("playbook", "merge", "--yes", code=4).err
    assert "In 3 places what you have stays" in told
    assert "What is a lead?" in book(copied)
    line = book(copied).splitlines().index("        title: What is a lead?") + 1
    assert f"  ./playbook/playbook.yaml:{line}: boards › work › cards › agree-lead › title:" in told
    assert "    yours:       What is a lead?\n    edition 3:   Agree in writing what a lead" in told
    assert "./playbook/documents/words.md:7: both of you changed this\n" in told
    assert "    edition 3:   We know a name and a need.\n" in told
    assert "old-habit: the edition takes this out, and you changed it\n" in told
    assert "Drop three habits" in book(copied)
    assert "We know a phone number." in copied.read("playbook/documents/words.md")


def test_what_a_person_took_out_stays_out_and_is_told_if_the_edition_changes_it(
    copied: Desk,
) -> None:
    text = book(copied)
    start, end = text.index("      # The first"), text.index("      old-habit:")
    copied.write("playbook/playbook.yaml", text[:start] + text[end:])
    told = copied.run("playbook", "merge", "--yes", code=4).err
    assert "cards › agree-lead: you took this out, and the edition changes it\n" in told
    assert "Agree in writing" in told
    assert "agree-lead" not in book(copied)


def test_a_merge_twice_changes_nothing(copied: Desk) -> None:
    copied.run("playbook", "merge", "--yes")
    before = copied.files()
    told = copied.run("playbook", "merge", "--yes").out
    assert told == "./playbook is of edition 3 already: there is nothing to merge.\n"
    assert copied.files() == before


def test_the_edition_to_merge_can_be_named_an_earlier_one_too(copied: Desk) -> None:
    copied.run("playbook", "merge", "--yes", "--edition", "2")
    assert data_of(book(copied))["edition"] == 2
    copied.run("playbook", "merge", "--yes", "--edition", "3")
    copied.run("playbook", "merge", "--yes", "--edition", "1")
    data = data_of(book(copied))
    assert data.pop("copy-of") == "starter"
    assert data == data_of(FIRST)
    assert copied.read("playbook/documents/words.md") == WORDS
    told = copied.run("playbook", "merge", "--edition", "9", code=1).err
    assert "Edition 9 of the playbook starter is not here. There are: 1, 2, 3." in told


def test_as_json_it_only_looks_unless_told_yes(copied: Desk) -> None:
    before = copied.files()
    told = copied.run("playbook", "merge", "--json").data
    assert (told["from"], told["edition"], told["written"]) == (1, 3, False)
    assert told["files"] == {"documents/words.md": "changed", "playbook.yaml": "changed"}
    assert {"verb": "taken out", "path": ["boards", "work", "cards", "old-habit"]}.items() <= next(
        each for each in told["taken"] if each["verb"] == "taken out"
    ).items()
    assert copied.files() == before
    assert copied.run("playbook", "merge", "--json", "--yes").data["written"] is True
    assert copied.files() != before


# Files


def ship_files(shelf: Shelf, **documents: str) -> None:
    """Ship edition 4: the third with these documents, one line of playbook for each."""
    lines = "".join(
        f"  {key}:\n    title: {key.title()}\n    text: documents/{key}.md\n" for key in documents
    )
    head, rest = THIRD.replace("edition: 3", "edition: 4").split("documents:\n")
    _, tail = rest.split("\nmeetings:")
    files = {f"documents/{key}.md": text for key, text in documents.items()}
    text = f"{head}documents:\n{lines}\nmeetings:{tail}"
    shelf.put(4, {"playbook.yaml": text, **files})


def test_files_come_and_go_with_what_names_them(copied: Desk, shelf: Shelf) -> None:
    ship_files(shelf, words=NEW_WORDS, promises="# Promises\n")
    told = copied.run("playbook", "merge", "--yes").err
    assert "  documents/promises.md: new\n" in told
    assert "  documents/rules.md: taken out" in told
    assert copied.read("playbook/documents/promises.md") == "# Promises\n"
    assert not copied.path("playbook/documents/rules.md").exists()


def test_a_file_that_the_edition_drops_and_a_person_changed_stays(
    copied: Desk, shelf: Shelf
) -> None:
    copied.edit("playbook/documents/rules.md", "within a day", "within an hour")
    ship_files(shelf, words=NEW_WORDS)
    told = copied.run("playbook", "merge", "--yes", code=4).err
    assert "documents/rules.md:1: the edition takes this out, and you changed it" in told
    assert "within an hour" in copied.read("playbook/documents/rules.md")


def test_a_file_that_a_person_still_names_stays(copied: Desk, shelf: Shelf) -> None:
    copied.edit("playbook/playbook.yaml", "title: Rules", "title: Our rules")
    ship_files(shelf, words=NEW_WORDS)
    copied.run("playbook", "merge", "--yes", code=4)
    assert copied.read("playbook/documents/rules.md") == RULES
    copied.apply()
    copied.is_quiet()


def test_a_file_that_both_added_is_the_persons_and_is_told(copied: Desk, shelf: Shelf) -> None:
    copied.write("playbook/documents/promises.md", "# What we promise\n")
    ship_files(shelf, words=NEW_WORDS, rules=RULES, promises="# Promises\n")
    told = copied.run("playbook", "merge", "--yes", code=4).err
    assert "documents/promises.md:1: both of you changed this" in told
    assert copied.read("playbook/documents/promises.md") == "# What we promise\n"


def test_a_file_that_a_person_deleted_stays_deleted(copied: Desk, shelf: Shelf) -> None:
    copied.edit(
        "playbook/playbook.yaml", "  rules:\n    title: Rules\n    text: documents/rules.md\n", ""
    )
    copied.path("playbook/documents/rules.md").unlink()
    ship_files(shelf, words=NEW_WORDS, rules="# Rules\n\nWithin an hour.\n")
    told = copied.run("playbook", "merge", "--yes", code=4).err
    assert "documents/rules.md:1: you took this out, and the edition changes it" in told
    assert not copied.path("playbook/documents/rules.md").exists()


def test_what_a_persons_own_things_need_is_not_taken_out(copied: Desk, shelf: Shelf) -> None:
    """The edition drops a list that a card of the person's stands in."""
    own = "      own:\n        title: Our own\n        list: stuck\n"
    copied.edit("playbook/playbook.yaml", "\n      old-habit:", f"{own}\n      old-habit:")
    text = THIRD.replace("edition: 3", "edition: 4").replace("      stuck: Stuck\n", "")
    documents = {"documents/words.md": NEW_WORDS, "documents/rules.md": RULES}
    shelf.put(4, {"playbook.yaml": text, **documents})
    told = copied.run("playbook", "merge", "--yes", code=4).err
    assert "lists › stuck: the edition takes this out, and your playbook needs it" in told
    assert "      stuck: Stuck\n" in book(copied)
    assert own in book(copied)
    copied.apply()


def test_a_key_that_the_edition_renames_takes_the_persons_words_along(
    copied: Desk, shelf: Shelf
) -> None:
    copied.edit("playbook/playbook.yaml", "title: Drop an old habit", "title: Drop three habits")
    card = "\n      bad-habit:\n        was: old-habit\n        title: Drop an old habit\n        list: stuck\n"
    text = THIRD.replace("edition: 3", "edition: 4").replace("\ndocuments:", f"{card}\ndocuments:")
    documents = {"documents/words.md": NEW_WORDS, "documents/rules.md": RULES}
    shelf.put(4, {"playbook.yaml": text, **documents})
    told = copied.run("playbook", "merge", "--yes").err
    assert "    = boards › work › cards › bad-habit: was old-habit\n" in told
    cards = data_of(book(copied))["boards"]["work"]["cards"]
    assert cards["bad-habit"] == {"was": "old-habit", "title": "Drop three habits", "list": "stuck"}
    assert "old-habit" not in cards
    copied.apply()
    assert "Drop three habits" in copied.read("acme/Work board.md")


def test_a_key_that_the_person_renamed_gets_what_the_edition_changes(copied: Desk) -> None:
    copied.edit("playbook/playbook.yaml", "agree-lead:\n", "our-lead:\n        was: agree-lead\n")
    copied.run("playbook", "merge", "--yes")
    cards = data_of(book(copied))["boards"]["work"]["cards"]
    assert cards["our-lead"]["title"] == "Agree in writing what a lead is"
    assert "agree-lead" not in cards


# How the files are written


def test_line_ends_and_marks_of_the_persons_files_stay(copied: Desk) -> None:
    for name in ("playbook.yaml", "documents/words.md"):
        text = copied.read(f"playbook/{name}").replace("\n", "\r\n")
        copied.write(f"playbook/{name}", "\ufeff" + text)
    copied.run("playbook", "merge", "--yes")
    for name, words in (("playbook.yaml", "weekly:"), ("documents/words.md", "and a need.")):
        text = copied.read(f"playbook/{name}")
        assert words in text
        assert text.startswith("\ufeff")
        assert text.count("\ufeff") == 1
        assert text.count("\r\n") == text.count("\n")


def test_all_files_are_written_or_none(copied: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = copied.files()
    real = os.replace

    def full(source: Path, target: Path) -> None:
        if target.name == "playbook.yaml":
            raise OSError(28, "No space left on device")
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        assert "No space left" in copied.run("playbook", "merge", "--yes", code=1).err
    assert copied.files() == before
    copied.run("playbook", "merge", "--yes")


def test_a_merge_that_was_killed_half_way_is_finished_by_the_next(
    copied: Desk, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    ship_files(shelf, words=NEW_WORDS.replace("bought.", "paid."), promises="# Promises\n")
    copied.edit("playbook/documents/words.md", "Ana keeps it.", "Ana and Ben keep it.")
    copied.edit("playbook/playbook.yaml", "stuck: Stuck", "stuck: Blocked")
    start = copied.files()
    copied.run("playbook", "merge", "--yes")
    whole = copied.files()
    real = os.replace
    for most in range(3):
        for name in copied.files():
            copied.path(name).unlink()
        for name, content in start.items():
            copied.path(name).write_bytes(content)
        count = 0

        def killed(source: Path, target: Path, most: int = most) -> None:
            nonlocal count
            count += 1
            if count > most:
                raise KeyboardInterrupt
            real(source, target)

        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", killed)
            patch.setattr("smarketing.edition.allornone._put_back", lambda *_: None)
            with pytest.raises(AssertionError):
                copied.run("playbook", "merge", "--yes")
        copied.run("playbook", "merge", "--yes")
        assert copied.files() == whole


def test_a_file_that_changes_while_the_question_waits_is_not_written_over(
    copied: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def thinks(*_: object, **__: object) -> bool:
        copied.edit("playbook/documents/words.md", "Ana keeps it.", "Ben keeps it.")
        return True

    monkeypatch.setattr("click.confirm", thinks)
    told = copied.run("playbook", "merge", code=1).err
    assert "words.md was changed in the meantime. Nothing was merged" in told
    assert "edition: 1" in book(copied)
    assert "Ben keeps it." in copied.read("playbook/documents/words.md")


# What can't be merged


def test_a_folder_that_is_no_copy_is_told_how_to_become_one(copied: Desk) -> None:
    copied.write("own/playbook.yaml", "playbook: own\ntitle: Own\nedition: 1\n")
    told = copied.run("playbook", "merge", "own", code=1).err
    assert told.startswith("own is no copy of a shipped playbook: its playbook.yaml has no lines")
    copied.write("own/playbook.yaml", "playbook: own\ntitle: Own\nedition: 1\ncopy-of: gone\n")
    told = copied.run("playbook", "merge", "own", code=1).err
    assert told == "No playbook of the name gone comes with this smarketing.\n"
    assert (
        "no-folder/playbook.yaml:1:1: There"
        in copied.run("playbook", "merge", "no-folder", code=1).err
    )


def test_a_copy_that_lost_its_edition_is_told_before_anything_else(copied: Desk) -> None:
    copied.edit("playbook/playbook.yaml", "edition: 1\n", "")
    told = copied.run("plan", code=1).err
    words = "A copy has to say which edition it was made of. Add a line 'edition: 1'."
    assert f"playbook/playbook.yaml:5:1: {words}" in told


def test_a_copy_with_problems_is_told_them_first(copied: Desk) -> None:
    copied.edit("playbook/playbook.yaml", "list: week", "list: weak")
    told = copied.run("playbook", "merge", code=1).err
    assert "./playbook/playbook.yaml:22:15: There is no list 'weak'." in told


def test_a_merge_that_would_be_no_good_playbook_writes_nothing(copied: Desk, shelf: Shelf) -> None:
    """The edition defines a document under the key that a person gave to meeting notes."""
    copied.edit(
        "playbook/playbook.yaml", "documents:\n",
        "meetings:\n  ours:\n    title: Ours\n    when: every Friday at 9:00 for 1 hour\n"
        "    notes: {document: promises}\n\ndocuments:\n",
    )  # fmt: skip
    ship_files(shelf, words=NEW_WORDS, rules=RULES, promises="# Promises\n")
    before = copied.files()
    told = copied.run("playbook", "merge", "--yes", code=1).err
    assert "With edition 4 in it ./playbook would have these problems" in told
    assert "The document 'promises' is already under 'documents'." in told
    assert copied.files() == before
