"""Routes of labels."""

from typing import Any

from .activity import happened, touch
from .call import Call, Routes
from .fields import chosen, shown
from .making import new_label
from .nested import show_labels
from .objects import Board, Label
from .refusals import not_found


def show(call: Call, label: Label) -> dict[str, Any]:
    """Return a label with all its fields."""
    return shown("label", chosen("label", "all"), label, call.store)


def make(call: Call, board: Board) -> Label:
    """Make the label that the parameters describe."""
    name = call.given.long_text("name").strip()
    label = new_label(call.store, board, name, call.given.colour())
    told = {"id": label.id, "name": label.name, "color": label.colour}
    happened(call.store, call.me, "createLabel", board, label=told)
    return label


def create(call: Call) -> dict[str, Any]:
    """Make a label on the board that is named."""
    return show(call, make(call, call.board_named(call.given.text("idBoard"), write=True)))


def create_on_board(call: Call) -> dict[str, Any]:
    """Make a label on the board of the path."""
    return show(call, make(call, call.board(write=True)))


def of_board(call: Call) -> list[dict[str, Any]]:
    """Return the labels of a board."""
    return show_labels(call, call.board(), "limit", "fields")


def read(call: Call) -> dict[str, Any]:
    """Return a label."""
    fields = chosen("label", call.given.text("fields", "all"))
    return shown("label", fields, call.label(), call.store)


def read_of_board(call: Call) -> dict[str, Any]:
    """Return a label of the board of the path."""
    label = call.label(1)
    if label.board is not call.board():
        raise not_found("label")
    return show(call, label)


def update(call: Call) -> dict[str, Any]:
    """Change a label's name or colour."""
    label, given = call.label(write=True), call.given
    before = {"name": label.name, "color": label.colour}
    name = given.long_text("name").strip() if "name" in given else label.name
    colour = given.colour() if "color" in given else label.colour
    label.name, label.colour = name, colour
    told = {"id": label.id, "name": name, "color": colour}
    old = {field: was for field, was in before.items() if told[field] != was}
    if old:
        happened(call.store, call.me, "updateLabel", label.board, old=old, label=told)
    return show(call, label)


def update_field(call: Call) -> dict[str, Any]:
    """Change the one field that the path names."""
    if call.path[1] not in ("name", "color"):
        raise not_found(call.path[1])
    call.given = call.given.as_value_of(call.path[1])
    return update(call)


def delete(call: Call) -> dict[str, Any]:
    """Delete a label, also from all cards."""
    label = call.label(write=True)
    for card in label.board.cards.values():
        if label.id in card.labels:
            card.labels.remove(label.id)
            touch(call.store, label.board, card)
    del label.board.labels[label.id], call.store.labels[label.id]
    happened(call.store, call.me, "deleteLabel", label.board, label={"id": label.id})
    return {"limits": {}}


ROUTES: Routes = {
    ("POST", "labels"): create,
    ("GET", "labels/{}"): read,
    ("PUT", "labels/{}"): update,
    ("PUT", "labels/{}/{}"): update_field,
    ("DELETE", "labels/{}"): delete,
    ("GET", "boards/{}/labels"): of_board,
    ("GET", "boards/{}/labels/{}"): read_of_board,
    ("POST", "boards/{}/labels"): create_on_board,
}
