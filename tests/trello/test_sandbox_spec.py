"""A broad set of requests and answers of the stand-in holds against the vendor's description."""

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.trello.sandbox_client import ANA, BEN, Site

jsonschema = pytest.importorskip("jsonschema")

SPEC = Path(__file__).resolve().parents[3] / "shared/specs/trello/swagger.v3.json"
pytestmark = pytest.mark.skipif(not SPEC.exists(), reason=f"{SPEC} is not here")

KNOWN_DEFECTS: dict[str, dict[str, Any]] = {
    # Told as ids or texts, while Trello gives objects.
    "Card.labels": {"type": "array", "items": {"$ref": "#/components/schemas/Label"}},
    "Card.checkItemStates": {"type": "array"},
    "Board.memberships": {"type": "array"},
    "Board.powerUps": {"type": "array"},
    "Board.idTags": {"type": "array"},
    "Organization.memberships": {"type": "array"},
    # Told as text, while Trello gives numbers, and the other way round.
    "Card.dueReminder": {"type": "number", "nullable": True},
    "CheckItem.pos": {"type": "number"},
    "Board.ixUpdate": {"type": "string"},
    # Told as never null.
    "Board.descData": {"type": "string", "nullable": True},
    "TrelloList.softLimit": {"type": "number", "nullable": True},
    "Member.avatarHash": {"type": "string", "nullable": True},
    "Member.avatarUrl": {"type": "string", "nullable": True},
    "Member.email": {"type": "string", "nullable": True},
    "Member.bioData": {"type": "object", "nullable": True},
    "Member.idEnterprise": {"type": "string", "nullable": True},
    "Member.idMemberReferrer": {"type": "string", "nullable": True},
    "Member.limits": {"type": "object"},
    "Member.prefs": {"type": "object"},
    "Organization.idEnterprise": {"type": "string", "nullable": True},
    "Organization.prefs": {"type": "object"},
    "Organization.dateLastActivity": {"type": "string", "nullable": True},
    "Prefs.backgroundImage": {"type": "string", "nullable": True},
    "Prefs.backgroundImageScaled": {"type": "array", "nullable": True},
    "Card.idAttachmentCover": {"type": "string", "nullable": True},
    "Action.limits": {"type": "object", "nullable": True},
    "Action.memberCreator": {"$ref": "#/components/schemas/Member"},
    # Values that are missing among those that are told.
    "Prefs.permissionLevel": {"enum": ["org", "private", "public"]},
    "Prefs.voting": {"enum": ["disabled", "members", "observers", "org", "public"]},
    "Prefs.background": {"type": "string"},
    "LimitsObject.status": {"enum": ["ok", "warn", "disabled"]},
}
"""Where the description is wrong about what Trello answers."""


@cache
def spec() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(SPEC.read_text("utf-8"))
    schemas = data["components"]["schemas"]
    for name, schema in KNOWN_DEFECTS.items():
        kind, _, field = name.partition(".")
        schemas[kind]["properties"][field] = schema
    schemas["Card"]["properties"]["cover"]["properties"]["idAttachment"] = {"nullable": True}
    plain: dict[str, Any] = _plain(copy.deepcopy(data))
    return plain


def _plain(node: Any) -> Any:
    """Return the description as JSON Schema: `nullable` and references have siblings there."""
    if isinstance(node, list):
        return [_plain(one) for one in node]
    if not isinstance(node, dict):
        return node
    node = {name: _plain(value) for name, value in node.items() if name != "example"}
    if "$ref" in node and not isinstance(node["$ref"], dict):
        node = {"$ref": node["$ref"]} | ({"nullable": True} if node.get("nullable") else {})
    if node.pop("nullable", False):
        return {"anyOf": [node, {"type": "null"}]}
    return node


def holds(kind: str, value: Any) -> None:
    schema = {"$ref": f"#/components/schemas/{kind}", "components": spec()["components"]}
    many = value if isinstance(value, list) else [value]
    assert many, f"nothing to hold against {kind}"
    for one in many:
        jsonschema.Draft7Validator(schema).validate(one)


