"""Data from a file held against its shape: all that is wrong, as problems with their places."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from pydantic import ValidationError

from smarketing.problems import Problem
from smarketing.text.suggestion import did_you_mean
from smarketing.yamlfiles.datapath import Path_, deep_copy, holds, leave_out, path_in, value_at
from smarketing.yamlfiles.misfits import NO_MAPPING, of_a_whole_file, sentence, short
from smarketing.yamlfiles.shape import Shape, names_at
from smarketing.yamlfiles.source import Source

MOST_PROBLEMS = 200
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
            rest = deep_copy(data)
        fresh = [at for at in wrong if not _was_there(data, at)]
        problems += (_problem(shape, at, rest, source_of) for at in fresh[:MOST_PROBLEMS])
        if not leave_out(rest, wrong):
            break
    return None, one_per_place(problems)


def _telling(errors: Iterable[Any], data: Any) -> list[tuple[Path_, Any]]:
    """Return each error with its path in the data, without those of the wrong alternative."""
    found = [(path_in(data, error["loc"]), error) for error in errors]
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
    return error["type"] == "missing" and holds(value_at(data, path), error["loc"][-1])


def one_per_place(problems: Iterable[Problem]) -> list[Problem]:
    """Return the first problem of each place."""
    kept: dict[tuple[str, int, int], Problem] = {}
    for problem in problems:
        kept.setdefault((problem.file, problem.line, problem.column), problem)
    return list(kept.values())[:MOST_PROBLEMS]


def _problem(shape: type[Shape], at: tuple[Path_, Any], data: Any, source_of: Places) -> Problem:
    path, error = at
    source, kind, loc = source_of(path), error["type"], error["loc"]
    if not path and kind in NO_MAPPING:
        return source.problem(path, *of_a_whole_file(shape, data))
    if kind == "extra_forbidden":
        names = names_at(shape, loc[:-1])
        message = f"'{short(loc[-1])}' is not known here."
        return source.key_problem(path, message, did_you_mean(str(loc[-1]), names))
    if kind == "missing":
        where = f" in '{short(path[-1])}'" if path else ""
        name = short(loc[-1])
        return source.key_problem(
            path, f"'{name}' is missing{where}.", f"Add a line '{name}: ...'."
        )
    message, instead = sentence(kind, error.get("ctx", {}), path, value_at(data, path))
    if (loc and loc[-1] == "[key]") or (value_at(data, path) is None and path):
        return source.key_problem(path, message, instead)
    return source.problem(path, message, instead)
