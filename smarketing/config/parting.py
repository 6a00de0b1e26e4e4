"""Takes a person who left out of a config: the entry, and each place that names them by key.

Every other byte stays. What can't be taken out without touching more is left to a person.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from smarketing.config.config import Config
from smarketing.config.loading import config_of
from smarketing.config.roster import successor
from smarketing.problems import Problem, Problems
from smarketing.yamlfiles.datapath import Path_, value_at
from smarketing.yamlfiles.entries import entry, tried
from smarketing.yamlfiles.source import Source, Spot
from smarketing.yamlfiles.values import next_line, with_value

GONE = None
"""Instead of a value: it goes, with its key or its place in a list."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A file of a config before and after, and what happens to its lines, each in words."""

    before: Source
    after: Source
    lines: tuple[str, ...]


def without_person(config: Config, key: str) -> tuple[tuple[Edited, ...], Config]:
    """Return the files that name the person, without them, and the config that they make then.

    Raise Problems for what can't be taken out, or where no config would be left.
    """
    edited: list[Edited] = []
    problems: list[Problem] = []
    for source in config.files:
        try:
            if (without := _without(config, source, key)).lines:
                edited.append(without)
        except Problems as more:
            problems += more.problems
    if problems or config.path is None:
        raise Problems(problems)
    after = {each.before.file: each.after for each in edited}
    files = tuple(after.get(source.file, source) for source in config.files)
    return tuple(edited), config_of(config.path, files)


def _without(config: Config, source: Source, key: str) -> Edited:
    now, lines = source, list[str]()
    problems: list[Problem] = []
    places = list(_places(config, source.data, key))
    # From the end of each list, so that the places before it still are what they were.
    for path, value in reversed(places):
        changed = tried(now, _attempts(now, path, value), _changed(now.data, path, value))
        if changed is None:
            where = source.nearest(path)
            line, column = source.position(where.start)
            words = f"'{key}' can't be taken out here without touching more."
            by_hand = "Take it out by hand, then run this again."
            problems.append(Problem(source.file, line, column, words, by_hand))
            continue
        now = changed
        lines.append(_told(source, path, value))
    if problems:
        raise Problems(problems)
    return Edited(source, now, tuple(reversed(lines)))


def _told(source: Source, path: Path_, value: str | None) -> str:
    line, _ = source.key_mark(*path) if isinstance(path[-1], str) else source.mark(*path)
    name = ".".join(str(part) for part in path if isinstance(part, str))
    what = f"becomes {value}" if value is not GONE else "goes"
    if value is GONE and isinstance(path[-1], int):
        return f"{source.file}:{line}: {value_at(source.data, path)} goes from {name}"
    return f"{source.file}:{line}: {name} {what}"


def _places(config: Config, data: Any, key: str) -> Iterator[tuple[Path_, str | None]]:
    """Yield where the person stands, and what stands there instead."""
    heir = successor(config, key)
    mail = config.people[key].mail or "" if key in config.people else ""
    if isinstance(people := value_at(data, ("people",)), dict):
        if key in people:
            yield ("people", key), GONE
        for other, said in people.items():
            if other != key and isinstance(said, dict) and said.get("work-to") == key:
                yield ("people", other, "work-to"), heir if heir != other else GONE
    for team, said in _mapping(data, "teams"):
        if isinstance(said, dict):
            if said.get("lead") == key:
                yield ("teams", team, "lead"), heir
            yield from _items(("teams", team, "members"), said.get("members"), (key,))
    for role, owner in _mapping(data, "owners"):
        if owner == key:
            yield ("owners", role), heir
    yield from _items(("guests",), value_at(data, ("guests",)), (key, mail.lower()))


def _mapping(data: Any, name: str) -> list[tuple[str, Any]]:
    found = value_at(data, (name,))
    return list(found.items()) if isinstance(found, dict) else []


def _items(path: Path_, items: Any, named: Sequence[str]) -> Iterator[tuple[Path_, None]]:
    for number, item in enumerate(items if isinstance(items, list) else []):
        if isinstance(item, str) and item and (item in named or item.lower() in named):
            yield (*path, number), GONE


def _changed(data: Any, path: Path_, value: str | None) -> Any:
    step, *rest = path
    if not rest and value is GONE:
        if isinstance(data, list):
            return [each for number, each in enumerate(data) if number != step]
        return {name: each for name, each in data.items() if name != step}
    new = _changed(data[step], tuple(rest), value) if rest else value
    if isinstance(data, list):
        return [new if number == step else each for number, each in enumerate(data)]
    return {name: new if name == step else each for name, each in data.items()}


def _attempts(source: Source, path: Path_, value: str | None) -> Iterator[str]:
    names = tuple(str(part) for part in path)
    if value is not GONE:
        yield with_value(source.text, names, value, source.file)
        return
    above, lines = source.find(path[:-1]), _own_lines(source, path)
    if lines is not None:
        yield source.text[: lines[0]] + source.text[lines[1] :]
    yield from _between_commas(source, path)
    if above is not None and above.parts and len(above.parts) == 1:
        empty = "[]" if isinstance(above.parts, list) else "{}"
        colon = source.text.find(":", above.key + len(names[-2])) + 1
        if lines is not None and colon:
            between = source.text[colon : lines[0]]
            yield f"{source.text[:colon]} {empty}{between}{source.text[lines[1] :]}"


def _own_lines(source: Source, path: Path_) -> tuple[int, int] | None:
    """Return where the lines of an entry begin and end; None if it shares them with others."""
    text, spot = source.text, source.find(path)
    if isinstance(path[-1], str):
        lines = entry(source, tuple(str(part) for part in path))
        return (lines.start, lines.end) if lines is not None else None
    if spot is None:
        return None
    start = text.rfind("\n", 0, spot.start) + 1
    is_alone = text[start : spot.start].strip() == "-"
    return (start, next_line(text, spot.end)) if is_alone else None


def _between_commas(source: Source, path: Path_) -> Iterator[str]:
    """Yield the text without an entry that stands beside others on one line."""
    text, above, spot = source.text, source.find(path[:-1]), source.find(path)
    if above is None or spot is None or not above.parts:
        return
    parts: list[Spot] = list(above.parts.values() if isinstance(above.parts, dict) else above.parts)
    at = parts.index(spot)
    starts = [part.key for part in parts]
    if at + 1 < len(parts):
        yield text[: starts[at]] + text[starts[at + 1] :]
    elif at:
        yield text[: parts[at - 1].end] + text[spot.end :]
    else:
        yield text[: starts[at]] + text[spot.end :]
