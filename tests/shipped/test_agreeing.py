"""What two places of the shipped playbooks say of one thing, they say in one way."""

import re
from datetime import date
from pathlib import Path

import pytest

from smarketing.address import is_within, kind_of
from smarketing.calendar.when import MONTHS
from smarketing.resolve.desired import Desired, Item
from smarketing.text.agreement import still_to_agree

from .conftest import SHIPPED, Choice, loaded, resolved
from .test_texts import texts

LATER = tuple(loaded("smarketing").parts)[2:]
_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (20\d\d)\b")
_MINUTES = re.compile(r"^### .*\((\d+) min\)$", re.MULTILINE)


def body(desired: Desired, address: str) -> str:
    return str(desired.items[address].fields["body"])


def bullets_under(text: str, heading: str) -> list[str]:
    """Return the list under a heading, without remarks in brackets."""
    inside = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return [
        re.sub(r" \([^)]*\)", "", line) for line in re.findall(r"^- (.+)$", inside, re.MULTILINE)
    ]


def dates_of(item: Item, desired: Desired) -> list[date]:
    """Return each full date that an item says."""
    said = [item.fields.get("due"), str(item.fields.get("start") or "")[:10]]
    found = [date.fromisoformat(str(day)) for day in said if day]
    for owner, text in texts(desired):
        if owner.address == item.address:
            dated = _DATE.findall(text)
            found += [date(int(year), MONTHS.index(m) + 1, int(day)) for day, m, year in dated]
    return found


def test_a_campaign_stops_by_the_same_three_rules_wherever_it_is_planned(tmp_path: Path) -> None:
    way = body(resolved(Choice("smarketing"), tmp_path), "document:campaign-way")
    brief = body(resolved(Choice("campaign"), tmp_path), "document:brief")
    rules = bullets_under(way, "What makes us stop one")
    assert rules == bullets_under(brief, "When we stop")
    assert len(rules) == 3
    anybody = (
        "Stopping for one of these three needs nobody's permission; whoever does it tells both"
    )
    assert anybody in way
    assert anybody in brief


@pytest.mark.parametrize("name", SHIPPED)
def test_the_points_of_an_agenda_take_as_long_as_the_meeting(name: str, tmp_path: Path) -> None:
    desired = resolved(Choice(name), tmp_path)
    meetings = [item for item in desired.items.values() if item.kind == "meeting"]
    with_notes = [item for item in meetings if "notes" in item.fields]
    assert with_notes
    for item in with_notes:
        agenda = body(desired, str(item.fields["notes"]).removeprefix("link:"))
        points = [int(minutes) for minutes in _MINUTES.findall(agenda)]
        assert sum(points) == item.fields["minutes"], item.address


def test_the_glossary_has_every_label_list_and_status_of_what_it_speaks_of(tmp_path: Path) -> None:
    desired = resolved(Choice("smarketing"), tmp_path)
    words = body(desired, "document:glossary").partition("## The words on our board")[2]
    named = {
        word
        for row in re.findall(r"^\| ([^|]+) \|", words, re.MULTILINE)
        for word in row.split(", ")
    }
    board = [i for a, i in desired.items.items() if is_within(a, "board:work")]
    seen = {
        str(item.fields["title"]) for item in board if kind_of(item.address) in ("label", "list")
    }
    seen |= {word for each in loaded("smarketing").statuses.values() for word in each.words}
    for table in ("who-does-what", "tracker", "goals"):
        choices = desired.items[f"table:{table}/column:status"].fields["choices"]
        assert isinstance(choices, frozenset)
        seen |= choices
    assert seen == named - {"Word", "---"}


def test_the_weights_of_the_ideal_customer_make_the_hundred_that_its_page_promises(
    tmp_path: Path,
) -> None:
    desired = resolved(Choice("smarketing"), tmp_path)
    rows = [i.fields["cells"] for a, i in desired.items.items() if a.startswith("table:fit/row:")]
    assert "Seven criteria, 0 to 2 points each, times the weight, divided by two: 100" in body(
        desired, "document:ideal-customer"
    )
    assert len(rows) == 7
    assert sum(int(row["weight"]) for row in rows if isinstance(row, dict)) == 100


@pytest.mark.parametrize("part", LATER)
def test_a_part_that_is_taken_up_later_names_no_day_that_is_past(part: str, tmp_path: Path) -> None:
    first = date(2027, 3, 1)
    desired = resolved(Choice("smarketing", ("essentials", f"{part} from {first}")), tmp_path)
    own = set(loaded("smarketing").parts[part]) - set(loaded("smarketing").parts["essentials"])
    mine = [i for a, i in desired.items.items() if any(is_within(a, one) for one in own)]
    assert mine
    for item in mine:
        assert [day for day in dates_of(item, desired) if day < first] == [], item.address
    for item, text in texts(desired):
        if item in mine:
            for question in still_to_agree(text):
                past = r"\b(second day|(second|third) weekly|first weekly)\b"
                assert not re.search(past, question.by), (item.address, question)
