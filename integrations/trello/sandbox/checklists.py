"""Routes of checklists and check items."""

from typing import Any

from .activity import happened, touch
from .call import Call, Routes
from .card_shape import show_checklists
from .copies import copy_checklist
from .fields import chosen, shown
from .making import new_checklist, new_item
from .objects import Card, CheckItem, Checklist
from .refusals import invalid, not_found
from .store import placed
from .switches import BARE_CHECK_ITEMS

_STATES = {"complete": True, "true": True, "incomplete": False, "false": False}


def make(call: Call, card: Card) -> dict[str, Any]:
    """Make the checklist that the parameters describe."""
    given, store = call.given, call.store
    ref = given.text("idChecklistSource")
    source = call.checklist_named(ref) if ref else None
    name = given.name() if given.text("name").strip() else source.name if source else "Checklist"
    pos = placed(given.text("pos", "bottom"), [one.pos for one in card.checklists.values()])
    made = new_checklist(store, card, name, pos)
    if source is not None:
        copy_checklist(store, source, made)
    happened(store, call.me, "addChecklistToCard", card.board, card=card, checklist=_brief(made))
    return show(call, made)


def show(call: Call, checklist: Checklist) -> dict[str, Any]:
    """Return a checklist with all its fields."""
    return shown("checklist", chosen("checklist", "all"), checklist, call.store)


def _brief(checklist: Checklist) -> dict[str, Any]:
    return {"id": checklist.id, "name": checklist.name}


def create(call: Call) -> dict[str, Any]:
    """Make a checklist on the card that is named."""
    return make(call, call.card_named(call.given.text("idCard"), write=True))


def create_on_card(call: Call) -> dict[str, Any]:
    """Make a checklist on the card of the path."""
    return make(call, call.card(write=True))


def of_card(call: Call) -> list[dict[str, Any]]:
    """Return the checklists of a card."""
    return show_checklists(call.store, call.given, call.card().checklists.values(), "fields")


def of_board(call: Call) -> list[dict[str, Any]]:
    """Return the checklists of a board."""
    cards = call.board().cards.values()
    found = (one for card in cards for one in card.checklists.values())
    return show_checklists(call.store, call.given, found, "fields")


def read(call: Call) -> dict[str, Any]:
    """Return a checklist."""
    return show_checklists(call.store, call.given, (call.checklist(),), "fields")[0]


def update(call: Call) -> dict[str, Any]:
    """Change a checklist's name or position."""
    one, given = call.checklist(write=True), call.given
    before = {"name": one.name, "pos": one.pos}
    name, pos = given.name() if "name" in given else one.name, one.pos
    if "pos" in given:
        others = [other.pos for other in one.card.checklists.values() if other is not one]
        pos = placed(given.text("pos"), others)
    one.name, one.pos = name, pos
    old = {field: was for field, was in before.items() if getattr(one, field) != was}
    if old:
        card = one.card
        told = _brief(one)
        happened(
            call.store, call.me, "updateChecklist", card.board, card=card, old=old, checklist=told
        )
    return show(call, one)


def update_field(call: Call) -> dict[str, Any]:
    """Change the one field that the path names."""
    if call.path[1] not in ("name", "pos"):
        raise not_found(call.path[1])
    call.given = call.given.as_value_of(call.path[1])
    return update(call)


def delete(call: Call) -> dict[str, Any]:
    """Delete a checklist with its items."""
    return _delete(call, call.checklist(write=True))


def delete_from_card(call: Call) -> dict[str, Any]:
    """Delete a checklist of the card of the path."""
    checklist = call.checklist(1, write=True)
    if checklist.card is not call.card():
        raise not_found("checklist")
    return _delete(call, checklist)


def _delete(call: Call, checklist: Checklist) -> dict[str, Any]:
    card = checklist.card
    for item in checklist.items:
        del call.store.items[item]
    del card.checklists[checklist.id], call.store.checklists[checklist.id]
    told = _brief(checklist)
    happened(call.store, call.me, "removeChecklistFromCard", card.board, card=card, checklist=told)
    return {"limits": {}}


def show_item(call: Call, item: CheckItem) -> dict[str, Any]:
    """Return a check item with its fields."""
    return shown("checkItem", chosen("checkItem", "all"), item, call.store)


def items(call: Call) -> list[dict[str, Any]]:
    """Return the items of a checklist."""
    return [show_item(call, item) for item in call.checklist().items.values()]


