"""What people read in the shipped playbooks: whole, short on open questions, and never a blank form."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from smarketing.address import kind_of
from smarketing.resolve.desired import Desired, Item
from smarketing.text.agreement import still_to_agree

from .conftest import SHIPPED, Choice, choices, loaded, resolved

MOST_OPEN = {"essentials": 12}
MOST_OPEN_OF_OTHERS = 6
_HEADING = re.compile(r"^(#{1,6}) \S", re.MULTILINE)
_LINK = re.compile(r"link:([a-z0-9:./-]+)")

everyone = pytest.mark.parametrize("choice", list(choices()), ids=str)


def texts(desired: Desired) -> Iterator[tuple[Item, str]]:
    """Return every text that somebody reads."""
    for item in desired.items.values():
        for value in item.fields.values():
            for text in (
                [value]
                if isinstance(value, str)
                else value.values()
                if isinstance(value, dict)
                else []
            ):
                if isinstance(text, str):
                    yield item, text


def bodies(desired: Desired) -> Iterator[tuple[str, str]]:
    """Return the documents."""
    for item in desired.items.values():
        if item.kind == "document":
            yield item.address, str(item.fields["body"])


@everyone
def test_every_choice_of_parts_resolves_and_nothing_is_left_to_fill_in(
    choice: Choice, tmp_path: Path
) -> None:
    desired = resolved(choice, tmp_path)
    assert len(desired.items) > 1
    for item, text in texts(desired):
        assert not re.search(r"\{\{|\{%|\bTODO\b|\bTBD\b|\bXXX\b|lorem", text), (item.address, text)
        assert text.strip(), item.address
        for target in _LINK.findall(text):
            assert target in desired.items, (item.address, target)


@everyone
def test_no_document_has_an_empty_section_or_a_gap(choice: Choice, tmp_path: Path) -> None:
    for address, body in bodies(resolved(choice, tmp_path)):
        assert "\n\n\n" not in body, address
        assert not re.search(r"[ \t]\n|\t|(?<=\S)  +(?=\S)", body), address
        found = list(_HEADING.finditer(body))
        for heading, after in zip(found, [*found[1:], None], strict=True):
            end = after.start() if after else len(body)
            inside = body[heading.end() : end].partition("\n")[2].strip()
            is_deeper = after is not None and len(after[1]) > len(heading[1])
            assert inside or is_deeper, (address, body[heading.start() : end])


@pytest.mark.parametrize("name", SHIPPED)
def test_each_document_says_what_it_is_for_who_owns_it_and_when_it_is_looked_at_again(
    name: str, tmp_path: Path
) -> None:
    for address, body in bodies(resolved(Choice(name), tmp_path)):
        if not body.startswith("# "):  # notes of a meeting begin with its date
            assert re.match(r"## [A-Z][a-z]{2} \d", body), address
            continue
        title, opening, *_ = body.split("\n\n")
        assert title.startswith("# "), address
        assert 40 < len(opening) < 260, (address, opening)
        assert opening.endswith("."), (address, opening)
        assert re.search(r"^- \*\*Owners?:\*\*", body, re.MULTILINE), address
        assert "**Looked at again:**" in body, address


@pytest.mark.parametrize("name", SHIPPED)
def test_each_thing_has_one_sentence_of_purpose(name: str) -> None:
    playbook = loaded(name)
    sections = (playbook.folders, playbook.boards, playbook.documents, playbook.tables)
    for section in (*sections, playbook.meetings):
        for key, thing in section.items():
            assert 20 < len(thing.purpose) < 120, (key, thing.purpose)
            assert not thing.purpose.endswith("."), key


@everyone
def test_open_questions_are_few_and_say_who_answers_by_when(choice: Choice, tmp_path: Path) -> None:
    found = [
        (item.address, question)
        for item, text in texts(resolved(choice, tmp_path))
        for question in still_to_agree(text)
    ]
    if len(choice.parts) == 1:
        assert len(found) <= MOST_OPEN.get(choice.parts[0], MOST_OPEN_OF_OTHERS), found
    for address, question in found:
        assert question.question.endswith("?"), (address, question)
        assert question.owner, (address, question)
        assert question.by, (address, question)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_thing_of_a_playbook_with_parts_is_in_a_part(name: str) -> None:
    playbook = loaded(name)
    if not playbook.parts:
        return
    listed = {address for addresses in playbook.parts.values() for address in addresses}
    for section in ("folders", "boards", "documents", "tables", "meetings"):
        for key in getattr(playbook, section):
            assert f"{section[:-1]}:{key}" in listed


@pytest.mark.parametrize("name", SHIPPED)
def test_a_row_that_only_shows_how_is_marked_in_each_cell(name: str, tmp_path: Path) -> None:
    for item in resolved(Choice(name), tmp_path).items.values():
        if item.kind == "row" and "example" in item.address:
            cells = item.fields["cells"]
            assert isinstance(cells, dict)
            unmarked = [c for c in cells.values() if not str(c).startswith("Example: ")]
            assert len(unmarked) <= 1, item.address  # a status is chosen from a list


@pytest.mark.parametrize(
    "company", ["Brown & Sons", 'The "Best" Co.', "L'Oie d'Or", "100% *Fresh* | Co", "Zoë"]
)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_company_of_any_name_stands_as_it_is_written(
    name: str, company: str, tmp_path: Path
) -> None:
    desired = resolved(Choice(name), tmp_path, company=company)
    assert any(company in text for _, text in texts(desired))
    assert not any("&amp;" in text or "&quot;" in text for _, text in texts(desired))


def test_links_to_a_part_that_waits_are_words_that_stand_by_themselves(tmp_path: Path) -> None:
    desired = resolved(Choice("smarketing", ("rollout",)), tmp_path)
    card = desired.items["board:rollout/card:add-audit"]
    assert "add `audit`" not in str(card.fields["description"])
    assert "write `audit` into the line that begins with `parts:`" in str(
        card.fields["description"]
    )
    everything = resolved(Choice("smarketing"), tmp_path)
    there = str(everything.items["board:rollout/card:add-audit"].fields["description"])
    assert "(link:document:audit)" in there
    assert "config.yaml" not in there


def test_each_part_beyond_the_first_two_has_a_card_that_names_the_line_to_change(
    tmp_path: Path,
) -> None:
    playbook = loaded("smarketing")
    assert playbook.begin_with == tuple(playbook.parts)[:2]
    cards = resolved(Choice("smarketing", ("rollout",)), tmp_path).items
    so_far = list(playbook.begin_with)
    for part in tuple(playbook.parts)[2:]:
        so_far.append(part)
        card = f"board:rollout/card:add-{part}"
        assert f"`parts: [{', '.join(so_far)}]`" in str(cards[card].fields["description"])
        assert f"{card}/check:ready" in cards
        assert "Both heads say yes" in str(cards[f"{card}/check:yes"].fields["title"])


def test_rows_and_labels_carry_no_markup_that_a_table_would_show(tmp_path: Path) -> None:
    for name in SHIPPED:
        for item, text in texts(resolved(Choice(name), tmp_path)):
            if kind_of(item.address) in ("row", "label", "list", "column", "check"):
                assert not re.search(r"\]\(|\*\*|^[=+@-]", text), (item.address, text)
