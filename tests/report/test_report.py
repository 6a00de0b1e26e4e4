"""A team lead reads what will happen without a word of ours; who asks sees every change."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smarketing.contract import LAST, Change, Remote, Step
from smarketing.instep.telling import sync_text
from smarketing.plan import NOT_TRIED, ConflictShown, Failure, Keep, Plan, Recap
from smarketing.report.report import plan_text, recap_text
from smarketing.text.wording import joined, one_line, shortened

FOLDERS = {"local": "./acme"}


def created(address: str, kind: str, title: str = "", **more: str) -> Change:
    return Change("create", address, kind, {"title": title, **more} if title else more)


def planned(*changes: Change, **more: object) -> Plan:
    plan = Plan(
        "Acme",
        "id",
        changes=changes,
        places={change.address: "local" for change in changes},
        steps=tuple(Step(str(n), "local", (change,)) for n, change in enumerate(changes)),
        titles={c.address: str(c.fields.get("title", "")) for c in changes},
        folders=FOLDERS,
    )
    return replace(plan, **more)  # type: ignore[arg-type]


WORKSPACE = (
    created("root:local", "root", "Acme"),
    created("board:work", "board", "Work board"),
    *(created(f"board:work/list:l{n}", "list", f"List {n}") for n in range(4)),
    *(created(f"board:work/card:c{n}", "card", f"Card {n}") for n in range(8)),
    *(created(f"board:work/card:c0/check:k{n}", "check", f"Check {n}") for n in range(3)),
    *(created(f"document:d{n}", "document", f"Document {n}") for n in range(5)),
    created("document:start-here", "document", "Start here"),
    created("page:start-here", "page", "Start here"),
    created("table:tracker", "table", "Tracker"),
    created("table:tracker/row:a", "row"),
    created("meeting:weekly", "meeting", "Weekly", rule="FREQ=WEEKLY;BYDAY=MO"),
)


def first_paragraph(text: str) -> str:
    return text.split("\n\n")[0]


def test_the_paragraph_says_what_appears_where() -> None:
    text = plan_text(planned(*WORKSPACE, first_run=True))
    assert first_paragraph(text).startswith(
        "In ./acme: a board with 4 lists and 8 cards, 5 documents, 1 table with 1 row, "
        "a weekly meeting and a page to start from. Whatever your team writes there stays"
    )


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=MONTHLY;BYDAY=2TH", "a monthly meeting"),
        ("FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=2TH", "a quarterly meeting"),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-1FR", "a quarterly meeting"),
        ("FREQ=MONTHLY;BYMONTH=1,7;BYDAY=2TH", "a regular meeting"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH", "a regular meeting"),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=5", "a yearly meeting"),
        ("", "a meeting"),
    ],
)
def test_a_single_meeting_is_said_with_how_often_it_is(rule: str, said: str) -> None:
    plan = planned(created("meeting:m", "meeting", "Review", rule=rule))
    assert f"new: {said}." in plan_text(plan)


def test_the_paragraph_has_no_word_of_ours() -> None:
    text = first_paragraph(plan_text(planned(*WORKSPACE, releases=("document:old",))))
    assert not [word for word in ("address", "binding", "hub", "marker", ":work") if word in text]


def test_each_place_has_its_own_sentence() -> None:
    plan = planned(created("board:work", "board", "Work"), created("document:a", "document", "A"))
    text = plan_text(replace(plan, places={"board:work": "trello", "document:a": "local"}))
    assert "In trello: new: a board. In ./acme: new: 1 document." in text


def test_changes_are_counted_by_what_happens_to_them() -> None:
    text = plan_text(
        planned(
            Change("update", "document:a", "document", {"body": "x"}),
            Change("update", "document:b", "document", {"body": "x"}),
            Change("move", "board:work/card:a", "card", parent="board:work/list:b"),
            Change("archive", "board:work/card:b", "card"),
        )
    )
    assert (
        "2 documents brought up to date; 1 card moved; "
        "1 card put into the archive, where nothing is lost." in text
    )
    assert "Everything your team wrote stays." in text


def test_who_is_told_is_named_and_that_it_cannot_be_taken_back() -> None:
    mail = Change(
        "create", "message:m", "message", {"to": "Ana Silva <ana@acme.example>"}, stage=LAST
    )
    text = plan_text(planned(created("board:work", "board", "Work"), mail))
    assert "a message goes to Ana Silva; this cannot be taken back." in text
    assert "ana@acme.example" not in first_paragraph(text)
    assert "1 message" not in text
    assert "Nobody is told" in plan_text(planned(created("board:work", "board", "Work")))


def test_messages_that_a_person_sends_are_said_to_lie_in_the_outbox() -> None:
    mails = tuple(
        Change("create", f"message:m{n}", "message", {"to": f"{name} <a@acme.example>"}, stage=LAST)
        for n, name in enumerate(("Ana Silva", "Ben Okoye"))
    )
    plan = planned(*mails, outbox="./acme/Outbox")
    end = "laid into ./acme/Outbox for you to send: nothing leaves this computer."
    assert f"Messages for Ana Silva and Ben Okoye are {end}" in plan_text(plan)
    recap = recap_text(Recap(plan, mails))
    assert f"Messages for Ana Silva and Ben Okoye were {end}" in recap
    for text in (plan_text(plan), recap):
        assert "taken back" not in text
        assert "message went" not in text


def test_who_hears_nothing_yet_is_named_once() -> None:
    held = ("Ana Silva <ana@acme.example>", "ana@acme.example", "Ben Okoye")
    people = {"ana@acme.example": "Ana Silva"}
    text = plan_text(planned(*WORKSPACE, held=held, people=people))
    assert "Ana Silva and Ben Okoye hear nothing yet" in text


@pytest.mark.parametrize(
    ("places", "said"), [({}, "as the playbook asks"), ({"t": "off"}, "t was")]
)
def test_nothing_to_do_is_said_only_of_what_was_reached(places: dict[str, str], said: str) -> None:
    text = plan_text(Plan("Acme", "id", unreachable=places))
    assert said in text
    assert (text == "Nothing to do: the workspace is as the playbook asks.") is not bool(places)


@pytest.mark.parametrize(("first", "verbose"), [(True, False), (False, True), (False, False)])
def test_what_is_left_out_and_done_instead_is_listed_at_first_and_for_who_asks(
    first: bool, verbose: bool
) -> None:
    plan = planned(*WORKSPACE, left_out=("No leadership.",), instead=("Labels are tags.",))
    text = plan_text(replace(plan, first_run=first), verbose)
    if not first and not verbose:
        assert "No leadership" not in text
        assert "Labels are tags" not in text
        return
    assert "Left out:\n  - No leadership." in text
    assert "done instead:\n  - Labels are tags." in text


def test_a_conflict_shows_both_texts_and_where_the_note_is() -> None:
    shown = ConflictShown("document:glossary", "body", "local", "Ours " * 50, "Theirs")
    text = plan_text(planned(conflicts=(shown,), titles={"document:glossary": "Glossary"}))
    assert "1 place was changed" in text
    assert "stands:    “Ours Ours" in text
    assert "suggested: “Theirs”" in text
    assert "Shown in a note in “Glossary”" in text
    assert max(map(len, text.splitlines()[2:])) < 100


def test_a_conflict_that_no_note_can_show_is_said_to_be_shown_here() -> None:
    shown = ConflictShown("board:work", "title", "local", "Ours", "Theirs")
    assert "Shown only here." in plan_text(planned(conflicts=(shown,)))


def test_approval_names_exactly_what_disappears_and_the_command() -> None:
    plan = planned(
        *WORKSPACE, needs_approval="abc123", removals=("board:work/card:c0", "A paragraph of ours.")
    )
    text = plan_text(plan)
    assert "2 things would be taken out of sight" in text
    assert "“Card 0”" in text
    assert "the text “A paragraph of ours.”" in text
    assert text.endswith("smarketing apply --approve abc123")
    assert recap_text(Recap(plan)).startswith("Nothing was done.")


def test_missing_things_come_with_the_line_that_brings_them_back() -> None:
    plan = planned(missing=("document:a",), titles={"document:a": "Glossary"})
    assert "“Glossary”: smarketing apply --restore document:a" in plan_text(plan)


def test_what_a_member_deleted_is_said_and_offered() -> None:
    keep = Keep("document:a", "existence", "local", "was deleted here and stays so")
    text = plan_text(Plan("Acme", "id", keeps=(keep,), titles={"document:a": "Glossary"}))
    assert "“Glossary” was deleted here and stays so." in first_paragraph(text)
    assert "“Glossary”: smarketing apply --restore document:a" in text
    many = tuple(replace(keep, address=f"document:d{n}") for n in range(5))
    assert "5 things stay as your team has them." in plan_text(Plan("Acme", "id", keeps=many))


def test_a_start_page_in_two_forms_counts_as_one() -> None:
    both = [(a, a.split(":")[0]) for a in ("document:start-here", "page:start-here")]
    text = plan_text(planned(*(Change("update", a, kind, {"title": "x"}) for a, kind in both)))
    assert "In ./acme: 1 page brought up to date." in text


def test_nothing_to_do_is_one_line_whatever_was_left_out() -> None:
    plan = Plan("Acme", "id", left_out=("No leadership.",))
    assert "leadership" not in plan_text(plan)
    assert "leadership" in plan_text(plan, verbose=True)


def test_verbose_lists_each_change_by_verb_with_title_and_fields() -> None:
    keep = Keep("document:kept", "title", "local", "was changed by a member")
    before = Remote("1", "document", {}, marker="document:former")
    changes = (
        Change("move", "board:work/card:c0", "card", parent="board:work/list:l1"),
        Change("rename", "document:now", "document", {"title": "Now"}, before=before),
        *WORKSPACE[:3],
    )
    text = plan_text(planned(*changes, keeps=(keep,)), verbose=True)
    assert text.index("New (3)") < text.index("Moved (1)") < text.index("Renamed (1)")
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "+ Work board board:work title" in lines
    assert "> card c0 board:work/card:c0 to “list l1”" in lines
    assert "= Now document:now was document:former" in lines
    assert "* document kept document:kept title was changed by a member" in lines


def test_verbose_lines_are_aligned() -> None:
    text = plan_text(planned(*WORKSPACE), verbose=True)
    lines = [line for line in text.splitlines() if line.startswith("  + ")]
    assert len(lines) == len(WORKSPACE)
    pairs = zip(lines, WORKSPACE, strict=True)
    starts = {line.index(f" {change.address}") for line, change in pairs}
    assert len(starts) == 1


def test_colour_comes_only_when_asked_for() -> None:
    plan = planned(*WORKSPACE)
    assert "\x1b" not in plan_text(plan, verbose=True)
    assert "\x1b[32m+\x1b[0m" in plan_text(plan, verbose=True, colour=True)


@given(st.text())
def test_a_strangers_text_cannot_steer_the_terminal(text: str) -> None:
    shown = one_line(text)
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not [c for c in shown if unicodedata.category(c) in hidden and c not in "\u200c\u200d"]
    assert one_line(shown) == shown
    assert len(shortened(text, 10)) <= 10


def test_escape_sequences_are_taken_out_of_titles_errors_and_reasons() -> None:
    evil = "Glossary\x1b]0;owned\x07\x1b[31m\u202e\nnext"
    plan = planned(
        created("document:a", "document", evil),
        left_out=(evil,),
        unreachable={"trello": evil},
        keeps=(Keep("document:a", "title", "local", evil),),
        conflicts=(ConflictShown("document:a", "body", "local", evil, evil),),
        removals=(evil,),
        needs_approval="abc",
    )
    failed = (Failure("document:a", "create", evil),)
    for text in (plan_text(plan, verbose=True), recap_text(Recap(plan, (), failed))):
        assert "Glossary next" in text
        assert not set("\x1b\x07\u202e") & set(text)
        assert "owned" not in text


def test_the_recap_says_what_was_done_and_where_to_look() -> None:
    text = recap_text(Recap(planned(*WORKSPACE, first_run=True), WORKSPACE))
    assert text.startswith("Now in ./acme: a board with 4 lists and 8 cards, 5 documents")
    assert text.endswith("Open ./acme/Start here.html")


@pytest.mark.parametrize(
    ("failed", "gone"),
    [((Failure("root:local", "create", "Locked."),), {}), ((), {"local": "The folder is gone."})],
)
def test_a_page_is_shown_only_where_the_place_was_reached(
    failed: tuple[Failure, ...], gone: dict[str, str]
) -> None:
    text = recap_text(Recap(planned(*WORKSPACE, unreachable=gone), (), failed))
    assert "Start here.html" not in text
    assert "Look in" not in text


def test_what_was_not_tried_is_one_line() -> None:
    aside = tuple(Failure(change.address, "create", NOT_TRIED) for change in WORKSPACE[1:])
    failed = (Failure("root:local", "create", "It is locked."), *aside)
    text = recap_text(Recap(planned(*WORKSPACE), (), failed))
    assert text.count("failed") == 1
    assert f"{len(aside)} changes were not tried, because what they need failed" in text
    assert f"{len(failed)} changes could not be made:" in text


def test_what_failed_alike_in_a_sync_is_one_line_with_the_count() -> None:
    gone = tuple(
        Failure(change.address, "update", "It was moved: run again.") for change in WORKSPACE
    )
    failed = (*gone, Failure("document:d0", "update", "It is locked."))
    _, *lines = sync_text(Recap(planned(*WORKSPACE), (), failed), {}).splitlines()
    assert lines == [
        f"  {len(gone)} things could not be changed: It was moved: run again.",
        "  “Document 0” could not be changed: It is locked.",
    ]


def test_the_recap_says_what_failed_and_what_still_waits() -> None:
    failed = (Failure("document:d0", "create", "The file is open. Close it."),)
    text = recap_text(Recap(planned(*WORKSPACE), WORKSPACE[:5], failed))
    assert "1 change could not be made:\n  - “Document 0”: The file is open. Close it." in text
    waiting = len(WORKSPACE) - 6
    assert f"{waiting} changes still wait: run smarketing apply again." in text


def test_a_recap_without_work_says_so() -> None:
    assert recap_text(Recap(Plan("Acme", "id"))) == "Nothing had to be done."


@pytest.mark.parametrize(
    ("parts", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (list("abcde"), "a, b, c and 2 more")],
)
def test_names_are_joined_as_people_do(parts: list[str], said: str) -> None:
    assert joined(parts, most=3) == said


def test_a_sentence_with_the_word_for_is_no_right_of_anybody() -> None:
    sentence = "A bought address is no lead for the sake of a guide. It never was for us."
    text = plan_text(planned(*WORKSPACE, needs_approval="abc123", removals=(sentence,)))
    assert "the right of" not in text
    assert "the text “A bought address" in text


def test_a_list_counts_things_as_the_paragraph_does() -> None:
    keeps = (Keep("document:a", "title", "local", "x"), Keep("document:a", "body", "local", "y"))
    text = plan_text(planned(*WORKSPACE, keeps=keeps), verbose=True)
    assert "Stays as your team has it (1)" in text


def test_many_failures_of_one_reason_are_one_line() -> None:
    failed = tuple(Failure(f"board:work/card:c{n}", "create", "Trello is away.") for n in range(9))
    text = recap_text(Recap(planned(), failed=failed))
    assert text.count("Trello is away.") == 1
    assert "9 changes could not be made" in text
    assert "Our own notes" not in text
    assert text.startswith("Nothing was done.")


def test_a_tool_that_goes_away_after_its_writes_was_changed_all_the_same() -> None:
    plan = Plan(
        "Acme",
        "id",
        places={"document:glossary": "google"},
        tools={"google": "Google Drive"},
        unreachable={"google": "Google Drive is in trouble (500). Run again later."},
    )
    change = Change("create", "document:glossary", "document", {"title": "Glossary"})
    text = recap_text(Recap(plan, (change,)))
    assert "Not reached any more; what was done before stands:\n  - Google Drive:" in text
    assert "not changed" not in text


def test_what_is_missing_is_named_with_what_held_it() -> None:
    plan = planned(missing=("board:work", "board:work/list:week", "document:glossary"))
    text = plan_text(plan)
    assert "--restore board:work\n" in f"{text}\n"
    assert "list:week" not in text
    assert "--restore document:glossary" in text