def create_item(call: Call) -> dict[str, Any]:
    """Add an item to a checklist."""
    checklist, given = call.checklist(write=True), call.given
    name, done = given.name(), given.truth("checked")
    pos = placed(given.text("pos", "bottom"), [one.pos for one in checklist.items.values()])
    due, member = given.date("due"), _member(call, checklist)
    item = new_item(call.store, checklist, name, pos, done)
    item.due, item.member = due, member
    # Trello's log leaves out what happens to items, but for their state.
    touch(call.store, checklist.card.board, checklist.card)
    return show_item(call, item)


def _member(call: Call, checklist: Checklist) -> str | None:
    ref = call.given.text("idMember")
    if ref in ("", "null"):
        return None
    if ref not in checklist.card.board.memberships:
        raise invalid("idMember")
    return ref


def read_item(call: Call) -> dict[str, Any]:
    """Return an item; the path names its card or checklist first."""
    return show_item(call, _item_of(call, write=False))


def update_item(call: Call) -> dict[str, Any]:
    """Change the fields of an item that are given."""
    item, given = _item_of(call, write=True), call.given
    name = given.name() if "name" in given else item.name
    done = _done(call) if "state" in given else item.done
    due = given.date("due") if "due" in given else item.due
    member = _member(call, item.checklist) if "idMember" in given else item.member
    holder = item.checklist
    if "idChecklist" in given:
        holder = call.checklist_named(given.text("idChecklist"), write=True)
        if holder.card is not item.checklist.card:
            raise invalid("idChecklist")
    pos = item.pos
    if "pos" in given or holder is not item.checklist:
        others = [one.pos for one in holder.items.values() if one is not item]
        pos = placed(given.text("pos", "bottom"), others)
    _rehang(item, holder)
    item.name, item.pos, item.due, item.member = name, pos, due, member
    touch(call.store, holder.card.board, holder.card)
    if done != item.done:
        _tick(call, item, done)
    return show_item(call, item)


def _done(call: Call) -> bool:
    state = call.given.text("state")
    if state not in _STATES:
        raise invalid("state")
    return _STATES[state]


def _rehang(item: CheckItem, holder: Checklist) -> None:
    if holder is not item.checklist:
        del item.checklist.items[item.id]
        item.checklist = holder
        holder.items[item.id] = item


def _tick(call: Call, item: CheckItem, done: bool) -> None:
    item.done = done
    checklist, card = item.checklist, item.checklist.card
    told: dict[str, Any] = {"id": item.id, "name": item.name}
    if not call.store.switched(BARE_CHECK_ITEMS):
        told["state"] = "complete" if done else "incomplete"
    happened(
        call.store,
        call.me,
        "updateCheckItemStateOnCard",
        card.board,
        card=card,
        checklist=_brief(checklist),
        checkItem=told,
    )


def delete_item(call: Call) -> dict[str, Any]:
    """Delete an item."""
    item = _item_of(call, write=True)
    del item.checklist.items[item.id], call.store.items[item.id]
    touch(call.store, item.checklist.card.board, item.checklist.card)
    return {"limits": {}}


def _item_of(call: Call, *, write: bool) -> CheckItem:
    item = call.item(len(call.path) - 1, write=write)
    holders = {item.checklist.id, item.checklist.card.id, item.checklist.card.short}
    if not holders.issuperset(call.path[:-1]):
        raise not_found("checkItem")
    return item


ROUTES: Routes = {
    ("POST", "checklists"): create,
    ("GET", "checklists/{}"): read,
    ("PUT", "checklists/{}"): update,
    ("DELETE", "checklists/{}"): delete,
    ("GET", "checklists/{}/checkItems"): items,
    ("POST", "checklists/{}/checkItems"): create_item,
    ("GET", "checklists/{}/checkItems/{}"): read_item,
    ("DELETE", "checklists/{}/checkItems/{}"): delete_item,
    ("PUT", "checklists/{}/{}"): update_field,
    ("GET", "boards/{}/checklists"): of_board,
    ("GET", "cards/{}/checklists"): of_card,
    ("POST", "cards/{}/checklists"): create_on_card,
    ("DELETE", "cards/{}/checklists/{}"): delete_from_card,
    ("GET", "cards/{}/checkItem/{}"): read_item,
    ("PUT", "cards/{}/checkItem/{}"): update_item,
    ("DELETE", "cards/{}/checkItem/{}"): delete_item,
    ("PUT", "cards/{}/checklist/{}/checkItem/{}"): update_item,
}
