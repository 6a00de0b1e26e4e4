"""In a plain folder: members edit a board's file and a table's file by hand, and both stay in step."""

import csv
import io

from tests.promises.desk import Desk

BOARD, TABLE = "acme/Work.md", "acme/Tracker.csv"
LEAD, CUSTOMER = "Agree what a lead is", "Agree what a customer is"


def rows(desk: Desk) -> dict[str, dict[str, str]]:
    """Return the cells of every row by title, by the titles of their columns."""
    text = desk.path(TABLE).read_text(encoding="utf-8-sig")
    found = list(csv.DictReader(io.StringIO(text)))
    titles = [row["Title"] for row in found]
    assert len(titles) == len(set(titles)), titles
    return {row["Title"]: row for row in found}


def lanes(desk: Desk) -> dict[str, list[str]]:
    """Return the first lines of every list's cards, without their marks."""
    found: dict[str, list[str]] = {}
    lane = ""
    for line in desk.read(BOARD).splitlines():
        if line.startswith("## "):
            lane = line[3:]
            found[lane] = []
        elif line.startswith("- ["):
            found[lane].append(line.partition(" ^")[0])
    return found


def is_in_step(desk: Desk) -> None:
    """Hold that neither sync nor apply has anything left to do, and that both touch nothing."""
    before = desk.files()
    assert desk.run("sync").out == "Acme: everything is in step.\n"
    assert desk.plan()["changes"] == []
    desk.apply()
    assert desk.run("sync").out == "Acme: everything is in step.\n"
    assert desk.files() == before


def test_the_first_sync_shows_every_card_in_the_table(folder: Desk) -> None:
    assert folder.run("sync").out == "Acme: 2 rows are new.\n"
    row = rows(folder)[LEAD]
    assert (row["Status"], row["Owner"], row["Due"]) == ("This week", "Ana Silva", "2026-12-11")
    assert row["Labels"] == "Leads"
    assert row["Link"] == "Work.md#^card-agree"
    is_in_step(folder)


def test_a_card_that_is_moved_by_hand_changes_its_row_and_back(folder: Desk) -> None:
    folder.run("sync")
    line = next(x for x in folder.read(BOARD).splitlines() if x.startswith("- [ ] Call"))
    text = folder.read(BOARD).replace(f"{line}\n\tQuickly.\n", "")
    folder.write(BOARD, text.replace("## Done\n", f"## Done\n\n{line}\n\tQuickly.\n"))
    folder.run("sync")
    assert rows(folder)["Call who waits"]["Status"] == "Done"
    assert lanes(folder)["Done"] == ["- [x] Call who waits"], "what is done is ticked"
    is_in_step(folder)
    folder.edit(TABLE, "Call who waits,Done", "Call who waits,blocked")
    assert folder.run("sync").out == "Acme: 1 card follows.\n"
    assert lanes(folder)["Stuck"] == ["- [ ] Call who waits"]
    is_in_step(folder)


def test_a_tick_means_done_and_taken_away_the_status_before(folder: Desk) -> None:
    folder.run("sync")
    folder.edit(TABLE, "Call who waits,This week", "Call who waits,Stuck")
    folder.run("sync")
    folder.edit(BOARD, "- [ ] Call", "- [x] Call")
    folder.run("sync")
    assert rows(folder)["Call who waits"]["Status"] == "Done"
    is_in_step(folder)
    folder.edit(BOARD, "- [x] Call", "- [ ] Call")
    folder.run("sync")
    assert rows(folder)["Call who waits"]["Status"] == "Stuck"
    is_in_step(folder)


def test_what_members_add_by_hand_appears_at_the_other_place(folder: Desk) -> None:
    folder.run("sync")
    folder.edit(BOARD, "## Stuck\n", "## Stuck\n\n- [ ] Ask Legal about the fair @{2026-12-09}\n")
    folder.write(TABLE, folder.read(TABLE) + "Price list,done,ben,12 Dec 2026,,,\r\n")
    said = folder.run("sync").out
    assert said == "Acme: 1 row follows, 1 row is new, 1 card is new.\n", "with its card's address"
    legal = rows(folder)["Ask Legal about the fair"]
    assert (legal["Status"], legal["Due"]) == ("Stuck", "2026-12-09")
    assert legal["Link"].startswith("Work.md#^card-own-")
    assert lanes(folder)["Done"] == ["- [x] Price list @{2026-12-12}"]
    assert "Owner: Ben Okoye" in folder.read(BOARD)
    assert rows(folder)["Price list"]["Owner"] == "ben"
    is_in_step(folder)


