"""Sets values in YAML that somebody wrote, and writes values as YAML.

An edit replaces or adds the named value alone; comments, order and every other byte stay.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from smarketing.problems import Problems, UserError
from smarketing.yamlfiles.parse import parse
from smarketing.yamlfiles.source import Source, Spot

# At the start of a line these begin a list, a key, a document.
_BEGINS = re.compile(r"[-?](\s|$)|---|\.\.\.")


def with_value(text: str, path: Sequence[str], value: Any, file: str) -> str:
    """Return a YAML text with one value set, all else as it was."""
    source = parse(text, file)
    wanted = with_part(source.data, path, plain(value))
    if wanted == source.data:
        return text
    changed = _edited(source, path, value)
    try:
        fits = parse(changed, file).data == wanted
    except Problems:
        fits = False
    if not fits:
        name = ".".join(path)
        raise UserError(
            f"{file}: can't set '{name}' here. Write '{name}: {rendered(value)}' by hand."
        )
    return changed


def _edited(source: Source, path: Sequence[str], value: Any) -> str:
    """Return the text with the value replaced, or added to the deepest mapping on its way."""
    spot, depth = source.spot, 0
    while depth < len(path) and (below := _below(spot.parts, path[depth])) is not None:
        spot, depth = below, depth + 1
    rest = path[depth:]
    text, ending = source.text, "\r\n" if "\r\n" in source.text else "\n"
    if rest and isinstance(spot.parts, dict) and (spot.parts or text[spot.start] == "{"):
        return _added(text, spot, rest, value, ending)
    if rest and depth == 0:
        gap = "" if not text or text.endswith(("\n", "\r")) else ending
        return text + gap + _line(rest, value) + ending
    for key in reversed(rest):
        value = {key: value}
    end = own_end(text, spot)
    before = "" if text[spot.start - 1 : spot.start] in (" ", "\t", "[", "{", ",") else " "
    after = ending if text[spot.start : end].endswith("\n") else ""
    return text[: spot.start] + before + rendered(value) + after + text[end:]


def _below(parts: dict[Any, Spot] | list[Spot] | None, step: str) -> Spot | None:
    if isinstance(parts, dict):
        return parts.get(step)
    return parts[int(step)] if parts and _is_entry(parts, step) else None


def _is_entry(entries: Sequence[Any], step: str) -> bool:
    return step.isdecimal() and int(step) < len(entries)


def _added(text: str, spot: Spot, rest: Sequence[str], value: Any, ending: str) -> str:
    end = own_end(text, spot)
    if text[spot.start] == "{":
        gap = " " if text[end - 2] == " " else ""
        inside = text[: end - 1].rstrip(", \t\r\n")
        comma = ", " if spot.parts else ""
        return f"{inside}{comma}{_line(rest, value)}{gap}{text[end - 1 :]}"
    line_end = next_line(text, end)
    indent = " " * (spot.start - text.rfind("\n", 0, spot.start) - 1)
    gap = "" if line_end == 0 or text[line_end - 1] in "\r\n" else ending
    return text[:line_end] + gap + indent + _line(rest, value) + ending + text[line_end:]


def next_line(text: str, at: int) -> int:
    """Return where the next line begins after what ends at this offset."""
    if at and text[at - 1] in "\r\n":
        return at
    found = text.find("\n", at)
    return found + 1 if found >= 0 else len(text)


def own_end(text: str, spot: Spot) -> int:
    """Return where a value's own text ends: a block ends with its last part, not its comments."""
    if text[spot.start : spot.start + 1] in ("{", "[") or not spot.parts:
        return spot.end
    parts = list(spot.parts.values() if isinstance(spot.parts, dict) else spot.parts)
    return max(own_end(text, part) for part in parts) if parts else spot.end


def _line(path: Sequence[str], value: Any) -> str:
    key, *rest = path
    for name in reversed(rest):
        value = {name: value}
    return f"{rendered_key(key)}: {rendered(value)}"


def rendered_key(key: str) -> str:
    """Return a key as YAML."""
    return rendered(str(key))


def rendered(value: Any) -> str:
    """Return a value as YAML on one line."""
    value = plain(value)
    if isinstance(value, dict):
        inside = ", ".join(f"{rendered_key(key)}: {rendered(one)}" for key, one in value.items())
        return f"{{{inside}}}"
    if isinstance(value, list):
        return f"[{', '.join(rendered(one) for one in value)}]"
    if not isinstance(value, str):
        return json.dumps(value)
    return value if _stands_alone(value) else json.dumps(value, ensure_ascii=False)


def _stands_alone(text: str) -> bool:
    """Say whether a text means itself without quotes, in every place it may stand in."""
    if not text or text != text.strip() or "\n" in text or "\r" in text:
        return False
    if _BEGINS.match(text):
        return False
    try:
        data = parse(f"[{{a: {text}}}, {{{text}: a}}]", "").data
    except Problems:
        return False
    return bool(data == [{"a": text}, {text: "a"}])


def plain(value: Any) -> Any:
    """Return a value as YAML reads it back: mappings, lists and scalars only."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, str):
        return [plain(one) for one in value]
    return value


def with_part(data: Any, path: Sequence[str], value: Any) -> Any:
    """Return the data with the value at the path."""
    if not path:
        return value
    if isinstance(data, list) and _is_entry(data, path[0]):
        at = int(path[0])
        return [*data[:at], with_part(data[at], path[1:], value), *data[at + 1 :]]
    below = dict(data) if isinstance(data, dict) else {}
    below[path[0]] = with_part(below.get(path[0]), path[1:], value)
    return below
