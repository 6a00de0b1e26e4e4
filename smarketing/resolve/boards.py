"""Boards with their lists, labels, cards and checklists as a playbook asks for them."""

from datetime import date

from smarketing.calendar.read import parse_day
from smarketing.calendar.when import on_day
from smarketing.kinds import Value
from smarketing.playbook.items import Board, Card
from smarketing.resolve.files import home, root_share
from smarketing.resolve.scope import Extra, Path, Scope
from smarketing.text.suggestion import did_you_mean


def add_boards(scope: Scope) -> None:
    """Take up the boards; one without `share:` takes that of its outermost folder."""
    for key, board in scope.playbook.boards.items():
        address, path = f"board:{key}", ("boards", key)
        if scope.is_excluded(address):
            continue
        own = scope.counted(address)
        fields: dict[str, Value] = {"title": scope.title(board.title, (*path, "title"), own)}
        fields |= scope.access(board.share or root_share(scope, board.in_))
        scope.add(address, "boards", home(scope, board.in_), fields, path)
        scope.purpose(address, board.purpose, path, own)
        scope.former(address, board.was, path)
        _add_lists(scope, address, board, path)
        labels = _add_labels(scope, address, board, path)
        cards = _Cards(scope, address, board, labels)
        for name, card in board.cards.items():
            cards.add(name, card, (*path, "cards", name))


def _add_lists(scope: Scope, board: str, wanted: Board, path: Path) -> None:
    for key, lane in wanted.lists.items():
        address, at = f"{board}/list:{key}", (*path, "lists", key)
        if not scope.is_excluded(address):
            title = scope.title(lane.title, at, scope.counted(address))
            scope.add(address, "boards", board, {"title": title}, at)
            scope.former(address, lane.was, at)


def _add_labels(scope: Scope, board: str, wanted: Board, path: Path) -> dict[str, str]:
    """Take up the labels; return their titles by key."""
    titles: dict[str, str] = {}
    for key, label in wanted.labels.items():
        address, at = f"{board}/label:{key}", (*path, "labels", key)
        if scope.is_excluded(address):
            continue
        titles[key] = scope.title(label.title, at, scope.counted(address))
        fields: dict[str, Value] = {"title": titles[key]}
        if label.color is not None:
            fields["color"] = scope.title(label.color, at)
        scope.add(address, "boards", board, fields, at)
        scope.former(address, label.was, at)
    return titles


class _Cards:
    """The cards of one board. Owners and due days are worked out once for each wording."""

    def __init__(self, scope: Scope, board: str, wanted: Board, labels: dict[str, str]) -> None:
        self.scope, self.board, self.labels = scope, board, labels
        lists = [key for key in wanted.lists if f"{board}/list:{key}" in scope.items]
        self._lists = {key: f"{board}/list:{key}" for key in lists}
        self._first = next(iter(self._lists.values()), board)
        self._owners: dict[str, str] = {}
        self._dues: dict[tuple[str, date], str] = {}

    def add(self, key: str, card: Card, path: Path) -> None:
        """Take up a card, or one for each item of its `for-each`."""
        address = f"{self.board}/card:{key}"
        if self.scope.is_excluded(address):
            return
        if not self._lists:
            self.scope.problem(path, "No list is left for this card.", "Choose a part with one.")
            return
        for suffix, extra in self.scope.each(card.for_each):
            if not suffix or not self.scope.is_excluded(address + suffix):
                self._add(address + suffix, card, path, extra)

    def _add(self, address: str, card: Card, path: Path, extra: Extra) -> None:
        scope = self.scope
        extra = scope.counted(address, extra)
        parent = self._lists.get(card.list_ or "", self._first)
        scope.add(address, "boards", parent, self._fields(address, card, path, extra), path)
        scope.former(address, card.was, path)
        for number, check in enumerate(card.checklist):
            at = (*path, "checklist", number)
            fields: dict[str, Value] = {"title": scope.title(check.title, at, extra)}
            scope.add(f"{address}/check:{check.key}", "boards", address, fields, at)
            scope.former(f"{address}/check:{check.key}", check.was, at)

    def _fields(self, address: str, card: Card, path: Path, extra: Extra) -> dict[str, Value]:
        scope = self.scope
        fields: dict[str, Value] = {"title": scope.title(card.title, (*path, "title"), extra)}
        if card.text:
            fields["description"] = scope.words(card.text, (*path, "text"), address, extra)
        if card.labels:
            titles = (self.labels.get(key, "") for key in card.labels)
            fields["labels"] = frozenset(title for title in titles if title)
        if card.owner and (owner := self._owner(card.owner, path, extra)):
            fields["owner"] = owner
        if card.due and (due := self._due(address, card.due, path, extra)):
            fields["due"] = due
        return fields

    def _owner(self, written: str, path: Path, extra: Extra) -> str:
        owner = self.scope.title(written, (*path, "owner"), extra)
        if owner not in self._owners:
            role = owner.removeprefix("lead of ").strip()
            if owner and role not in self.scope.playbook.roles:
                suggestion = did_you_mean(role, self.scope.playbook.roles.keys())
                words = f"There is no role '{role[:60]}'."
                self.scope.problem((*path, "owner"), words, suggestion)
                return ""
            self._owners[owner] = self._lead_of(role) if role else ""
        return self._owners[owner]

    def _lead_of(self, role: str) -> str:
        """Return the name of who leads a role, or "" after saying that nobody does."""
        scope = self.scope
        lead = scope.people.lead(role)
        if lead is None and not scope.people.players(role):
            scope.note_absent([role])
        elif lead is None:
            words = f"Cards of the lead of {role} have no owner: none of its teams has a 'lead:'."
            scope.leave_out(words)
        if lead is None:
            return ""
        name = scope.people.name(lead)
        if len(scope.people.teams(role)) > 1 and role not in scope.config.owners:
            words = f"Several teams play {role}: its lead is {name}, of the first one."
            scope.leave_out(f"{words} 'owners:' in config.yaml names another.")
        return name

    def _due(self, address: str, written: str, path: Path, extra: Extra) -> str:
        due = self.scope.title(written, (*path, "due"), extra)
        said = (due, self.scope.begins(address))
        if due and said not in self._dues:
            try:
                self._dues[said] = on_day(parse_day(due), said[1]).isoformat()
            except ValueError as error:
                self.scope.problem((*path, "due"), str(error))
        return self._dues.get(said, "")
