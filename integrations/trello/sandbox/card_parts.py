"""Routes of what is on a card: its labels, members, attachments and comments."""

from typing import Any

from .activity import forget, happened, show_actions, touch
from .call import Call, Routes
from .card_changes import tell_assigned
from .fields import chosen, shown
from .given import Given
from .labels import make, show
from .making import attach
from .objects import Action, Attachment, Board, Card
from .refusals import Refusal, invalid, not_found, not_permitted


def add_label(call: Call) -> list[str]:
    """Put a label on a card."""
    card = call.card(write=True)
    ref = call.given.text("value")
    if ref not in card.board.labels:
        raise invalid("value")
    if ref in card.labels:
        raise Refusal(400, "that label is already on the card")
    _label(call, card, ref)
    return list(card.labels)


def _label(call: Call, card: Card, ref: str) -> None:
    card.labels.append(ref)
    label = card.board.labels[ref]
    told = {"id": ref, "name": label.name, "color": label.colour}
    happened(call.store, call.me, "addLabelToCard", card.board, card=card, label=told)


def add_new_label(call: Call) -> dict[str, Any]:
    """Make a label and put it on a card."""
    card = call.card(write=True)
    label = make(call, card.board)
    _label(call, card, label.id)
    return show(call, label)


def drop_label(call: Call) -> list[str]:
    """Take a label off a card."""
    card, ref = call.card(write=True), call.path[1]
    if ref not in card.labels:
        raise Refusal(400, "that label is not on the card")
    card.labels.remove(ref)
    told = {"id": ref, "name": card.board.labels[ref].name}
    happened(call.store, call.me, "removeLabelFromCard", card.board, card=card, label=told)
    return list(card.labels)


def members(call: Call) -> list[dict[str, Any]]:
    """Return who is on a card."""
    return _members(call, call.card())


def _members(call: Call, card: Card) -> list[dict[str, Any]]:
    fields = chosen("member", call.given.text("fields", "fullName,initials,username"))
    store = call.store
    return [shown("member", fields, store.members[one], store) for one in card.members]


def add_member(call: Call) -> list[dict[str, Any]]:
    """Put a member of the board on a card."""
    card = call.card(write=True)
    ref = call.given.text("value")
    if ref not in card.board.memberships:
        raise invalid("value")
    if ref in card.members:
        raise Refusal(400, "member is already on the card")
    card.members.append(ref)
    told = _person(call, ref)
    happened(call.store, call.me, "addMemberToCard", card.board, card=card, data=told)
    tell_assigned(call, card, ref)
    return _members(call, card)


def drop_member(call: Call) -> list[dict[str, Any]]:
    """Take a member off a card."""
    card, ref = call.card(write=True), call.path[1]
    if ref not in card.members:
        raise Refusal(400, "member is not on the card")
    card.members.remove(ref)
    told = _person(call, ref)
    happened(call.store, call.me, "removeMemberFromCard", card.board, card=card, data=told)
    return _members(call, card)


def _person(call: Call, ref: str) -> dict[str, Any]:
    member = call.store.members[ref]
    return {"idMember": ref, "member": {"id": ref, "name": member.name}}


def attachments(call: Call) -> list[dict[str, Any]]:
    """Return the attachments of a card."""
    card = call.card()
    fields = chosen("attachment", call.given.text("fields", "all"))
    return [shown("attachment", fields, one, call.store) for one in card.attachments.values()]


def add_attachment(call: Call) -> dict[str, Any]:
    """Attach a link to a card."""
    card, url = call.card(write=True), call.given.text("url")
    if not url.startswith(("http://", "https://")):
        raise invalid("url")
    name = call.given.text("name").strip() or url
    if len(name) > 256:
        raise invalid("name")
    made = attach(call, card, url, name)
    told = {"id": made.id, "name": name, "url": url}
    happened(call.store, call.me, "addAttachmentToCard", card.board, card=card, attachment=told)
    return shown("attachment", chosen("attachment", "all"), made, call.store)


def read_attachment(call: Call) -> dict[str, Any]:
    """Return an attachment."""
    fields = chosen("attachment", call.given.text("fields", "all"))
    return shown("attachment", fields, _attachment(call, call.card()), call.store)


