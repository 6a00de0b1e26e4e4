"""Loads a config with what it extends, and tells all that is wrong with them."""

from itertools import islice
from pathlib import Path
from typing import Any

from smarketing.config.config import Config, source_of
from smarketing.config.holidays import holidays_of
from smarketing.config.roster import roster_problems
from smarketing.playbook.leaks import secrets
from smarketing.problems import Problems
from smarketing.yamlfiles.file import read
from smarketing.yamlfiles.source import Source
from smarketing.yamlfiles.validation import MOST_PROBLEMS, one_per_place, validate

_OWN = frozenset(
    ("extends", "id", "workspace", "edition", "start", "parts", "existing", "template")
)
"""What a config does not take over from one that it extends."""

_MOST_EXTENDED = 5


def load_config(path: Path) -> Config:
    """Load a config and what it extends; raise Problems with all they have."""
    return config_of(path, _sources(path))


def config_of(path: Path, files: tuple[Source, ...]) -> Config:
    """Return the config that its own file and those it extends say together, nearest first."""
    data = _together([source.data for source in files])
    config, problems = validate(Config, data, lambda at: source_of(files, at))
    problems += islice(secrets(files[0]), MOST_PROBLEMS)
    if config is None:
        raise Problems(one_per_place(problems))
    config.was_read_from(path, files)
    holidays, unknown = holidays_of(config)
    config.has_days_off(holidays)
    problems += islice(roster_problems(config, data), MOST_PROBLEMS)
    problems += unknown
    if problems:
        raise Problems(one_per_place(problems))
    return config


def _sources(path: Path) -> tuple[Source, ...]:
    """Return the config's file, then those it extends, nearest first."""
    found = [read(path)]
    seen = {path.resolve()}
    while name := _extended(found[-1]):
        source = found[-1]
        path = path.parent / name
        if path.resolve() in seen or len(found) > _MOST_EXTENDED:
            words = "These configs extend each other without end."
            raise Problems([source.problem(("extends",), words, "Delete this line.")])
        if not path.is_file():
            words = f"There is no file '{name[:200]}' beside this config."
            raise Problems([source.problem(("extends",), words, "Write its path from here.")])
        seen.add(path.resolve())
        found.append(read(path))
    return tuple(found)


def _extended(source: Source) -> str:
    name = source.data.get("extends") if isinstance(source.data, dict) else None
    return name if isinstance(name, str) and "\0" not in name else ""


def _together(configs: list[Any]) -> Any:
    """Return the first config with what it takes over from the others."""
    own, *others = configs
    if not isinstance(own, dict) or not all(isinstance(other, dict) for other in others):
        return own
    whole = dict(own)
    for other in others:
        for name in other.keys() - _OWN:
            given = _shared_tools(other[name]) if name == "integrations" else other[name]
            if name not in whole:
                whole[name] = given
            elif isinstance(whole[name], dict) and isinstance(given, dict):
                whole[name] = {**given, **whole[name]}
    return whole


def _shared_tools(integrations: Any) -> Any:
    """Return the settings of tools without the folder: each workspace has one of its own."""
    local = integrations.get("local") if isinstance(integrations, dict) else None
    if not isinstance(local, dict) or "folder" not in local:
        return integrations
    kept = {name: value for name, value in local.items() if name != "folder"}
    tools = {name: value for name, value in integrations.items() if name != "local"}
    return {**tools, "local": kept} if kept else tools
