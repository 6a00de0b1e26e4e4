"""Writes config.yaml: a new one with comments, and single values into one that is there.

An edit replaces or adds the named values alone; comments, order and every other byte stay.
"""

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from smarketing.problems import Problems, UserError
from smarketing.validation import did_you_mean
from smarketing.yamlfile import MOST_BYTES, Source, Spot, parse, read_text

SCHEMA_FILE = ".smarketing/config.schema.json"
"""Where editors find the schema, beside the config."""

_BOM = "\ufeff"
# At the start of a line these begin a list, a key, a document.
_BEGINS = re.compile(r"[-?](\s|$)|---|\.\.\.")
_SECTIONS: tuple[tuple[str, str], ...] = (
    ("extends", "takes over people, teams and tools of that file"),
    ("id", "this workspace for ever; never change it"),
    ("workspace", "what people call it; change it freely"),
    ("playbook", "a shipped name, or a folder"),
    ("edition", "the edition of the playbook"),
    ("start", "day 1 of the playbook's dates"),
    ("timezone", "the zone of all times of day"),
    ("holidays", "public holidays: days, a country like GB, a calendar file"),
    ("quiet", "when no digest goes: hours and days"),
    ("domains", "people outside these need a line under `guests:`"),
    ("guests", "people from outside that belong here"),
    ("inputs", "answers to the playbook's questions"),
    ("people", "who is here; give who goes a `left:` and keep the line"),
    ("teams", "which role of the playbook a team plays, who leads it, who is in it"),
    ("owners", "who acts for a role, where that is not the lead of its first team"),
    ("use", "which tool holds a section of the playbook; missing = local"),
    ("parts", "only these parts of the playbook"),
    ("template", "further workspaces may be copied from this one"),
    ("existing", "what is there already, by address"),
    ("integrations", "settings of each tool; never a secret"),
)


def write_new(path: Path, values: Mapping[str, Any]) -> None:
    """Write a new config with these values, and the schema that editors complete it from.

    A name like `inputs.company` leads into a mapping, as in set_values.
    A file that is already there is never replaced.
    """
    from smarketing.schema import config_schema

    text = new_config(values)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="") as opened:
            opened.write(text)
    except FileExistsError:
        raise UserError(f"{path} is already there. Move it away to write a new one.") from None
    schema = path.parent / SCHEMA_FILE
    schema.parent.mkdir(exist_ok=True)
    schema.write_text(json.dumps(config_schema(), indent=1) + "\n", encoding="utf-8", newline="\n")


def new_config(values: Mapping[str, Any]) -> str:
    """Return the text of a new config with these values, a comment beside each."""
    wanted: Any = {}
    for name, value in values.items():
        if value is not None:
            wanted = with_part(wanted, name.split("."), _plain(value))
    comments = dict(_SECTIONS)
    for name in wanted.keys() - comments.keys():
        raise UserError(f"'{name}' is no option of a config. {did_you_mean(name, comments)}")
    lines = [f"# yaml-language-server: $schema={SCHEMA_FILE}"]
    for name in sorted(wanted, key=list(comments).index):
        lines += _section(name, wanted[name], comments[name])
    text = "\n".join(lines) + "\n"
    _check(text, wanted)
    return text


def _section(name: str, value: Any, comment: str) -> Iterator[str]:
    if not isinstance(value, dict) or not value:
        yield f"{name}: {rendered(value)}".ljust(27) + f" # {comment}"
        return
    yield f"{name}:".ljust(27) + f" # {comment}"
    for key, one in value.items():
        yield f"  {rendered_key(key)}: {rendered(one)}"


def set_values(path: Path, values: Mapping[str, Any] | Mapping[tuple[str, ...], Any]) -> None:
    """Write values into a config in place; a name like `inputs.company` leads to each, `parts.1`
    to the second entry of a list that is there.

    A tuple leads to a value below a key that has a dot in it.
    """

    def written(text: str) -> str:
        for name, value in values.items():
            steps = tuple(name.split(".")) if isinstance(name, str) else name
            text = with_value(text, steps, value, str(path))
        return text

    rewrite(path, written)


def rewrite(path: Path, edit: Callable[[str], str]) -> None:
    """Replace the text of a config by what `edit` makes of it."""
    real = path.resolve()
    before = _raw(real)
    text = edit(before.removeprefix(_BOM))
    if _BOM + text != before and text != before:
        _replace(real, _BOM + text if before.startswith(_BOM) else text)


def with_value(text: str, path: Sequence[str], value: Any, file: str = "config.yaml") -> str:
    """Return the text of a config with one value set, all else as it was."""
    source = parse(text, file)
    wanted = with_part(source.data, path, _plain(value))
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
    value = _plain(value)
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


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, str):
        return [_plain(one) for one in value]
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


def _check(text: str, values: Mapping[str, Any]) -> None:
    try:
        if parse(text, "config.yaml").data == values:
            return
    except Problems:
        pass
    raise UserError("A value can't be written to config.yaml: it holds control characters.")


def _raw(path: Path) -> str:
    text = read_text(path, MOST_BYTES)
    with path.open("rb") as opened:
        return _BOM + text if opened.read(3) == b"\xef\xbb\xbf" else text


def _replace(path: Path, text: str) -> None:
    """Replace the file as a whole, so that nobody ever finds half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".config-", suffix=".tmp")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(text.encode("utf-8"))
            opened.flush()
            os.fsync(opened.fileno())
        fresh.chmod(path.stat().st_mode & 0o777)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
