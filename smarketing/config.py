"""A config: who is in a team, which tools it has, and what its workspace is called."""

import re
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PrivateAttr

from smarketing.leaks import secrets
from smarketing.problems import Problem, Problems
from smarketing.roster import roster_problems
from smarketing.validation import (
    MOST_PROBLEMS,
    Address,
    Day,
    Key,
    Mail,
    Path_,
    Shape,
    Text,
    Title,
    Was,
    WorkspaceId,
    one_or_more,
    one_per_place,
    validate,
)
from smarketing.yamlfile import Source, read

_NAME_AND_MAIL = re.compile(r"(?P<name>[^<>]*)<(?P<mail>[^<>]*)>")


def person_form(value: Any) -> Any:
    """Return name and mail apart: `Ana Silva <ana@acme.example>`, alone or under `name:`."""
    form = {"name": value} if isinstance(value, str) else value
    if not isinstance(form, dict) or not isinstance(form.get("name"), str):
        return form
    parts = _NAME_AND_MAIL.fullmatch(form["name"].strip())
    if parts is None and re.search("[<>@]", form["name"]):
        raise ValueError("Write: Ana Silva <ana@acme.example>")
    if parts is None or "mail" in form:
        return form
    return {**form, **{name: part.strip() for name, part in parts.groupdict().items()}}


class Person(Shape):
    """A person; one who `left` stays, so that past minutes keep the name."""

    name: Title
    mail: Mail | None = None
    left: Day | None = None
    work_to: Key | None = None
    was: Was = ()


class Team(Shape):
    """A team: the roles it plays, its lead and its members, by the keys of people.

    `group` is the mailbox of a group that holds all of them, where the tools know one.
    """

    title: Title
    plays: Annotated[
        tuple[Key, ...], BeforeValidator(one_or_more, json_schema_input_type=Key | list[Key])
    ] = ()
    lead: Key | None = None
    members: tuple[Key, ...] = ()
    group: Mail | None = None
    was: Was = ()


class Config(Shape):
    """One workspace of one company, with the place of everything its files say."""

    extends: Text | None = None
    id: WorkspaceId | None = None
    workspace: Title
    playbook: Title = "smarketing"
    edition: Annotated[int, Field(ge=1)] | None = None
    start: Day | None = None
    timezone: Title = "UTC"
    domains: tuple[Title, ...] = ()
    guests: tuple[Title, ...] = ()
    inputs: dict[Key, dict[Key, Title] | Text] = Field(default_factory=dict)
    people: dict[
        Key, Annotated[Person, BeforeValidator(person_form, json_schema_input_type=Person | str)]
    ] = Field(default_factory=dict)
    teams: dict[Key, Team] = Field(default_factory=dict)
    owners: dict[Key, Key] = Field(default_factory=dict)
    use: dict[Key, Key] = Field(default_factory=dict)
    parts: tuple[Key, ...] | None = None
    template: bool = False
    existing: dict[Address, Title] = Field(default_factory=dict)
    integrations: dict[Key, dict[str, Any]] = Field(default_factory=dict)

    _path: Path | None = PrivateAttr(default=None)
    _sources: tuple[Source, ...] = PrivateAttr(default=())

    @classmethod
    def default(
        cls,
        workspace: str,
        playbook: str = "smarketing",
        inputs: Mapping[str, Any] | None = None,
    ) -> "Config":
        """Return the config of a workspace that has no file yet."""
        said = {"workspace": workspace, "playbook": playbook, "inputs": dict(inputs or {})}
        return cls.model_validate(said)

    @property
    def path(self) -> Path | None:
        """The config's file, or None if there is none yet."""
        return self._path

    @property
    def files(self) -> tuple[Source, ...]:
        """The config's file and those it extends, nearest first; none if there is none yet."""
        return self._sources

    @property
    def folder(self) -> Path:
        """The folder that relative paths in this config start from."""
        return self._path.parent if self._path else Path.cwd()

    @property
    def file(self) -> str:
        """The config's file, as problems name it."""
        return self._sources[0].file if self._sources else ""

    def mark(self, *path: str | int) -> tuple[int, int]:
        """Return line and column of the value at the path; (0, 0) without a file."""
        return _source_of(self._sources, path).mark(*path) if self._sources else (0, 0)

    def is_inherited(self, *path: str) -> bool:
        """Say whether a config that this one extends says it, and this one itself does not."""
        return any(source.find(path) for source in self._sources[1:]) and not self._sources[0].find(
            path
        )

    def problem(self, path: tuple[str | int, ...], message: str, instead: str = "") -> Problem:
        """Return a problem with the value at the path."""
        if not self._sources:
            return Problem("", 0, 0, message, instead)
        return _source_of(self._sources, path).problem(path, message, instead)

    def key_problem(self, path: tuple[str | int, ...], message: str, instead: str = "") -> Problem:
        """Return a problem with the key that leads to the path."""
        if not self._sources:
            return Problem("", 0, 0, message, instead)
        return _source_of(self._sources, path).key_problem(path, message, instead)


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
    config, problems = validate(Config, data, lambda at: _source_of(files, at))
    problems += islice(secrets(files[0]), MOST_PROBLEMS)
    if config is None:
        raise Problems(one_per_place(problems))
    config._path, config._sources = path, files
    problems += islice(roster_problems(config, data), MOST_PROBLEMS)
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


def _source_of(sources: tuple[Source, ...], path: Path_) -> Source:
    for depth in range(len(path), 0, -1):
        for source in sources:
            if source.find(path[:depth]):
                return source
    return sources[0]