def test_a_member_s_own_card_is_followed_when_its_words_change(folder: Desk) -> None:
    folder.run("sync")
    folder.edit(BOARD, "## Stuck\n", "## Stuck\n\n- [ ] Ask Legal about the fair\n")
    folder.run("sync")
    folder.edit(BOARD, "Ask Legal about the fair", "Ask our Legal about the fair")
    folder.run("sync")
    assert "Ask our Legal about the fair" in rows(folder)
    assert len(rows(folder)) == 3
    is_in_step(folder)


def test_a_cleared_day_stays_cleared(folder: Desk) -> None:
    folder.run("sync")
    folder.edit(BOARD, " @{2026-12-11}", "")
    folder.run("sync")
    assert rows(folder)[LEAD]["Due"] == ""
    is_in_step(folder)


def test_a_spreadsheet_that_writes_days_its_own_way_changes_nothing(folder: Desk) -> None:
    folder.run("sync")
    folder.edit(TABLE, "2026-12-11", "11/12/2026")
    assert folder.run("sync").out == "Acme: everything is in step.\n"
    assert "@{2026-12-11}" in folder.read(BOARD)
    folder.edit(TABLE, "11/12/2026", "soon")
    assert folder.run("sync").out == "Acme: everything is in step.\n"
    assert "@{2026-12-11}" in folder.read(BOARD)
    folder.edit(TABLE, "soon", "24 December 2026")
    folder.run("sync")
    assert "@{2026-12-24}" in folder.read(BOARD)
    is_in_step(folder)


def test_state_that_is_lost_is_tied_again_by_what_the_copies_carry(folder: Desk) -> None:
    folder.run("sync")
    folder.edit(BOARD, "## Stuck\n", "## Stuck\n\n- [ ] Ask Legal about the fair\n")
    folder.write(TABLE, folder.read(TABLE) + "Price list,done,ben,,,,\r\n")
    folder.run("sync")
    before = folder.files()
    folder.forget()
    assert "smarketing apply" in folder.run("sync", code=1).err
    folder.apply()
    folder.run("sync")
    assert {n: t for n, t in folder.files().items() if n.startswith("acme")} == {
        n: t for n, t in before.items() if n.startswith("acme")
    }
    folder.edit(TABLE, "Ask Legal about the fair,Stuck", "Ask Legal about the fair,Done")
    folder.edit(TABLE, "Price list,done", "Price list,Stuck")
    folder.run("sync")
    assert lanes(folder)["Done"] == ["- [x] Ask Legal about the fair"]
    assert lanes(folder)["Stuck"] == ["- [ ] Price list"]
    is_in_step(folder)


def test_what_members_added_while_state_was_lost_spreads_as_new(folder: Desk) -> None:
    folder.run("sync")
    folder.forget()
    folder.edit(BOARD, "## Stuck\n", "## Stuck\n\n- [ ] Ask Legal about the fair\n")
    folder.write(TABLE, folder.read(TABLE) + "Price list,done,ben,,,,\r\n")
    folder.apply()
    assert folder.run("sync").out == "Acme: 1 row follows, 1 row is new, 1 card is new.\n"
    assert rows(folder)["Ask Legal about the fair"]["Status"] == "Stuck"
    assert "- [x] Price list" in " ".join(lanes(folder)["Done"])
    is_in_step(folder)


def test_what_state_alone_knew_of_is_named_until_somebody_decides(folder: Desk) -> None:
    folder.run("sync")
    row = next(x for x in folder.read(TABLE).splitlines() if x.startswith("Call who waits"))
    folder.write(TABLE, folder.read(TABLE).replace(f"{row}\r\n", ""))
    folder.forget()
    folder.apply()
    named = "“Call who waits” stands in “Work” and not in “Tracker”"
    assert named in folder.run("sync").out
    assert named in folder.run("sync").out
    assert named in folder.run("status", code=4).out
    assert "Call who waits" not in rows(folder)
    folder.write(TABLE, folder.read(TABLE) + "Call who waits,This week,,,,,\r\n")
    assert "nobody knows" not in folder.run("sync").out
    is_in_step(folder)


def test_two_members_disagree_and_the_other_word_is_shown_once(folder: Desk) -> None:
    folder.run("sync")
    folder.edit(BOARD, "@{2026-12-11}", "@{2026-12-15}")
    folder.edit(TABLE, "2026-12-11", "2026-12-18")
    told = folder.run("sync", code=4).out
    assert "1 conflict" in told
    assert (
        "“Agree what a lead is”, due: 2026-12-15 (“Work”) stands, 2026-12-18 (“Tracker”) does not."
        in told
    )
    assert "> **Suggested due, 7 Dec:** 2026-12-18 (in “Tracker”)" in folder.read(BOARD)
    assert rows(folder)[LEAD]["Due"] == "2026-12-15"
    is_in_step(folder)


