"""How lists, labels, cards and what is on them come to be kept, within Trello's limits."""

from .call import Call
from .ids import short_link
from .objects import Attachment, Board, Card, CardList, CheckItem, Checklist, Label
from .store import STEP, Store


def new_list(store: Store, board: Board, name: str, pos: float) -> CardList:
    """Keep a list."""
    count = sum(not one.closed for one in board.lists.values())
    store.room("openLists", count, "BOARD_TOO_MANY_LISTS")
    made = CardList(store.ids.new(), board, name, pos)
    store.lists[made.id] = board.lists[made.id] = made
    return made


def new_card(store: Store, place: CardList, name: str, desc: str, pos: float) -> Card:
    """Keep a card."""
    board = place.board
    count = sum(not one.closed for one in board.cards.values())
    store.room("openCards", count, "BOARD_TOO_MANY_OPEN_CARDS")
    board.numbers += 1
    identity = store.ids.new()
    short = short_link(identity)
    card = Card(identity, short, board.numbers, place, name, desc, pos, store.now())
    store.cards[identity] = board.cards[identity] = card
    store.short[short] = identity
    return card


def new_label(store: Store, board: Board, name: str, colour: str | None) -> Label:
    """Keep a label."""
    store.room("labels", len(board.labels), "BOARD_TOO_MANY_LABELS")
    label = Label(store.ids.new(), board, name, colour)
    store.labels[label.id] = board.labels[label.id] = label
    return label


def matching(store: Store, board: Board, label: Label) -> Label:
    """Return the label of another board that looks the same; make it where there is none."""
    for one in board.labels.values():
        if (one.name, one.colour) == (label.name, label.colour):
            return one
    return new_label(store, board, label.name, label.colour)


def new_checklist(store: Store, card: Card, name: str, pos: float) -> Checklist:
    """Keep a checklist."""
    store.room("checklists", len(card.checklists), "CARD_TOO_MANY_CHECKLISTS")
    made = Checklist(store.ids.new(), card, name, pos)
    store.checklists[made.id] = card.checklists[made.id] = made
    return made


def new_item(
    store: Store, checklist: Checklist, name: str, pos: float, done: bool = False
) -> CheckItem:
    """Keep a check item."""
    store.room("checkItems", len(checklist.items), "CHECKLIST_TOO_MANY_CHECK_ITEMS")
    made = CheckItem(store.ids.new(), checklist, name, pos, done)
    store.items[made.id] = checklist.items[made.id] = made
    return made


def keep_attachment(store: Store, card: Card, attachment: Attachment) -> None:
    """Put an attachment on a card."""
    store.room("attachments", len(card.attachments), "CARD_TOO_MANY_ATTACHMENTS")
    card.attachments[attachment.id] = store.attachments[attachment.id] = attachment


def positions(place: CardList, but: Card | None = None) -> list[float]:
    """Return the positions of the open cards of a list."""
    cards = place.board.cards.values()
    return [one.pos for one in cards if one.place is place and not one.closed and one is not but]


def attach(call: Call, card: Card, url: str, name: str) -> Attachment:
    """Put a link on a card."""
    pos = max((one.pos for one in card.attachments.values()), default=0) + STEP
    identity = call.store.ids.new()
    attachment = Attachment(identity, call.me.id, name, url, call.store.now(), pos)
    keep_attachment(call.store, card, attachment)
    return attachment
