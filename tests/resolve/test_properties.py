"""Laws of resolving, for playbooks of any shape."""

import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from smarketing.address import container_of, is_address, kind_of
from smarketing.config.config import Config
from smarketing.kinds import KINDS, Merge
from smarketing.playbook.loading import load_playbook
from smarketing.resolve.desired import Desired, Item
from smarketing.resolve.resolve import resolve

KEYS = st.sampled_from(["a", "b", "c-1", "d"])
TITLES = st.sampled_from(["Plain", "Of {{ company }}", "{{ roles.sales.lead }}, {{ start }}"])
TEXTS = st.sampled_from(
    ["Words", "For {{ roles.sales.team }}", "{% if roles.sales.known %}y{% endif %}n"]
)


def mappings(values: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(KEYS, values, min_size=least, max_size=3)


def things(
    always: dict[str, st.SearchStrategy[Any]], sometimes: dict[str, st.SearchStrategy[Any]]
) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(always, optional=sometimes)


EACH = st.just("personas")
SHARE = st.just({"sales": "edit"})
CARDS = things(
    {"title": TITLES},
    {
        "due": st.sampled_from(["day 1", "day 40"]),
        "owner": st.sampled_from(["sales", "lead of sales"]),
        "text": TEXTS,
        "for-each": EACH,
        "checklist": st.lists(TITLES, max_size=2, unique=True),
    },
)
BOARDS = things(
    {"title": TITLES, "lists": mappings(TITLES, 1)},
    {"cards": mappings(CARDS), "labels": mappings(TITLES), "share": SHARE},
)
DOCUMENTS = things({"title": TITLES, "text": TEXTS}, {"for-each": EACH, "in": st.just("home")})
TABLES = things(
    {"title": TITLES, "columns": st.just(["Title", "Status"])},
    {"rows": mappings(st.just({"title": "x"})), "in": st.just("home")},
)
MEETINGS = things(
    {"title": TITLES, "when": st.sampled_from(["every day at 9:00", "once on day 3 at 9:00"])},
    {"invite": st.just(["sales"])},
)
PLAYBOOKS = st.fixed_dictionaries(
    {
        "playbook": st.just("book"),
        "title": TITLES,
        "inputs": st.just({"personas": {"x": "Xenia", "y": "Yann"}}),
        "roles": st.just({"sales": "optional"}),
        "folders": st.just({"home": {"title": "Home", "in": "outer"}, "outer": "Outer"}),
        "boards": mappings(BOARDS),
        "documents": mappings(DOCUMENTS),
        "tables": mappings(TABLES),
        "meetings": mappings(MEETINGS),
    }
)
START = date(2026, 12, 7)


def resolved(book: dict[str, Any], folder: str, use: dict[str, str] | None = None) -> Desired:
    text = yaml.safe_dump(book, sort_keys=False, allow_unicode=True)
    (Path(folder) / "playbook.yaml").write_text(text, encoding="utf-8")
    config = Config.default("Acme").model_copy(update={"use": use or {}})
    return resolve(load_playbook(folder, Path(folder)), config, workspace="abcdef", start=START)


def items_of(book: dict[str, Any], use: dict[str, str] | None = None) -> Mapping[str, Item]:
    with TemporaryDirectory() as folder:
        return resolved(book, folder, use).items


USES = st.fixed_dictionaries({}, optional={"boards": st.just("trello"), "tables": st.just("x")})


@settings(max_examples=60, deadline=None)
@given(PLAYBOOKS, USES)
def test_every_item_stands_where_it_can_be_made(book: dict[str, Any], use: dict[str, str]) -> None:
    seen: dict[str, str] = {}
    for address, item in items_of(book, use).items():
        assert is_address(address)
        assert address == item.address
        assert item.kind == kind_of(address)
        assert item.parent == f"root:{item.place}" or seen[item.parent] == item.place
        assert not container_of(address) or container_of(address) in seen
        seen[address] = item.place


@settings(max_examples=60, deadline=None)
@given(PLAYBOOKS)
def test_every_value_is_of_its_field(book: dict[str, Any]) -> None:
    types: dict[Merge, Any] = {
        Merge.SCALAR: (str, int, type(None)),
        Merge.TEXT: str,
        Merge.BLOCKS: str,
        Merge.SET: frozenset,
        Merge.MAP: dict,
    }
    for item in items_of(book).values():
        for name, value in item.fields.items():
            assert isinstance(value, types[KINDS[item.kind].fields[name]])
        assert item.fields.get("title") or item.kind == "row"


@settings(max_examples=30, deadline=None)
@given(PLAYBOOKS, st.floats(0, 4e9))
def test_the_same_files_give_the_same_result_on_any_day(book: dict[str, Any], now: float) -> None:
    with TemporaryDirectory() as folder:
        before = resolved(book, folder)
        with patch("time.time", return_value=now):
            after = resolved(book, folder)
    assert before == after
    assert list(before.items) == list(after.items)


def test_ten_thousand_cards_are_resolved_in_a_moment(tmp_path: Path) -> None:
    cards = "".join(
        f"      card-{number}: {{title: Card {number}, owner: sales, due: day {number % 90 + 1}}}\n"
        for number in range(10_000)
    )
    playbook = (
        "roles: {sales: optional}\nboards:\n  b:\n    title: B\n    lists: {a: A}\n    cards:\n"
    )
    text = f"playbook: book\ntitle: Big\n{playbook}{cards}"
    (tmp_path / "playbook.yaml").write_text(text, encoding="utf-8")
    book = load_playbook(str(tmp_path), tmp_path)
    begun = time.process_time()
    desired = resolve(book, Config.default("Acme"), workspace="abcdef", start=START)
    assert len(desired.items) == 10_002
    assert time.process_time() - begun < 1.2, "three times what it takes on a quiet machine"
