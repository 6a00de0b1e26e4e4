"""Links between items in a playbook: each leads to something that appears.

A text keeps its links, and a tool writes them as it can. A title, a line of a checklist or a cell
is plain in most tools: there a link becomes its words, and the title of what it leads to.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from smarketing.address import is_within, key_of
from smarketing.kinds import Value
from smarketing.playbook.references import addresses_of
from smarketing.problems import Problem
from smarketing.resolve.desired import Item
from smarketing.resolve.scope import Scope
from smarketing.text.samewords import plain
from smarketing.text.suggestion import did_you_mean

_TEXTS = frozenset(("body", "description", "content", "bookmarks"))
"""Fields that hold links; all others hold plain words."""

_LINK = re.compile(r"\[([^\[\]\n]{0,500})\]\(link:([^()\s]{0,400})\)")


def settle_links(scope: Scope) -> None:
    """Check all links; one to something that is left out becomes plain words."""
    settler = _Settler(scope)
    for address, item in list(scope.items.items()):
        if not any(_may_link(value) for value in item.fields.values()):
            continue
        fields = {name: settler.value(item, name, value) for name, value in item.fields.items()}
        scope.items[address] = replace(item, fields=fields)
    for address, purpose in scope.purposes.items():
        if _may_link(purpose) and address in scope.items:
            scope.purposes[address] = settler.plain_words(scope.items[address], purpose)
    for meeting, frame in scope.agendas.items():
        text = str(settler.value(scope.items[frame.document], "body", frame.text))
        scope.agendas[meeting] = replace(frame, text=text)


def _may_link(value: Value) -> bool:
    if isinstance(value, str):
        return "](link:" in value
    return isinstance(value, Mapping) and any("](link:" in part for part in value.values())


class _Settler:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._known: frozenset[str] = frozenset()

    def value(self, item: Item, name: str, value: Value) -> Value:
        if isinstance(value, str):
            return self._text(item, value) if name in _TEXTS else self.plain_words(item, value)
        if isinstance(value, Mapping):
            return {name: self.plain_words(item, part) for name, part in value.items()}
        return value

    def plain_words(self, item: Item, words: str) -> str:
        """Return the words with the title of what each link leads to, where they do not say it."""
        return _LINK.sub(lambda found: self._named(item, found), words)

    def _named(self, item: Item, found: re.Match[str]) -> str:
        words = found[1]
        if self._link(item, found) == words or found[2] not in self.scope.items:
            return words
        title = _LINK.sub(r"\1", self._title(found[2]))
        if plain(title) in plain(words):
            return words
        return f"{words} ({title})" if words else title

    def _title(self, address: str) -> str:
        said = self.scope.items[address].fields
        return str(said.get("title") or key_of(address))

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
        self.scope.report([Problem(*self._where(item, target), words, suggestion)])

    def _where(self, item: Item, target: str) -> tuple[str, int, int]:
        """Return file, line and column of the link, or of its item where it is put together."""
        link, playbook = f"(link:{target})", self.scope.playbook
        if name := self.scope.text_files.get(item.address):
            text = playbook.texts[name]
            offset = text.find(link)
            if offset >= 0:
                folder = playbook.file.rpartition("/")[0]
                start = text.rfind("\n", 0, offset) + 1
                line = text.count("\n", 0, offset) + 1
                return f"{folder}/{name}".lstrip("/"), line, offset - start + 2
        file, _, number = item.source.rpartition(":")
        before = "".join(playbook.source.text.splitlines(keepends=True)[: int(number) - 1])
        offset = playbook.source.text.find(link, len(before))
        if offset < 0:
            return file, int(number), 1
        return file, *playbook.source.position(offset + 1)
