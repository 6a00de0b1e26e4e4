"""py-trello, unchanged, works against the stand-in."""

from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from smarketing.sandbox.inprocess import InProcess
from smarketing.web import Refused, Web
from tests.trello.sandbox_client import ANA, Site


@pytest.fixture
def client() -> Any:
    from trello import TrelloClient

    site = Site()
    account = site.trello.account(ANA)

    def sign(request: requests.PreparedRequest) -> None:
        request.headers["Authorization"] = (
            f'OAuth oauth_consumer_key="{account["key"]}", oauth_token="{account["token"]}"'
        )

    web = Web(("api.trello.com",), sign, transport=InProcess(site.trello.answer))
    return TrelloClient(None, http_service=web)


def test_py_trello_makes_and_lists_boards(client: Any) -> None:
    made = client.add_board("Launch", default_lists=False)
    assert [(board.id, board.name) for board in client.list_boards()] == [(made.id, "Launch")]
    assert client.get_board(made.id).closed is False
    made.close()
    assert client.list_boards("open") == []
    assert made.get_last_activity().year == 2026


def test_py_trello_reads_the_cards_it_made(client: Any) -> None:
    from trello.card import Card

    board = client.add_board("Launch")
    place = board.add_list("Week 1")
    label = board.add_label("Hot", "red")
    assert board.get_label(label.id).name == "Hot"
    me = board.get_members()[0]
    card = place.add_card(
        "Agree", "Why", labels=[label], due="2026-12-01", assign=[me], position="top"
    )
    again = client.get_card(card.id)
    assert isinstance(again, Card)
    assert (again.name, again.desc, again.countCheckItems) == ("Agree", "Why", 0)
    assert [one.name for one in again.labels] == ["Hot"]
    assert again.due_date == datetime(2026, 12, 1, tzinfo=UTC)
    assert [one.id for one in board.all_cards()] == [one.id for one in place.list_cards()]
    nested = client.fetch_json(f"/boards/{board.id}", query_params={"cards": "all"})
    assert Card.from_json(board, nested["cards"][0]).idList == place.id


def test_py_trello_works_on_a_card(client: Any) -> None:
    board = client.add_board("Launch", default_lists=False)
    place, done = board.add_list("To do"), board.add_list("Done")
    card = place.add_card("Agree")
    checklist = card.add_checklist("Steps", ["Ask", "Write"], [True])
    checklist.set_checklist_item("Write", True)
    checklist.rename_checklist_item("Ask", "Ask Ben")
    card.set_due(datetime(2026, 12, 1, 9))
    card.set_name("Agreed")
    card.set_due_complete()
    card.comment("Fine")
    card.attach(name="Brief", url="https://docs.example/brief")
    card.change_list(done.id)
    card.set_closed(True)
    card.fetch()
    again = client.get_card(card.id)
    assert [item["name"] for item in again.checklists[0].items] == ["Ask Ben", "Write"]
    assert again.badges["checkItemsChecked"] == 2
    assert (again.name, again.idList, again.closed) == ("Agreed", done.id, True)
    assert again.get_comments()[0]["data"]["text"] == "Fine"
    assert again.get_attachments()[0].name == "Brief"
    assert [move[1] for move in again.listCardMove_date()] == ["Done"]
    card.remove_due()
    card.delete()
    with pytest.raises(Refused) as gone:
        client.get_card(card.id)
    assert (gone.value.status, gone.value.text) == (404, "card not found")
