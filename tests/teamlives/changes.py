"""How a team reorganises its playbook and config: each change is one that people really make."""

from collections.abc import Callable
from random import Random
from typing import Any

from tests.halfyear.company import NAMES, _card, config, playbook

Data = dict[str, Any]
BEGUN = "2026-12-07"


def begun() -> tuple[Data, Data]:
    """Return the playbook and the config of the first day."""
    asked, ours = playbook(), config(tools=True)
    asked["digest"] = {
        "week": {
            "title": "Your week",
            "when": "every Tuesday at 8:30",
            "to": ["sales", "marketing"],
        }
    }
    ours["use"] = {**ours["use"], "messages": "smtp", "boards": "local"}
    ours["people"]["cleo"] = {"name": "Cleo Brandt <cleo@acme.example>"}
    ours["teams"]["sales"]["members"].append("cleo")
    return asked, ours


def rename_a_list(asked: Data, ours: Data, luck: Random) -> None:
    lists = asked["boards"]["work"]["lists"]
    key = luck.choice(list(lists))
    lists[key] = f"{lists[key].split(' now')[0]} now {luck.randrange(99)}"


def add_a_list(asked: Data, ours: Data, luck: Random) -> None:
    asked["boards"]["work"]["lists"].setdefault("waits", "Waits")


def remove_a_list(asked: Data, ours: Data, luck: Random) -> None:
    lists = asked["boards"]["work"]["lists"]
    gone = luck.choice([key for key in ("stuck", "waits") if key in lists] or [""])
    lists.pop(gone, None)


def rename_a_column(asked: Data, ours: Data, luck: Random) -> None:
    columns = asked["tables"]["tracker"]["columns"]
    key = luck.choice(list(columns))
    columns[key] = f"{columns[key].split(' (')[0]} ({luck.randrange(99)})"


def change_words_of_a_status(asked: Data, ours: Data, luck: Random) -> None:
    asked["statuses"]["stuck"]["words"] = luck.choice((["blocked"], ["blocked", "waiting"]))


def retitle_a_card(asked: Data, ours: Data, luck: Random) -> None:
    cards = asked["boards"]["work"]["cards"]
    card = cards[luck.choice(list(cards))]
    card["title"] = f"{card['title'].split(',')[0]}, say {luck.randrange(999)}"


def add_a_card(asked: Data, ours: Data, luck: Random) -> None:
    number = luck.randrange(99)
    asked["boards"]["work"]["cards"][f"more{number}"] = _card(
        f"Card {number} of the playbook", "lead of sales", f"day {luck.randrange(5, 40)}"
    )


def remove_a_card(asked: Data, ours: Data, luck: Random) -> None:
    cards = asked["boards"]["work"]["cards"]
    if len(cards) > 1:
        cards.pop(luck.choice(list(cards)))


def prefer_another(asked: Data, ours: Data, luck: Random) -> None:
    asked["sync"]["work"]["prefer"] = luck.choice(asked["sync"]["work"]["between"])


def rename_a_meeting(asked: Data, ours: Data, luck: Random) -> None:
    asked["meetings"]["weekly"]["title"] = luck.choice(("Weekly", "Growth weekly", "Monday round"))


def let_somebody_go(asked: Data, ours: Data, luck: Random) -> None:
    key, team = luck.choice((("ben", "sales"), ("eli", "market"), ("cleo", "sales")))
    if key in ours["teams"][team]["members"]:
        ours["teams"][team]["members"].remove(key)
        heir = {"sales": "ana", "market": "dana"}[team]
        ours["people"][key] |= {"left": BEGUN, "work-to": heir}


def take_somebody_on(asked: Data, ours: Data, luck: Random) -> None:
    for key in ("ben", "cleo"):
        if "left" in ours["people"][key]:
            ours["people"][key] = {"name": f"{NAMES[key]} <{key}@acme.example>"}
            ours["teams"]["sales"]["members"].append(key)
            return


def rename_a_team(asked: Data, ours: Data, luck: Random) -> None:
    ours["teams"]["market"]["title"] = luck.choice(("Marketing", "Growth", "Demand"))


def take_the_board_elsewhere(asked: Data, ours: Data, luck: Random) -> None:
    ours["use"]["boards"] = "trello"


CHANGES: tuple[Callable[[Data, Data, Random], None], ...] = (
    rename_a_list, add_a_list, remove_a_list, rename_a_column, change_words_of_a_status,
    retitle_a_card, add_a_card, remove_a_card, prefer_another, rename_a_meeting, let_somebody_go, let_somebody_go,
    take_somebody_on, rename_a_team, take_the_board_elsewhere,
)  # fmt: skip