def test_of_two_statuses_the_words_that_people_see_are_told(folder: Desk) -> None:
    folder.run("sync")
    folder.edit(BOARD, "- [ ] Call", "- [x] Call")
    folder.edit(TABLE, "Call who waits,This week", "Call who waits,Stuck")
    said = folder.run("sync", code=4).out
    assert "status: Done (“Work”) stands, Stuck (“Tracker”) does not" in said
    (still,) = folder.run("status", "--json", code=None).data["sync"]["conflicts"]
    assert still == {
        "key": "board:work/card:call", "title": "Call who waits", "field": "status",
        "stands": "Done", "at": "board:work", "yields": "Stuck", "there": "table:tracker",
    }  # fmt: skip


def test_a_removal_is_asked_about_on_a_card_of_its_own(folder: Desk) -> None:
    folder.run("sync")
    text = folder.read(BOARD)
    line = next(x for x in text.splitlines() if x.startswith("- [ ] Call"))
    folder.write(BOARD, text.replace(f"{line}\n\tQuickly.\n", ""))
    told = folder.run("sync").out
    asked = "“Call who waits” went from “Work” on 7 Dec and still stands in “Tracker”"
    assert asked in told
    assert f"- [ ] {asked}. Remove it there, too?" in folder.read(BOARD)
    assert "Call who waits" in rows(folder)
    assert "- [ ] Proposed removals" in lanes(folder)["This week"], "where people look"
    is_quiet_but_asks(folder)
    folder.edit(BOARD, f"- [ ] {asked}", f"- [x] {asked}")
    folder.run("sync")
    assert "Call who waits" not in rows(folder)
    assert any(title.startswith("~~Call who waits~~ (dropped ") for title in rows(folder))
    is_in_step(folder)


def is_quiet_but_asks(desk: Desk) -> None:
    before = desk.files()
    assert "everything is in step" in desk.run("sync").out
    assert desk.files() == before


def test_a_list_that_a_member_made_is_a_status_of_its_own(folder: Desk) -> None:
    folder.run("sync")
    folder.edit(BOARD, "## Done\n", "## Ideas\n\n- [ ] Swap seats for a day\n\n\n## Done\n")
    folder.run("sync")
    assert rows(folder)["Swap seats for a day"]["Status"] == "Ideas"
    is_in_step(folder)
    folder.edit(TABLE, "Call who waits,This week", "Call who waits,ideas")
    folder.run("sync")
    assert lanes(folder)["Ideas"][-1] == "- [ ] Call who waits"
    is_in_step(folder)
    folder.edit(BOARD, "## Ideas", "## Bright ideas")
    folder.run("sync")
    assert rows(folder)["Swap seats for a day"]["Status"] == "Bright ideas"
    is_in_step(folder)


def test_status_says_what_follows_and_what_waits_for_a_person(folder: Desk) -> None:
    assert "Not kept in step yet" in folder.run("status").out
    folder.run("sync")
    told = folder.run("status").out
    assert "  Work: in step.\n  Tracker: in step.\n  Last sync: just now.\n" in told
    folder.clock.set(2026, 12, 9)
    folder.edit(TABLE, "2026-12-11", "2026-12-12")
    told = folder.run("status").out
    assert "  Work: 1 thing follows with the next sync.\n" in told
    assert "Last sync: 2 days ago." in told
    folder.edit(BOARD, "@{2026-12-11}", "@{2026-12-15}")
    folder.run("sync", code=4)
    assert "2026-12-12 (“Tracker”) does not" in folder.run("status", code=4).out
    (open_one,) = folder.run("status", "--json", code=4).data["sync"]["conflicts"]
    assert (open_one["title"], open_one["field"]) == (LEAD, "due")
    folder.edit(TABLE, "2026-12-15", "2026-12-16")
    folder.run("sync")
    assert "does not" not in folder.run("status", code=None).out


