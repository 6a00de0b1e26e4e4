"""A config: who is in a team, which tools it has, and what its workspace is called."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PrivateAttr

from smarketing.problems import Problem
from smarketing.validation import Address, Day, Key, Shape, Text, Title, Was, one_or_more
from smarketing.yamlfile import Source

Mail = Annotated[str, Field(pattern=r"^[^\s@<>,;:\"]{1,64}@[^\s@<>,;:\"]{1,255}$")]
_NAME_AND_MAIL = re.compile(r"\s*(?P<name>[^<>]*?)\s*<\s*(?P<mail>[^<>\s]*)\s*>\s*")


def person_form(value: Any) -> Any:
    """Return name and mail apart: `Ana Silva <ana@acme.example>`, alone or under `name:`."""
    form = {"name": value} if isinstance(value, str) else value
    if not isinstance(form, dict) or not isinstance(form.get("name"), str):
        return form
    parts = _NAME_AND_MAIL.fullmatch(form["name"])
    return {**form, **parts.groupdict()} if parts and "mail" not in form else form


class Person(Shape):
    """A person; one who `left` stays, so that past minutes keep the name."""

    name: Title
    mail: Mail | None = None
    left: Day | None = None
    work_to: Key | None = None
    was: Was = ()


class Team(Shape):
    """A team: the roles it plays, its lead and its members, by the keys of people."""

    title: Title
    plays: Annotated[
        tuple[Key, ...], BeforeValidator(one_or_more, json_schema_input_type=Key | list[Key])
    ] = ()
    lead: Key | None = None
    members: tuple[Key, ...] = ()
    was: Was = ()


class Config(Shape):
    """One workspace of one company, with the place of everything its files say."""

    extends: Text | None = None
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{5,39}$")] | None = None
    workspace: Title
    playbook: Title = "starter"
    edition: int | None = None
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
    existing: dict[Address, Title] = Field(default_factory=dict)
    integrations: dict[Key, dict[str, Any]] = Field(default_factory=dict)

    _path: Path | None = PrivateAttr(default=None)
    _sources: tuple[Source, ...] = PrivateAttr(default=())

    @classmethod
    def default(
        cls,
        workspace: str,
        playbook: str = "starter",
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
    def folder(self) -> Path:
        """The folder that relative paths in this config start from."""
        return self._path.parent if self._path else Path.cwd()

    @property
    def file(self) -> str:
        """The config's file, as problems name it."""
        return self._sources[0].file if self._sources else ""

    def source_of(self, path: tuple[str | int, ...]) -> Source | None:
        """Return the file that says the value at the path: this one or one it extends."""
        for depth in range(len(path), 0, -1):
            for source in self._sources:
                if source.find(path[:depth]):
                    return source
        return self._sources[0] if self._sources else None

    def mark(self, *path: str | int) -> tuple[int, int]:
        """Return line and column of the value at the path; (0, 0) without a file."""
        source = self.source_of(path)
        return source.mark(*path) if source else (0, 0)

    def problem(self, path: tuple[str | int, ...], message: str, instead: str = "") -> Problem:
        """Return a problem with the value at the path."""
        source = self.source_of(path)
        if source is None:
            return Problem("", 0, 0, message, instead)
        return source.problem(path, message, instead)


def load_config(path: Path) -> Config:
    """Load a config and what it extends; raise Problems with all they have."""
    from smarketing.configload import load

    return load(path)
