"""One step per object, and what waits for what. Pure but for what the last read showed.

What is known of members and checklists only makes the counting exact.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smarketing.address import container_of
from smarketing.contract import Calls, Change, Step
from smarketing.kinds import ARCHIVED, as_plain

from .counting import calls_of_alteration, calls_of_copy, calls_of_grant, newly_assigned
from .known import Known
from .manifest import NAME, TOKEN
from .mapping import name_of
from .remotes import title_for
from .room import can_be_made

_IN_ROWS = frozenset({"list", "card", "check"})
QUIET = frozenset({"release", "keep", "conflict"})
"""Verbs that write nothing."""


@dataclass(frozen=True, slots=True)
class TrelloStep(Step):
    """A step for a workspace. `template` is what a new board holds for the root."""

    workspace: str = ""
    template: str = ""


def steps_for(changes: Sequence[Change], workspace: str, known: Known) -> list[TrelloStep]:
    """Return the steps that serve these changes."""
    return _Steps(changes, workspace, known).all()


class _Steps:
    def __init__(self, changes: Sequence[Change], workspace: str, known: Known) -> None:
        self.workspace, self.known = workspace, known
        self.groups = _groups(changes)
        self.keys = [self._key(group) for group in self.groups]
        self.makers: dict[str, str] = {}
        self.openers: dict[str, str] = {}
        self.labels: dict[tuple[str, str], str] = {}
        self.heads: dict[str, str] = {}
        self.ends: dict[tuple[str, str], str] = {}
        self.before: dict[str, str] = {}
        self.renamed: dict[str, dict[str, str]] = {}
        self.leaving: dict[str, set[str]] = {}
        for key, group in zip(self.keys, self.groups, strict=True):
            for change in group:
                self._note(key, change)
        boards = [each for each in changes if _makes(each) and each.kind == "board"]
        roots = [each for each in changes if _makes(each) and each.kind == "root"]
        self.first_board = boards[0].address if boards and roots else ""
        self.template = str(roots[0].fields.get("template") or "") if roots else ""
        self.has_boards = not roots or any(each.kind != "root" for each in changes)

    def all(self) -> list[TrelloStep]:
        return [self._step(key, group) for key, group in zip(self.keys, self.groups, strict=True)]

    def _note(self, key: str, change: Change) -> None:
        board = change.address.split("/")[0]
        access = change.fields.get("access")
        if change.verb == "revoke" and isinstance(access, Mapping):
            self.leaving.setdefault(board, set()).update(name_of(each) for each in access)
        if _makes(change):
            self.makers[change.address] = key
            if change.kind == "check":
                self.heads.setdefault(change.parent, key)
            if change.kind in _IN_ROWS and can_be_made(change):
                self._put_in_row(key, change)
        if change.verb == "move" and change.before and change.before.existence == ARCHIVED:
            self.openers[change.address] = key  # what goes into it waits, so as to stay in sight
        title = change.fields.get("title")
        if change.kind == "label" and isinstance(title, str):
            self.labels[board, title] = key
            if change.before is not None:
                self.renamed.setdefault(board, {})[title_for(change.before)] = title

    def _put_in_row(self, key: str, change: Change) -> None:
        """Let each wait for the one above it: new things go to the end of their row.

        What Trello would refuse is passed over, so that nothing waits for it.
        """
        row = change.parent, change.kind
        if row in self.ends and self.ends[row] != key:
            self.before[key] = self.ends[row]
        self.ends[row] = key

    def _step(self, key: str, group: tuple[Change, ...]) -> TrelloStep:
        first = group[0]
        calls = self._calls(key, group)
        together = calls.read + calls.write
        return TrelloStep(
            key=key,
            integration=NAME,
            changes=group,
            calls=calls,
            needs=frozenset(self._needs(key, group)) - {key},
            draws={TOKEN: together} if together else {},
            stage=first.stage,
            told=newly_assigned(group, self.known),
            workspace=self.workspace,
            template=self.template if first.address == self.first_board else "",
        )

    def _needs(self, key: str, group: Sequence[Change]) -> set[str]:
        needs = {self.before[key]} if key in self.before else set[str]()
        for change in group:
            above = [change.parent, container_of(change.address)]
            above += [change.address] if not _makes(change) else []
            needs |= {self.makers[each] for each in above if each in self.makers}
            needs |= {self.openers[each] for each in above if each in self.openers}
            labels = change.fields.get("labels")
            if change.kind == "card" and isinstance(labels, frozenset):
                board = change.address.split("/")[0]
                needs |= {
                    self.labels[board, title] for title in labels if (board, title) in self.labels
                }
        return needs

    def _calls(self, key: str, group: Sequence[Change]) -> Calls:
        first = group[0]
        if first.verb in QUIET or (first.kind == "root" and _makes(first)):
            return Calls()
        if _is_copy(first) and first.kind == "board":
            return calls_of_copy(group)
        if _makes(first):
            return self._calls_of_create(key, first)
        if first.verb in ("grant", "revoke"):
            return calls_of_grant(first, self.known)
        if first.kind == "root":
            return Calls(2, 1) if self.has_boards else Calls()
        board = first.address.split("/")[0]
        renamed, leaving = self.renamed.get(board, {}), self.leaving.get(board, ())
        return calls_of_alteration(group, self.known, renamed, leaving)

    def _calls_of_create(self, key: str, change: Change) -> Calls:
        if change.kind != "check" or self.heads.get(change.parent) != key:
            return Calls(0, 1)
        card = change.holder or self.known.cards.get((self.workspace, change.parent))
        if change.parent in self.makers or (card and self.known.checklists.get(card) == ""):
            return Calls(0, 2)
        return Calls(0, 1) if card in self.known.checklists else Calls(1, 1)

    def _key(self, group: Sequence[Change]) -> str:
        first = group[0]
        told = [
            [
                each.verb,
                each.address,
                each.parent,
                each.before.id if each.before else "",
                as_plain(each.fields),
            ]
            for each in group
        ]
        digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
        name = f"{NAME} {self.workspace} {first.stage} {first.verb} {first.address}"
        return f"{name} {digest[:16]}"


def _groups(changes: Sequence[Change]) -> list[tuple[Change, ...]]:
    """Return what is served together: all that alters one object, all that one copy makes."""
    copied = {each.address for each in changes if each.kind == "board" and _is_copy(each)}
    groups: dict[tuple[object, ...], list[Change]] = {}
    for number, change in enumerate(changes):
        which: tuple[object, ...] = (number,)
        if _is_copy(change) and change.address.split("/")[0] in copied:
            which = ("copy", change.address.split("/")[0])
        elif not _makes(change) and change.verb not in ("grant", "revoke"):
            before = change.before.id if change.before else ""
            which = ("alter", change.address, before, change.stage)
        groups.setdefault(which, []).append(change)
    return [_board_first(group) for group in groups.values()]


def _board_first(group: list[Change]) -> tuple[Change, ...]:
    return tuple(sorted(group, key=lambda each: each.kind != "board" or not _makes(each)))


def _makes(change: Change) -> bool:
    return change.verb == "create"


def _is_copy(change: Change) -> bool:
    return _makes(change) and change.like is not None
