"""Boards with their lists, labels, cards and checklists as a playbook asks for them."""

from smarketing.kinds import Value
from smarketing.playbook import Board, Card
from smarketing.resolve_files import home, root_share
from smarketing.resolve_scope import Extra, Path, Scope
from smarketing.validation import did_you_mean
from smarketing.when import on_day, parse_day


def add_boards(scope: Scope) -> None:
    """Take up the boards; one without `share:` takes that of its outermost folder."""
    for key, board in scope.playbook.boards.items():
        address, path = f"board:{key}", ("boards", key)
        if scope.is_excluded(address):
            continue
        fields: dict[str, Value] = {"title": scope.title(board.title, (*path, "title"))}
        fields |= scope.access(board.share or root_share(scope, board.in_))
        scope.add(address, "boards", home(scope, board.in_), fields, path)
        scope.former(address, board.was, path)
        _add_lists(scope, address, board, path)
        labels = _add_labels(scope, address, board, path)
        for name, card in board.cards.items():
            _Cards(scope, address, board, card, (*path, "cards", name), labels).add(name)


def _add_lists(scope: Scope, board: str, wanted: Board, path: Path) -> None:
    for key, lane in wanted.lists.items():
        address, at = f"{board}/list:{key}", (*path, "lists", key)
        if not scope.is_excluded(address):
            scope.add(address, "boards", board, {"title": scope.title(lane.title, at)}, at)
            scope.former(address, lane.was, at)


def _add_labels(scope: Scope, board: str, wanted: Board, path: Path) -> dict[str, str]:
    """Take up the labels; return their titles by key."""
    titles: dict[str, str] = {}
    for key, label in wanted.labels.items():
        address, at = f"{board}/label:{key}", (*path, "labels", key)
        if scope.is_excluded(address):
            continue
        titles[key] = scope.title(label.title, at)
        fields: dict[str, Value] = {"title": titles[key]}
        if label.color is not None:
            fields["color"] = scope.title(label.color, at)
        scope.add(address, "boards", board, fields, at)
        scope.former(address, label.was, at)
    return titles


class _Cards:
    """One card of a playbook, which may stand for several."""

    def __init__(
        self,
        scope: Scope,
        board: str,
        wanted: Board,
        card: Card,
        path: Path,
        labels: dict[str, str],
    ) -> None:
        self.scope, self.board, self.wanted, self.card = scope, board, wanted, card
        self.path, self.labels = path, labels

    def add(self, key: str) -> None:
        """Take up the card, or one for each item of its `for-each`."""
        address = f"{self.board}/card:{key}"
        if self.scope.is_excluded(address):
            return
        for suffix, extra in self.scope.each(self.card.for_each):
            if not self.scope.is_excluded(address + suffix):
                self._add(address + suffix, extra)

    def _add(self, address: str, extra: Extra) -> None:
        scope, card = self.scope, self.card
        scope.add(address, "boards", self._list(), self._fields(address, extra), self.path)
        scope.former(address, card.was, self.path)
        for number, check in enumerate(card.checklist):
            at = (*self.path, "checklist", number)
            fields: dict[str, Value] = {"title": scope.title(check.title, at, extra)}
            scope.add(f"{address}/check:{check.key}", "boards", address, fields, at)
            scope.former(f"{address}/check:{check.key}", check.was, at)

    def _list(self) -> str:
        """Return the address of the card's list, or of the first one that appears."""
        keys = [self.card.list_] if self.card.list_ else []
        for key in (*keys, *self.wanted.lists):
            if f"{self.board}/list:{key}" in self.scope.items:
                return f"{self.board}/list:{key}"
        self.scope.problem(self.path, "No list is left for this card.", "Choose a part with one.")
        return self.board

    def _fields(self, address: str, extra: Extra) -> dict[str, Value]:
        scope, card = self.scope, self.card
        fields: dict[str, Value] = {"title": scope.title(card.title, (*self.path, "title"), extra)}
        if card.text:
            text = scope.words(card.text, (*self.path, "text"), address, extra)
            fields["description"] = text
        if card.labels:
            titles = (self.labels.get(key, "") for key in card.labels)
            fields["labels"] = frozenset(title for title in titles if title)
        if card.owner and (owner := self._owner(card.owner, extra)):
            fields["owner"] = owner
        if card.due and (due := self._due(card.due, extra)):
            fields["due"] = due
        return fields

    def _owner(self, written: str, extra: Extra) -> str:
        scope, path = self.scope, (*self.path, "owner")
        role = scope.title(written, path, extra).removeprefix("lead of ").strip()
        if role not in scope.playbook.roles:
            if not scope.problems:
                suggestion = did_you_mean(role, scope.playbook.roles.keys())
                scope.problem(path, f"There is no role '{role[:60]}'.", suggestion)
            return ""
        lead = scope.people.lead(role)
        spoken = role.replace("-", " ")
        if lead is None:
            scope.leave_out(f"Cards of the lead of {spoken} have no owner: nobody leads it yet.")
            return ""
        name = scope.people.name(lead)
        if len(scope.people.teams(role)) > 1 and role not in scope.config.owners:
            words = f"Several teams play {spoken}: its lead is {name}, of the first one."
            scope.leave_out(f"{words} 'owners:' in config.yaml names another.")
        return name

    def _due(self, written: str, extra: Extra) -> str:
        path = (*self.path, "due")
        try:
            number = parse_day(self.scope.title(written, path, extra))
        except ValueError as error:
            if not self.scope.problems:
                self.scope.problem(path, str(error))
            return ""
        return on_day(number, self.scope.start).isoformat()
