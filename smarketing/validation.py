"""What playbook and config share: the types of their values, and pydantic's errors told as
problems with a place, what is wrong, and what to write instead.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from smarketing.problems import Problem
from smarketing.yamlfile import Source

Number = int | float | bool
Path_ = tuple[str | int, ...]
MOST_PROBLEMS = 200


def as_written(value: Any) -> Any:
    """Return a number as the text it was written as: `title: 2027` is a title."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


def one_or_more(value: Any) -> Any:
    """Return a list for a single value."""
    return [value] if isinstance(value, str | int | float) else value


def day(value: Any) -> Any:
    """Return the date of a text like 2026-12-07."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("A day is written like 2026-12-07.")
    if not value.startswith("20"):
        raise ValueError("Write a day from 2000-01-01 to 2099-12-31.")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"There is no day {value} in the calendar.") from None


_KEY = r"^[a-z0-9][a-z0-9-]{0,39}$"
_TITLE = r"^[^\r\n]*[^\s][^\r\n]*$"
_STEP = r"[a-z]+:[a-z0-9][a-z0-9-]{0,39}(?:\.[a-z0-9][a-z0-9-]{0,39})?"
_ADDRESS = rf"^{_STEP}(?:/{_STEP})*$"
_FORMER = rf"^(?:[a-z0-9][a-z0-9-]{{0,39}}|{_STEP}(?:/{_STEP})*)$"
_ROLE_OR_CHANNEL = r"^(?:channel:)?[a-z0-9][a-z0-9-]{0,39}$"
_MAIL = r"^[^\s@<>,;:\"]{1,64}@[^\s@<>,;:\"]{1,255}$"
_ID = r"^[a-z0-9][a-z0-9-]{5,39}$"

Key = Annotated[str, StringConstraints(pattern=_KEY)]
Title = Annotated[
    str,
    BeforeValidator(as_written, json_schema_input_type=str | Number),
    StringConstraints(min_length=1, max_length=500, pattern=_TITLE),
]
Text = Annotated[
    str,
    BeforeValidator(as_written, json_schema_input_type=str | Number),
    StringConstraints(max_length=1_000_000),
]
Address = Annotated[str, StringConstraints(pattern=_ADDRESS)]
RoleOrChannel = Annotated[str, StringConstraints(pattern=_ROLE_OR_CHANNEL)]
Mail = Annotated[str, StringConstraints(pattern=_MAIL)]
WorkspaceId = Annotated[str, StringConstraints(pattern=_ID)]
Day = Annotated[date, BeforeValidator(day, json_schema_input_type=str)]
Was = Annotated[
    tuple[Annotated[str, StringConstraints(pattern=_FORMER)], ...],
    BeforeValidator(one_or_more, json_schema_input_type=str | list[str]),
]

_MISFITS = {
    _KEY: (
        "is not a key",
        "A key has small letters, digits and '-' only, at most 40: agree-on-lead.",
    ),
    _TITLE: ("has to be one line of text", ""),
    _ADDRESS: ("is not an address", "An address is written like board:work/card:agree-on-lead."),
    _ROLE_OR_CHANNEL: (
        "is neither a role nor a channel",
        "Write a role of the playbook, or a channel: channel:leads-today",
    ),
    _FORMER: ("is neither a key nor an address", "Write the former key, as in 'was: old-key'."),
    _MAIL: ("is not a mail address", "Write: Ana Silva <ana@acme.example>"),
    _ID: ("is not the id of a workspace", "Leave it out, and the first run writes one."),
}


def written(name: str) -> str:
    """Return a field's name as people write it: `for-each` for `for_each`, `in` for `in_`."""
    return name.rstrip("_").replace("_", "-")


