"""Links between items in the texts of a playbook: each leads to something that appears."""

import re
from collections.abc import Mapping
from dataclasses import replace

from smarketing.address import is_within
from smarketing.desired import Item
from smarketing.kinds import Value
from smarketing.problems import Problem
from smarketing.references import addresses_of
from smarketing.resolve_scope import Scope
from smarketing.validation import did_you_mean

_LINK = re.compile(r"\[([^\[\]\n]{0,500})\]\(link:([^()\s]{0,400})\)")


def settle_links(scope: Scope) -> None:
    """Check all links; one to something that is left out becomes plain words."""
    settler = _Settler(scope)
    for address, item in list(scope.items.items()):
        if not any(_may_link(value) for value in item.fields.values()):
            continue
        fields = {name: settler.value(item, value) for name, value in item.fields.items()}
        scope.items[address] = replace(item, fields=fields)
    for meeting, frame in scope.agendas.items():
        text = str(settler.value(scope.items[frame.document], frame.text))
        scope.agendas[meeting] = replace(frame, text=text)


def _may_link(value: Value) -> bool:
    if isinstance(value, str):
        return "](link:" in value
    return isinstance(value, dict) and any("](link:" in part for part in value.values())


class _Settler:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._known: frozenset[str] = frozenset()

    def value(self, item: Item, value: Value) -> Value:
        if isinstance(value, str):
            return self._text(item, value)
        if isinstance(value, Mapping):
            return {name: self._text(item, part) for name, part in value.items()}
        return value

    def _text(self, item: Item, text: str) -> str:
        return _LINK.sub(lambda found: self._link(item, found), text)

    def _link(self, item: Item, found: re.Match[str]) -> str:
        words, target = found.groups()
        if target in self.scope.items:
            return found.group()
        if not self._is_left_out(target):
            self._complain(item, target)
        return words

    def _is_left_out(self, target: str) -> bool:
        if not self._known:
            self._known = frozenset(addresses_of(self.scope.playbook))
        base = re.sub(r"\.[^/]*$", "", target)
        is_left_out = any(is_within(base, one) for one in self._known - self.scope.items.keys())
        return base in self._known and is_left_out and not self._repeats(target)

    def _repeats(self, target: str) -> bool:
        """Say whether the address is that of several things, without naming one of them."""
        return any(address.startswith(f"{target}.") for address in self.scope.items)

    def _complain(self, item: Item, target: str) -> None:
        words = f"This links to '{target[:80]}', which is nowhere in the playbook."
        suggestion = did_you_mean(target, list(self.scope.items))
        file, line = self._where(item, target)
        self.scope.report([Problem(file, line, 1, words, suggestion)])

    def _where(self, item: Item, target: str) -> tuple[str, int]:
        name = self.scope.text_files.get(item.address)
        if name is None:
            file, _, line = item.source.rpartition(":")
            return file, int(line)
        text = self.scope.playbook.texts[name]
        offset = max(0, text.find(f"link:{target}"))
        folder = self.scope.playbook.file.rpartition("/")[0]
        return f"{folder}/{name}".lstrip("/"), text.count("\n", 0, offset) + 1
