"""The agendas of the shipped playbook, as a team meets them in its second week and quarter."""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from smarketing.minutes.minutes import sections
from tests.promises.desk import Desk
from tests.shipped.conftest import SHIPPED, Choice, resolved

PAGE = 75
"""Lines of Markdown, blank ones too, that print on one page."""

WEEKLY = "acme/Meetings/Weekly notes.md"
SALES = "acme/Meetings/Sales meeting notes.md"
MARKETING = "acme/Meetings/Marketing meeting notes.md"
AUDIT = "acme/Working together/Alignment audit/Audit notes.md"


def newest(desk: Desk, notes: str) -> str:
    text = desk.read(notes)
    return next(text[each.start : each.end] for each in sections(text))


@pytest.mark.slow
def test_each_agenda_fits_on_a_page_and_leaves_no_gap(desk: Desk) -> None:
    parts = ("essentials", "audit", "teams")
    desk.write("config.yaml", Choice("smarketing", parts).config())
    desk.apply()
    for day in (14, 16, 17):
        desk.clock.set(2026, 12, day, 8, 5)
        desk.run("sync")
    for notes in (WEEKLY, SALES, MARKETING):
        agenda = newest(desk, notes)
        assert " · meeting 2\n" in agenda
        assert "\n\n\n" not in agenda
        assert len(agenda.splitlines()) < PAGE
    asked = [line for line in newest(desk, WEEKLY).splitlines() if "*To agree:*" in line]
    assert len(asked) == 5
    assert all(" · [" in line for line in asked)
    assert " more on [Start here](" in newest(desk, WEEKLY)
    assert "guest: Dana Wu" in newest(desk, SALES)
    assert "(Ana, " in newest(desk, SALES)
    assert "(Dana, " not in newest(desk, SALES), "it is about the work of sales"
    scores = "acme/Working together/Alignment audit/Audit scores.csv"
    desk.edit(scores, "Next quarter,Next quarter", "3.1,2.4")
    desk.clock.set(2027, 4, 8, 8, 5)
    desk.run("sync")
    agenda = newest(desk, AUDIT)
    assert "sales 3.1, marketing 2.4: 0.7 apart\n" in agenda
    assert "Not answered by both teams yet: " in agenda


def test_no_two_boards_documents_or_tables_are_called_the_same(tmp_path: Path) -> None:
    items = resolved(Choice("smarketing"), tmp_path).items.values()
    titles = Counter(
        each.fields["title"] for each in items if each.kind in ("board", "document", "table")
    )
    assert not [title for title, times in titles.items() if times > 1]


def test_each_turn_of_the_guest_rota_has_its_names_and_after_the_last_comes_the_first(
    tmp_path: Path,
) -> None:
    rows = {
        address: cells
        for address, item in resolved(Choice("smarketing"), tmp_path).items.items()
        if address.startswith("table:rota/row:")
        if isinstance(cells := item.fields["cells"], Mapping)
    }
    assert [cells["at-marketing"] for cells in rows.values()][:3] == [
        "Ana Silva",
        "Ben Okoye",
        "Ana Silva",
    ]
    assert {cells["at-sales"] for cells in rows.values()} == {"Dana Wu"}


@pytest.mark.parametrize("playbook", SHIPPED)
def test_no_sentence_of_a_first_agenda_runs_into_the_next(playbook: str, tmp_path: Path) -> None:
    for has_people in (True, False):
        desired = resolved(Choice(playbook, has_people=has_people), tmp_path)
        notes = {frame.document for frame in desired.agendas.values()}
        assert notes
        for document in notes:
            body = str(desired.items[document].fields["body"])
            assert not re.findall(r"[a-z*)][.?!:][A-Z].*", body), document
            assert "\n\n\n" not in body, document