def test_a_card_that_was_cut_and_comes_back_without_its_code_is_the_same(folder: Desk) -> None:
    folder.run("sync")
    text = folder.read(BOARD)
    line = next(x for x in text.splitlines() if x.startswith("- [ ] Call"))
    folder.write(BOARD, text.replace(f"{line}\n\tQuickly.\n", ""))
    folder.run("sync")
    assert "Proposed removals" in folder.read(BOARD)
    bare = line.partition(" ^")[0]
    folder.edit(BOARD, "## Done\n", f"## Done\n\n{bare}\n\tQuickly.\n")
    folder.run("sync")
    assert rows(folder)["Call who waits"]["Status"] == "Done"
    assert len(rows(folder)) == 2
    assert "went from" not in folder.read(BOARD).partition("***")[0]
    is_in_step(folder)


def test_a_table_that_somebody_emptied_is_left_alone_and_comes_back_whole(folder: Desk) -> None:
    folder.run("sync")
    before = rows(folder)
    folder.write(TABLE, "")
    for _ in range(3):
        said = folder.run("sync").out
        assert "nothing was done" in said
        assert "“Tracker” was left alone: it has no column for titles any more" in said
    assert folder.read(TABLE) == ""
    assert "no column for titles" in folder.run("status", code=4).out
    folder.run("apply", "--yes", "--restore", "table:tracker")
    folder.run("sync")
    assert rows(folder) == before
    folder.apply()
    is_in_step(folder)


def test_the_rows_of_a_table_that_was_deleted_and_came_back_are_not_released(folder: Desk) -> None:
    folder.run("sync")
    before = rows(folder)
    folder.path(TABLE).unlink()
    folder.run("apply", "--yes", "--restore", "table:tracker")
    assert "No longer in the playbook" not in folder.run("plan", "-v").out
    assert rows(folder) == before
    folder.apply()
    is_in_step(folder)


def test_a_board_that_was_deleted_comes_back_as_members_had_made_it(folder: Desk) -> None:
    folder.edit(BOARD, "## Done\n", "## Ideas\n\n- [ ] Ask Ana\n\n## Done\n")
    folder.run("sync")
    folder.edit(TABLE, f"{LEAD},This week,Ana Silva", f"{LEAD},Stuck,Ben Okoye")
    folder.edit(TABLE, "Call who waits,This week", "Call who waits,Done")
    folder.run("sync")
    before = rows(folder)
    folder.path(BOARD).unlink()
    folder.run("sync", code=4)
    folder.run("apply", "--yes", "--restore", "board:work")
    shown = lanes(folder)
    assert shown["Stuck"] == [f"- [ ] {LEAD} #leads @{{2026-12-11}}"]
    assert "Owner: Ben Okoye" in folder.read(BOARD)
    assert shown["Done"] == ["- [x] Call who waits"]
    assert shown["Ideas"] == ["- [ ] Ask Ana"], "what members made comes back in the same run"
    is_in_step(folder)
    assert rows(folder) == before


def test_a_place_that_is_gone_is_told_with_what_brings_it_back(folder: Desk) -> None:
    folder.run("sync")
    text = folder.read(BOARD)
    for is_deleted in (True, False):
        folder.path(BOARD).unlink() if is_deleted else folder.write(BOARD, "")
        for code in (4, 0):  # a scheduler is told once, a person each time
            said = folder.run("sync", code=code).out
            assert said.startswith("Acme: nothing was done.\n  “Work” was left alone: it is not")
            assert "`smarketing apply --restore board:work`" in said
        assert "apply --restore board:work" in folder.run("status", code=4).out
        assert "“Work”: smarketing apply --restore board:work" in folder.run("plan").out
        folder.write(BOARD, text)
        folder.run("sync")
        is_in_step(folder)


def test_what_is_read_after_our_own_write_is_no_second_reading(folder: Desk) -> None:
    more = "".join(f"- [ ] Thing {n}\n" for n in range(10))
    folder.edit(BOARD, "## Stuck\n", f"## Stuck\n\n{more}")
    folder.run("sync")
    text = folder.read(BOARD)
    for new in ("- [ ] A fresh card\n", "- [ ] Thi"):
        short = [x for x in text.splitlines(keepends=True) if not x.startswith("- [ ] Thing")]
        folder.write(BOARD, "".join(short).replace("## Stuck\n", f"## Stuck\n\n{new}"))
        assert "it shows 10 fewer of the 12" in folder.run("sync").out
        assert "Proposed removals" not in folder.read(BOARD)
        folder.write(BOARD, text)
        folder.run("sync")
        is_in_step(folder)
    folder.write(BOARD, "".join(short))
    folder.run("sync")
    assert "Proposed removals" not in folder.read(BOARD)
    folder.run("sync")
    assert "Proposed removals" in folder.read(BOARD), "the next run takes it at its word"


