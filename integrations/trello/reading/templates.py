"""Boards of a finished workspace that a new one may copy. Pure."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from smarketing.contract import Remote, Scope

from .. import remotes as wire
from ..marker import BoardMark
from ..remotes import Json, by_pos


def offered(listed: Sequence[Json], scope: Scope) -> Iterator[tuple[str, BoardMark]]:
    """Yield the ids and marks of the open boards of the one workspace that offers the template."""
    marks = {each["id"]: mark for each in listed if (mark := wire.mark_of(each))}
    offering = [
        mark.workspace
        for _, mark in sorted(marks.items())
        if mark.done and mark.template == scope.template and mark.workspace != scope.workspace
    ]
    for each in listed:
        mark = marks.get(each["id"])
        if mark and mark.workspace in offering[:1] and not each["closed"]:
            yield each["id"], mark


def template_of(data: Json, mark: BoardMark, zone: tzinfo) -> list[Remote]:
    """Return the objects of a board as its copy will hold them: nobody assigned, none archived."""
    place = wire.place_of({**data, "members": []}, mark.workspace, mark.address, zone, copied=False)
    lists = [each for each in by_pos(data["lists"]) if not each["closed"]]
    standing = {each["id"] for each in lists}
    cards = [
        wire.card_remote({**each, "idMembers": []}, place)
        for each in by_pos(data["cards"])
        if not each["closed"] and each["idList"] in standing
    ]
    kept = {card.id for card in cards if card.marker}
    checks = [
        wire.check_remote(item, each["idCard"])
        for each in by_pos(data["checklists"])
        if each["idCard"] in kept
        for item in by_pos(each["checkItems"])
    ]
    return [
        wire.board_remote(data, place, {}),
        *(wire.list_remote(each) for each in lists),
        *(wire.label_remote(each) for each in data["labels"]),
        *(card for card in cards if card.id in kept),
        *checks,
    ]
