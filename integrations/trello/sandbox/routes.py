"""Which handler answers which path."""

from . import boards, card_changes, card_parts, cards, checklists, labels, lists, members, people
from .call import Handler
from .refusals import Refusal

_TABLES = (members, lists, labels, checklists, card_parts, card_changes, cards, people, boards)


def _indexed() -> dict[tuple[str, str, int], list[tuple[tuple[str, ...], Handler]]]:
    index: dict[tuple[str, str, int], list[tuple[tuple[str, ...], Handler]]] = {}
    for table in _TABLES:
        for (method, path), handler in table.ROUTES.items():
            parts = tuple(path.split("/"))
            index.setdefault((method, parts[0], len(parts)), []).append((parts, handler))
    for candidates in index.values():
        # The one with the fewest changing parts is tried first.
        candidates.sort(key=lambda one: one[0].count("{}"))
    return index


_INDEX = _indexed()


def handler_of(method: str, path: str) -> tuple[Handler, tuple[str, ...]]:
    """Return the handler of a path below /1/ and the changing parts of the path."""
    asked = tuple(part for part in path.split("/") if part)
    first = asked[0] if asked else ""
    # Trello takes the singular as well, and py-trello uses it.
    first = {"card": "cards", "board": "boards"}.get(first, first)
    for parts, handler in _INDEX.get((method, first, len(asked)), ()):
        if all(want in ("{}", got) for want, got in zip(parts[1:], asked[1:], strict=True)):
            changing = zip(parts, asked, strict=True)
            return handler, tuple(got for want, got in changing if want == "{}")
    raise Refusal(404, f"Cannot {method} /1/{path}")