def test_what_the_stand_in_answers_of_boards_and_cards_is_what_the_description_tells() -> None:
    ana = Site()(ANA)
    board = ana.board(desc="Plans")
    place, label = ana.list(board), ana.label(board, "Hot", "red")
    dates = {"due": "2026-12-01", "start": "2026-11-30"}
    card = ana.card(place, idLabels=label["id"], urlSource="https://docs.example/a", **dates)
    path, whole = f"boards/{board['id']}", {"fields": "all"}
    checklist = ana.checklist(card, "Ask")
    item = checklist["checkItems"][0]
    ticked = ana.put(f"cards/{card['id']}/checkItem/{item['id']}", state="complete")

    holds("Board", [board, ana.get(path, **whole), *ana.get("members/me/boards")])
    holds("TrelloList", [place, *ana.get(f"{path}/lists")])
    holds("Card", [card, ana.put(f"cards/{card['id']}", closed=True)])
    holds("Card", ana.get(f"cards/{card['id']}", fields="checkItemStates,limits"))
    holds("Checklist", [checklist, *ana.get(f"{path}/checklists")])
    holds("CheckItem", [item, ticked])
    holds("Label", [label, *ana.get(f"{path}/labels")])
    holds("Attachment", ana.get(f"cards/{card['id']}/attachments"))


def test_what_the_stand_in_answers_of_people_and_the_log_is_what_the_description_tells() -> None:
    ana = Site()(ANA)
    board = ana.board()
    path = f"boards/{board['id']}"
    me = ana.get("members/me")
    card = ana.card(ana.list(board), idMembers=me["id"])
    comment = ana.post(f"cards/{card['id']}/actions/comments", text="Hello")
    ana.put(f"{path}/members", email=BEN.mail)

    holds("Member", [me, *ana.get(f"{path}/members", fields="all")])
    holds("Memberships", ana.get(f"{path}/memberships"))
    holds("Organization", ana.get("members/me/organizations"))
    holds("Token", ana.get(f"tokens/{ANA.token}"))
    holds("Action", [comment, *ana.get(f"{path}/actions")])


def test_what_the_description_does_not_allow_is_found() -> None:
    card = Site()(ANA).board()
    with pytest.raises(jsonschema.ValidationError):
        holds("Board", card | {"closed": "no"})
    with pytest.raises(jsonschema.ValidationError):
        holds("Card", {"id": "nope"})


REQUESTS = [
    ("post", "/boards/", "boards", {"name": "x"}),
    ("put", "/boards/{id}", "boards/{board}", {"name": "y"}),
    ("get", "/boards/{id}", "boards/{board}", {"cards": "all", "labels": "all"}),
    ("get", "/boards/{boardId}/actions", "boards/{board}/actions", {"limit": "9"}),
    ("put", "/boards/{id}/members", "boards/{board}/members", {"email": BEN.mail}),
    ("post", "/lists", "lists", {"name": "x", "idBoard": "{board}", "pos": "top"}),
    ("put", "/lists/{id}", "lists/{list}", {"closed": "false"}),
    ("post", "/labels", "labels", {"name": "x", "color": "sky", "idBoard": "{board}"}),
    ("put", "/labels/{id}", "labels/{label}", {"color": "black"}),
    ("post", "/cards", "cards", {"idList": "{list}", "name": "x", "pos": "bottom"}),
    ("put", "/cards/{id}", "cards/{card}", {"desc": "y"}),
    ("get", "/cards/{id}", "cards/{card}", {"checklists": "all"}),
    ("post", "/cards/{id}/idLabels", "cards/{card}/idLabels", {"value": "{label}"}),
    ("post", "/cards/{id}/checklists", "cards/{card}/checklists", {"name": "x"}),
    ("post", "/checklists", "checklists", {"idCard": "{card}", "name": "x"}),
    ("get", "/members/{id}/boards", "members/me/boards", {"filter": "open"}),
    ("get", "/organizations/{id}", "organizations/{org}", {}),
    ("get", "/batch", "batch", {"urls": "/members/me"}),
]


@pytest.mark.parametrize(("method", "route", "path", "query"), REQUESTS, ids=lambda one: str(one))
def test_the_stand_in_serves_the_routes_and_parameters_of_the_description(
    method: str, route: str, path: str, query: dict[str, str]
) -> None:
    site = Site()
    ana = site(ANA)
    board = ana.board()
    place = ana.list(board)
    ids = {
        "board": board["id"],
        "list": place["id"],
        "card": ana.card(place)["id"],
        "label": ana.label(board, "Hot")["id"],
        "org": board["idOrganization"],
    }
    operation = spec()["paths"][route][method]
    told = {one["name"] for one in operation.get("parameters", []) if "name" in one}
    assert set(query) <= told
    needed = {
        one["name"]
        for one in operation.get("parameters", [])
        if one.get("required") and one.get("in") == "query"
    }
    assert needed <= set(query)
    filled = {name: value.format(**ids) for name, value in query.items()}
    assert ana.ask(method.upper(), path.format(**ids), **filled).status == 200
