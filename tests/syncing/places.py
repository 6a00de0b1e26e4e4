"""The places of the lives: two boards, a table and running notes, and how each shows a status."""

from random import Random

from smarketing.sync.statuses import Spoken, Status, vocabulary

BOARD, TABLE, NOTES, OTHER = "board:work", "table:tracker", "document:notes", "board:other"
STATUSES = vocabulary(
    (
        Status("week", "This week", ("to do",)),
        Status("doing", "Doing", ("in work",)),
        Status("done", "Done", ("finished",), ticked=True),
    )
)
FIELDS = ("title", "status", "owner", "due", "labels", "checklist", "link")
HOLDS = {
    BOARD: ("title", "status", "owner", "due", "labels", "checklist"),
    TABLE: ("title", "status", "owner", "due", "labels", "link"),
    NOTES: ("title", "status", "owner", "due", "link"),
    OTHER: ("title", "status", "owner", "labels", "checklist"),
}


def spoken(luck: Random) -> dict[str, Spoken]:
    words = {"This week": "week", "Doing": "doing", "Done": "done"}
    lists = {f"{BOARD}/list:{key}": key for key in ("week", "doing", "done")}
    others = {f"{OTHER}/list:{key}": key for key in ("week", "done")}
    return {
        BOARD: Spoken(STATUSES, lists, ticks=luck.random() < 0.5),
        TABLE: Spoken(STATUSES, words, is_free=luck.random() < 0.5),
        NOTES: Spoken(STATUSES, {} if luck.random() < 0.6 else words, ticks=True),
        OTHER: Spoken(STATUSES, others),
    }


def new_things(places: list[str], luck: Random) -> dict[str, frozenset[str]]:
    choice = luck.random()
    if choice < 0.75:
        return {place: frozenset(places) - {place} for place in places}
    return {places[0]: frozenset(places[1:])} if choice < 0.9 else {}