class Shape(BaseModel):
    """A mapping with known names only; its values are never shown in an error."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, alias_generator=written
    )


S = TypeVar("S", bound=Shape)
Places = Callable[[Path_], Source]


def validate(shape: type[S], data: Any, source_of: Places) -> tuple[S | None, list[Problem]]:
    """Return the data as this shape, with all that is wrong with it.

    What is wrong is left out of the shape, so that its references can be checked as well;
    None if nothing sensible is left.
    """
    problems: list[Problem] = []
    rest = data
    for _ in range(6):
        try:
            return shape.model_validate(rest), one_per_place(problems)
        except ValidationError as error:
            wrong = _telling(error.errors(include_url=False, include_input=False), rest)
        if rest is data:
            rest = _copy(data)
        fresh = [at for at in wrong if not _was_there(data, at)]
        problems += (_problem(shape, at, rest, source_of) for at in fresh[:MOST_PROBLEMS])
        if not _leave_out(rest, wrong):
            break
    return None, one_per_place(problems)


def _telling(errors: Iterable[Any], data: Any) -> list[tuple[Path_, Any]]:
    """Return each error with its path in the data, without those of the wrong alternative."""
    found = [(_path_in(data, error["loc"]), error) for error in errors]
    deep = {path[:depth] for path, _ in found for depth in range(len(path))}
    kept = []
    for path, error in found:
        value = value_at(data, path)
        alternatives = [e["type"] for p, e in found if p == path] if len(found) < 500 else []
        of_text = error["type"] == "string_type" and isinstance(value, dict | list)
        of_mapping = error["type"] == "dict_type" and "string_type" in alternatives
        if (of_text and (path in deep or "dict_type" in alternatives)) or (
            of_mapping and not isinstance(value, list)
        ):
            continue
        kept.append((path, error))
    return kept


def _was_there(data: Any, at: tuple[Path_, Any]) -> bool:
    """Say whether a name is missing only because its value was wrong and is left out."""
    path, error = at
    return error["type"] == "missing" and _holds(value_at(data, path), error["loc"][-1])


def _path_in(data: Any, loc: Iterable[str | int]) -> Path_:
    """Return the part of pydantic's location that is in the data: it names alternatives too."""
    path: Path_ = ()
    for part in loc:
        if _holds(data, part):
            data = data[part]
            path = (*path, part)
    return path


def _holds(data: Any, part: Any) -> bool:
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and part < len(data)


def value_at(data: Any, path: Path_) -> Any:
    """Return the value at a path, or None."""
    for part in path:
        if not _holds(data, part):
            return None
        data = data[part]
    return data


def one_per_place(problems: Iterable[Problem]) -> list[Problem]:
    """Return the first problem of each place."""
    kept: dict[tuple[str, int, int], Problem] = {}
    for problem in problems:
        kept.setdefault((problem.file, problem.line, problem.column), problem)
    return list(kept.values())[:MOST_PROBLEMS]


def _copy(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _copy(value) for key, value in data.items()}
    return [_copy(value) for value in data] if isinstance(data, list) else data


def _leave_out(data: Any, wrong: Iterable[tuple[Path_, Any]]) -> bool:
    """Take wrong values out of the data; False if all of it is wrong."""
    paths = {path for path, _ in wrong}
    for path in sorted(paths, key=lambda path: [str(part).zfill(9) for part in path], reverse=True):
        if not path:
            return False
        holder = value_at(data, path[:-1])
        if isinstance(holder, dict):
            holder.pop(path[-1], None)
        elif isinstance(holder, list) and isinstance(path[-1], int) and path[-1] < len(holder):
            del holder[path[-1]]
    return True


def _problem(shape: type[Shape], at: tuple[Path_, Any], data: Any, source_of: Places) -> Problem:
    path, error = at
    source, kind, loc = source_of(path), error["type"], error["loc"]
    if not path and kind in _NO_MAPPING:
        return source.problem(path, *_no_mapping(shape, data))
    if kind == "extra_forbidden":
        names = names_at(shape, loc[:-1])
        message = f"'{_short(loc[-1])}' is not known here."
        return source.key_problem(path, message, did_you_mean(str(loc[-1]), names))
    if kind == "missing":
        where = f" in '{_short(path[-1])}'" if path else ""
        name = _short(loc[-1])
        return source.key_problem(
            path, f"'{name}' is missing{where}.", f"Add a line '{name}: ...'."
        )
    message, instead = _sentence(kind, error.get("ctx", {}), path, value_at(data, path))
    if (loc and loc[-1] == "[key]") or (value_at(data, path) is None and path):
        return source.key_problem(path, message, instead)
    return source.problem(path, message, instead)


