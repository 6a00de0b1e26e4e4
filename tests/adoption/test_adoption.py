"""What is there already is proposed with how sure we are, and bound only when a person says so."""

from datetime import date
from pathlib import Path

from smarketing.contract import Remote, Setup
from smarketing.integrations.local import integration
from smarketing.resolve.desired import Desired, Item
from smarketing.workspace.adoption import certain, in_all_places, proposals, proposals_text


def item(address: str, title: str) -> Item:
    return Item(address, address.partition(":")[0], "local", "root:local", {"title": title})


def there(number: int, kind: str, title: str) -> Remote:
    return Remote(f"r{number}", kind, {"title": title}, url=f"https://tool.example/{number}")


def test_the_same_title_is_nearly_sure_and_a_similar_one_less() -> None:
    items = [item("board:work", "Work board"), item("document:handoff", "Hand-off rule")]
    offers = [there(1, "board", "work  Board"), there(2, "document", "Hand-off rule (old)")]
    board, document = proposals(items, offers)
    assert (board.address, board.url) == ("board:work", "https://tool.example/1")
    assert board.confidence == 0.95
    assert 0.5 < document.confidence < 0.7


def test_equal_titles_are_never_chosen_between() -> None:
    found = proposals(
        [item("board:work", "Work")], [there(1, "board", "Work"), there(2, "board", "Work")]
    )
    assert found[0].rivals == ("https://tool.example/2",)
    assert found[0].confidence < 0.5
    assert certain(found) == []
    assert "choose one yourself" in proposals_text(found)


def test_one_object_is_proposed_for_one_item_only() -> None:
    items = [item("document:one", "Persona list"), item("document:two", "Persona list of 2026")]
    found = proposals(items, [there(1, "document", "Persona list of 2026")])
    assert [each.address for each in found] == ["document:two"]


def test_another_kind_or_another_title_is_no_proposal() -> None:
    offers = [there(1, "document", "Work"), there(2, "board", "Holiday plans")]
    assert proposals([item("board:work", "Work")], offers) == []
    assert "Nothing that is there" in proposals_text([])


def test_files_of_a_folder_without_our_mark_are_offered(tmp_path: Path) -> None:
    (tmp_path / "Glossary.md").write_text("# Words\n", encoding="utf-8")
    (tmp_path / "Ours.md").write_text(
        "---\nsmarketing: k3v9-7q2m-x4dt document:glossary\n---\n\nHi.\n", encoding="utf-8"
    )
    (tmp_path / "Work.md").write_text(
        "---\nkanban-plugin: board\n---\n\n## To do\n", encoding="utf-8"
    )
    items = (item("document:glossary", "Glossary"), item("board:work", "Work"))
    desired = Desired("p8d2", "Acme", date(2026, 12, 7), {each.address: each for each in items})
    found, unseen = in_all_places(desired, {}, {"local": integration(Setup({}, tmp_path))})
    assert unseen == []
    assert {each.address: each.url for each in found} == {
        "document:glossary": "Glossary.md",
        "board:work": "Work.md",
    }