def test_a_copy_put_above_its_original_is_the_new_card_whatever_mark_it_carries(
    folder: Desk,
) -> None:
    folder.run("sync")
    card = next(x for x in folder.read(BOARD).splitlines() if x.startswith("- [ ] Agree"))
    copy = card.replace(LEAD, "Agree what a customer is")
    folder.edit(BOARD, card, f"{copy}\n\tOwner: Ben Okoye\n\t- [ ] Try it\n{card}")
    assert folder.run("sync").out == "Acme: 1 row is new.\n"
    assert rows(folder)[LEAD]["Owner"] == "Ana Silva"
    assert rows(folder)["Agree what a customer is"]["Owner"] == "Ben Okoye"
    assert card in folder.read(BOARD)
    is_in_step(folder)
    line = next(x for x in folder.read(BOARD).splitlines() if "a customer is" in x)
    assert rows(folder)["Agree what a customer is"]["Link"] == f"Work.md#{line[line.index('^') :]}"
    folder.edit(TABLE, f"{LEAD},This week", f"{LEAD},Stuck")
    folder.run("sync")
    assert lanes(folder)["Stuck"] == [card.partition(" ^")[0]]
    is_in_step(folder)


def test_a_card_or_row_whose_title_was_lost_leaves_the_other_ones_title_alone(folder: Desk) -> None:
    folder.run("sync")
    card = next(x for x in folder.read(BOARD).splitlines() if x.startswith("- [ ] Agree"))
    folder.edit(BOARD, card, f"- [ ] {card[card.index('^') :]}")
    folder.edit(TABLE, "Call who waits,", ",")
    folder.run("sync")
    assert LEAD in folder.read(TABLE)
    assert "- [ ] Call who waits" in folder.read(BOARD)
    is_in_step(folder)


def test_a_label_that_stands_at_one_place_after_an_undo_outlives_a_change_at_the_other(
    folder: Desk,
) -> None:
    folder.run("sync")
    folder.edit(BOARD, "#leads", "#leads #hot-one")
    folder.run("sync")
    assert "Hot one" in folder.read(TABLE)
    folder.run("undo", "--yes")
    assert "Hot one" not in folder.read(TABLE)
    assert "#hot-one" in folder.read(BOARD)
    is_in_step(folder)
    folder.edit(TABLE, ",Leads,", ',"Leads, new",')
    folder.run("sync")
    assert "#hot-one" in folder.read(BOARD)
    assert "#new" in folder.read(BOARD)


def with_a_copied_row(folder: Desk) -> str:
    """Let a member copy a row, insert the copy above it, and write into both; return what sync says."""
    folder.run("sync")
    text = folder.read(TABLE)
    line = next(each for each in text.splitlines() if each.startswith(LEAD))
    copy = line.replace(LEAD, CUSTOMER).replace("2026-12-11", "2026-12-18")
    folder.write(TABLE, text.replace(line, f"{copy}\n{line.replace('This week', 'Stuck')}"))
    return folder.run("sync").out


def test_a_copied_row_above_its_original_is_the_new_one(folder: Desk) -> None:
    told = with_a_copied_row(folder)
    assert told == "Acme: 1 row follows, 1 card follows, 1 card is new.\n"
    (stuck,) = lanes(folder)["Stuck"]
    assert stuck == f"- [ ] {LEAD} #leads @{{2026-12-11}}"
    assert f"- [ ] {CUSTOMER} #leads @{{2026-12-18}}" in lanes(folder)["This week"]
    assert rows(folder)[LEAD]["Status"] == "Stuck"
    assert rows(folder)[LEAD]["Link"] == "Work.md#^card-agree"
    assert rows(folder)[CUSTOMER]["Link"].startswith("Work.md#^card-of-")
    is_in_step(folder)


def test_a_copied_row_stays_the_one_it_became_when_state_is_lost(folder: Desk) -> None:
    with_a_copied_row(folder)
    before = folder.files()
    folder.edit(TABLE, rows(folder)[CUSTOMER]["Link"], "Work.md#^card-agree")
    folder.forget()
    folder.apply(code=None)
    folder.run("sync")
    folder.run("sync")
    assert folder.files() == before
    is_in_step(folder)


def test_a_card_that_a_member_takes_from_somebody_who_is_here_is_nobodys_handover(
    folder: Desk,
) -> None:
    folder.run("sync")
    folder.apply()
    folder.edit(BOARD, "\tOwner: Ana Silva\n", "")
    told = folder.run("plan").out
    assert "takes over" not in told
    assert "Ana" not in told