def drop_attachment(call: Call) -> dict[str, Any]:
    """Take an attachment off a card."""
    card = call.card(write=True)
    gone = _attachment(call, card)
    del card.attachments[gone.id], call.store.attachments[gone.id]
    told = {"id": gone.id, "name": gone.name}
    happened(
        call.store, call.me, "deleteAttachmentFromCard", card.board, card=card, attachment=told
    )
    return {"limits": {}}


def _attachment(call: Call, card: Card) -> Attachment:
    found = call.store.find(call.store.attachments, call.path[1], "attachment")
    if found.id not in card.attachments:
        raise not_found("attachment")
    return found


def comment(call: Call) -> dict[str, Any]:
    """Comment on a card; who is on it or named by @username gets a mail."""
    card, text = call.card(write=True), _comment_text(call)
    made = happened(call.store, call.me, "commentCard", card.board, card=card, text=text)
    for membership in card.board.memberships.values():
        member = membership.member
        named = f"@{member.username}" in text or member.id in card.members
        if named and member is not call.me and member.has_account:
            call.store.send(member, f"{call.me.name} commented on the card {card.name}")
    return show_actions(call.store, (made,), Given({}))[0]


def _comment_text(call: Call) -> str:
    if not call.given.text("text").strip():
        raise invalid("text")
    return call.given.long_text("text")


def read_action(call: Call) -> dict[str, Any]:
    """Return one entry of a log."""
    action, _ = _action(call, 0)
    return show_actions(call.store, (action,), call.given)[0]


def change_comment(call: Call) -> dict[str, Any]:
    """Change the words of one's own comment."""
    action, _ = _action(call, len(call.path) - 1)
    if action.kind != "commentCard" or action.by is not call.me:
        raise not_permitted()
    name = "value" if "value" in call.given else "text"
    if not call.given.text(name).strip():
        raise invalid(name)
    action.data["text"] = call.given.long_text(name)
    action.data["dateLastEdited"] = None
    card = call.store.cards[action.data["card"]["id"]]
    touch(call.store, card.board, card)
    return show_actions(call.store, (action,), Given({}))[0]


def delete_comment(call: Call) -> dict[str, Any]:
    """Delete a comment; other entries of the log stay."""
    action, board = _action(call, len(call.path) - 1)
    if action.kind not in ("commentCard", "copyCommentCard"):
        raise not_permitted()
    if action.by is not call.me:
        call.must_govern(board)
    forget(call.store, action, board, call.store.cards[action.data["card"]["id"]])
    return {"_value": None}


def _action(call: Call, part: int) -> tuple[Action, Board]:
    action = call.store.find(call.store.actions, call.path[part], "action")
    return action, call.board_named(action.data["board"]["id"])


def plugin_data(call: Call) -> list[Any]:
    """Return the empty list of what no plug-in left on a card."""
    call.card()
    return []


def place(call: Call) -> dict[str, Any]:
    """Return the list of a card."""
    return shown("list", chosen("list", "all"), call.card().place, call.store)


def board(call: Call) -> dict[str, Any]:
    """Return the board of a card."""
    return shown("board", chosen("board", "all"), call.card().board, call.store)


ROUTES: Routes = {
    ("POST", "cards/{}/idLabels"): add_label,
    ("DELETE", "cards/{}/idLabels/{}"): drop_label,
    ("POST", "cards/{}/labels"): add_new_label,
    ("GET", "cards/{}/members"): members,
    ("POST", "cards/{}/idMembers"): add_member,
    ("POST", "cards/{}/members"): add_member,
    ("DELETE", "cards/{}/idMembers/{}"): drop_member,
    ("GET", "cards/{}/attachments"): attachments,
    ("POST", "cards/{}/attachments"): add_attachment,
    ("GET", "cards/{}/attachments/{}"): read_attachment,
    ("DELETE", "cards/{}/attachments/{}"): drop_attachment,
    ("POST", "cards/{}/actions/comments"): comment,
    ("PUT", "cards/{}/actions/{}/comments"): change_comment,
    ("DELETE", "cards/{}/actions/{}/comments"): delete_comment,
    ("GET", "cards/{}/pluginData"): plugin_data,
    ("GET", "cards/{}/customFieldItems"): plugin_data,
    ("GET", "cards/{}/stickers"): plugin_data,
    ("GET", "cards/{}/list"): place,
    ("GET", "cards/{}/board"): board,
    ("GET", "actions/{}"): read_action,
    ("PUT", "actions/{}"): change_comment,
    ("PUT", "actions/{}/text"): change_comment,
    ("DELETE", "actions/{}"): delete_comment,
}