_NO_MAPPING = ("dict_type", "model_type", "model_attributes_type")


def _no_mapping(shape: type[Shape], data: Any) -> tuple[str, str]:
    """Say what is wrong with a whole file that holds no names, and how to begin it."""
    first = next(name for name, field in shape.model_fields.items() if field.is_required())
    instead = f"Begin with a line '{first}: ...'."
    if data is None:
        return "This file is empty.", instead
    return f"This file has to hold lines of 'name: value', not {_type(data)}.", instead


def _sentence(kind: str, ctx: Mapping[str, Any], path: Path_, value: Any) -> tuple[str, str]:
    name = f"'{_short(path[-1])}'" if path and isinstance(path[-1], str) else "This"
    too_short = kind in ("string_too_short", "too_short")
    if isinstance(value, str) and (value.isspace() or (too_short and not value)):
        return f"{name} is empty.", "Write a word or two."
    if value is None and kind != "value_error":
        quotes = "Write a value after the ':'; a text that begins with '#' needs quotes."
        return f"{name} is empty.", quotes
    if kind == "string_pattern_mismatch":
        words, instead = _MISFITS.get(
            str(ctx.get("pattern")), ("is not written as it should be", "")
        )
        return f"{name} {words}.", instead
    if kind == "value_error":
        return f"{name} can't be used.", str(ctx.get("error", ""))
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", str(ctx.get("expected", "")))
        return f"{name} can't have this value.", did_you_mean(str(value), choices)
    if kind in _TYPES:
        return f"{name} has to be {_TYPES[kind]}, not {_type(value)}.", ""
    if kind == "string_too_long":
        return f"{name} is longer than {ctx.get('max_length')} characters.", "Shorten it."
    if kind == "greater_than_equal":
        return f"{name} has to be at least {ctx.get('ge')}.", ""
    if kind == "too_short":
        least = ctx.get("min_length")
        return f"{name} needs at least {least} {'entry' if least == 1 else 'entries'}.", "Add one."
    return f"{name} can't be used here.", ""


_TYPES = {
    "string_type": "a text",
    "dict_type": "a mapping (lines of 'name: value')",
    "model_type": "a mapping (lines of 'name: value')",
    "model_attributes_type": "a mapping (lines of 'name: value')",
    "list_type": "a list (lines of '- value')",
    "tuple_type": "a list (lines of '- value')",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
}


def _type(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else "a text"


def _short(part: Any) -> str:
    text = str(part)
    return text if len(text) <= 60 else f"{text[:57]}..."


def did_you_mean(word: str, known: Collection[str]) -> str:
    """Return a suggestion from what is known, or all of it if that is little."""
    close = get_close_matches(word[:80], list(known)[:2000], n=1, cutoff=0.6)
    if close:
        return f"Did you mean '{close[0]}'?"
    if not known:
        return ""
    return f"Known here: {', '.join(known)}." if len(known) <= 20 else ""


def names_at(shape: Any, loc: Iterable[str | int]) -> list[str]:
    """Return the names that a mapping at this place of a shape can have."""
    here = list(_shapes(shape))
    for part in loc:
        here = [below for one in here for below in _below(one, part)]
    names = (
        field.alias or name
        for one in here
        if isinstance(one, type) and issubclass(one, Shape)
        for name, field in one.model_fields.items()
    )
    return list(dict.fromkeys(names))


def _shapes(annotation: Any) -> Iterator[Any]:
    """Return the alternatives of an annotation."""
    if get_origin(annotation) is Annotated:
        yield from _shapes(get_args(annotation)[0])
    elif get_origin(annotation) in (dict, tuple) or isinstance(annotation, type):
        yield annotation
    else:
        for alternative in get_args(annotation):
            yield from _shapes(alternative)


def _below(shape: Any, part: str | int) -> Iterator[Any]:
    origin = get_origin(shape)
    if origin is dict:
        yield from _shapes(get_args(shape)[1])
    elif origin is tuple:
        yield from _shapes(get_args(shape)[0])
    elif isinstance(shape, type) and issubclass(shape, Shape):
        for name, field in shape.model_fields.items():
            if (field.alias or name) == part:
                yield from _shapes(field.annotation)
