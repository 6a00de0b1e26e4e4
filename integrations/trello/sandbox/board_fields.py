"""Every field that Trello shows of a board."""

from .given import COLOURS
from .ids import moment, slug
from .limits import limits_of_board
from .objects import Board
from .people_fields import SITE, Getters, memberships, same
from .store import Store


def board_url(board: Board) -> str:
    """Return the long link of a board."""
    return f"{SITE}/b/{board.short}/{slug(board.name)}"


def _label_names(board: Board, _: Store) -> dict[str, str]:
    names = dict.fromkeys(COLOURS, "")
    for label in reversed(board.labels.values()):
        if label.colour in names:
            names[label.colour] = label.name
    return names


BOARD: Getters = {
    "id": lambda b, _: b.id,
    "name": lambda b, _: b.name,
    "desc": lambda b, _: b.desc,
    "descData": same(None),
    "closed": lambda b, _: b.closed,
    "idMemberCreator": lambda b, _: b.creator.id,
    "idOrganization": lambda b, _: b.workspace.id,
    "idEnterprise": same(None),
    "pinned": same(False),
    "starred": same(False),
    "subscribed": same(False),
    "url": lambda b, _: board_url(b),
    "shortLink": lambda b, _: b.short,
    "shortUrl": lambda b, _: f"{SITE}/b/{b.short}",
    "prefs": lambda b, _: dict(b.prefs),
    "labelNames": _label_names,
    "limits": limits_of_board,
    "memberships": memberships,
    "dateLastActivity": lambda b, _: moment(b.touched),
    "dateLastView": lambda b, _: moment(b.touched),
    "datePluginDisable": same(None),
    "creationMethod": same(None),
    "enterpriseOwned": same(False),
    "idBoardSource": same(None),
    "idTags": lambda _, __: [],
    "ixUpdate": lambda b, _: str(len(b.log)),
    "powerUps": lambda _, __: [],
    "premiumFeatures": lambda _, __: [],
    "templateGallery": same(None),
}
