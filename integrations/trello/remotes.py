"""Trello's JSON as objects of the contract, and back to the words for a card's description."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import Any

from smarketing.contract import Remote
from smarketing.kinds import ARCHIVED, THERE, Value

from .mapping import day_of, is_struck, one_line, title_of
from .marker import BoardMark, BoardText, CardText, absolute, board_text, card_text, relative

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """The board that holds an object, as far as the object's own words need it.

    `address` is the board's, "" if nobody knows. `people` are names of its members by their
    ids, `labels` titles by theirs. `copied` is true for a board that a member copied.
    """

    workspace: str
    address: str
    people: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    zone: tzinfo = field(kw_only=True)
    copied: bool = False


def root_id(workspace: str) -> str:
    """Return the id of a workspace's root: Trello has no object for it."""
    return f"root:{workspace}"


def root_remote(name: str, workspace: str, marks: list[BoardMark]) -> Remote:
    """Return the root as the marks of its boards tell it."""
    template = next((mark.template for mark in marks if mark.template), None)
    done = any(mark.done for mark in marks)
    fields: dict[str, Value] = {"done": done, "template": template}
    return Remote(root_id(workspace), "root", fields, "", THERE, f"root:{name}", workspace)


def board_remote(data: Json, place: Place, access: Mapping[str, str]) -> Remote:
    """Return a board. `place` is the board itself."""
    return Remote(
        data["id"],
        "board",
        {"title": data["name"], "access": dict(access)},
        root_id(place.workspace),
        ARCHIVED if data.get("closed") else THERE,
        place.address,
        place.workspace,
        url=data.get("shortUrl") or "",
        born=born(data["id"]),
        ours=not place.copied,
    )


def list_remote(data: Json) -> Remote:
    """Return a list."""
    existence = ARCHIVED if data.get("closed") else THERE
    fields: dict[str, Value] = {"title": data["name"]}
    return Remote(data["id"], "list", fields, data["idBoard"], existence, born=born(data["id"]))


def label_remote(data: Json) -> Remote:
    """Return a label."""
    fields: dict[str, Value] = {"title": data["name"], "color": data.get("color")}
    return Remote(data["id"], "label", fields, data["idBoard"], born=born(data["id"]))


def check_remote(data: Json, card: str) -> Remote:
    """Return an item of a checklist. One that is struck through is archived."""
    existence = ARCHIVED if is_struck(data["name"]) else THERE
    done = data.get("state") == "complete"
    fields: dict[str, Value] = {"title": title_of(data["name"]), "done": done}
    return Remote(data["id"], "check", fields, card, existence, born=born(data["id"]))


def card_remote(data: Json, place: Place, *, copied: bool = False) -> Remote:
    """Return a card. `copied` is true for one that a member copied."""
    text = card_text(data.get("desc") or "")
    address = absolute(text.marker, place.address)
    fields: dict[str, Value] = {
        "title": data["name"],
        "description": text.text,
        "owner": owner_of(data, text, place.people),
        "due": day_of(data.get("due"), place.zone),
        "labels": frozenset(_label_titles(data, place)),
        "done": bool(data.get("dueComplete")),
    }
    return Remote(
        data["id"],
        "card",
        fields,
        data["idList"],
        ARCHIVED if data.get("closed") else THERE,
        address,
        place.workspace if address else "",
        url=data.get("shortUrl") or "",
        born=born(data["id"]),
        ours=not (copied or place.copied),
        unsettled=frozenset({"owner"} if _may_be_assigned(data, text, place) else ()),
    )


def owner_of(data: Json, text: CardText, people: Mapping[str, str]) -> str | None:
    """Return the name of the first who is assigned, else of whom the description waits for."""
    assigned = data.get("idMembers") or ()
    names = [people[each] for each in assigned if each in people]
    return names[0] if names else text.owner or None


def _may_be_assigned(data: Json, text: CardText, place: Place) -> bool:
    names = list(place.people.values())
    return bool(text.owner) and not data.get("idMembers") and names.count(text.owner) == 1


def _label_titles(data: Json, place: Place) -> list[str]:
    if "labels" in data:
        return [title_of_label(each) for each in data["labels"]]
    return [place.labels[each] for each in data.get("idLabels") or () if each in place.labels]


def title_of_label(data: Json) -> str:
    """Return a label's name; one that is only a colour goes by the name of its colour."""
    return data["name"] or data.get("color") or "label"


def title_for(remote: Remote) -> str:
    """Return the title of a label as cards name it."""
    return str(remote.fields["title"] or remote.fields["color"] or "label")


def people_of(data: Json) -> dict[str, str]:
    """Return the names of a board's members by their ids; nobody who is only invited."""
    return {each["id"]: one_line(each["fullName"]) for each in data.get("members") or ()}


def names_of(data: Json) -> dict[str, str]:
    """Return the names of all who are on a board or invited to it, by their ids."""
    names = people_of(data)
    for each in data.get("membersInvited") or ():
        names.setdefault(each["id"], one_line(each.get("fullName") or each.get("email") or ""))
    return names


def access_of(data: Json) -> dict[str, str]:
    """Return the role of everybody who is on a board or invited to it."""
    names = names_of(data)
    access: dict[str, str] = {}
    for each in sorted(data.get("memberships") or (), key=lambda one: str(one["idMember"])):
        name = names.get(each["idMember"], "")
        if not name or each.get("deactivated"):
            continue
        # Two people of one name are two all the same.
        key = name if name not in access else f"{name} ({each['idMember'][-6:]})"
        access[key] = each["memberType"]
    return access


def place_of(data: Json, workspace: str, address: str, zone: tzinfo, *, copied: bool) -> Place:
    """Return a board, read with its members and labels, as the place of what it holds."""
    labels = {each["id"]: title_of_label(each) for each in data.get("labels") or ()}
    return Place(workspace, address, people_of(data), labels, zone=zone, copied=copied)


def mark_of(data: Json) -> BoardMark | None:
    """Return what a board's description says of it."""
    return board_text(data.get("desc") or "").mark


def marked(data: Json, mark: BoardMark | None) -> str:
    """Return a board's description with another mark."""
    return replace(board_text(data.get("desc") or ""), mark=mark).written()


def new_board_desc(mark: BoardMark) -> str:
    """Return the description of a board that we make."""
    return BoardText("", mark).written()


def card_marker(address: str, here: bool) -> str:
    """Return what a card carries: the address below the board, where the board is its own."""
    return relative(address, address.split("/")[0]) if here else address


def born(identity: str) -> float:
    """Return when an object was made: the first digits of its id are the seconds."""
    try:
        return float(int(identity[:8], 16))
    except ValueError:
        return 0.0


def by_pos(things: Iterable[Json]) -> list[Json]:
    """Return things of a board in the order in which people see them."""
    return sorted(things, key=lambda each: (float(each.get("pos") or 0), each["id"]))
