"""A config: who is in a team, which tools it has, and what its workspace is called."""

import re
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PrivateAttr

from smarketing.calendar.digesttimes import Quiet
from smarketing.calendar.holidays import Holidays
from smarketing.calendar.read import parse_time
from smarketing.calendar.rotation import Away
from smarketing.calendar.when import DAYS
from smarketing.config.chosenparts import WrittenPart
from smarketing.problems import Problem
from smarketing.yamlfiles.datapath import Path_
from smarketing.yamlfiles.fieldtypes import (
    Address,
    Day,
    Key,
    Mail,
    Text,
    Title,
    Was,
    WorkspaceId,
    day,
    one_or_more,
)
from smarketing.yamlfiles.shape import Shape
from smarketing.yamlfiles.source import Source

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


def away_form(value: Any) -> Any:
    """Return the days of `2026-12-21 to 2027-01-04`, or of one day alone."""
    if not isinstance(value, str):
        return value
    ends = re.split(r"\s+to\s+", value.strip())
    if len(ends) > 2:
        raise ValueError("Days away are written like 2026-12-21 to 2027-01-04.")
    first, last = day(ends[0]), day(ends[-1])
    if last < first:
        raise ValueError(f"{last} is before {first}: write the first day first.")
    return Away(first, last)


def quiet_form(value: Any) -> Any:
    """Return the quiet hours and days of `[19:00 to 7:00, Saturday, Sunday]`."""
    lines = [value] if isinstance(value, str) else value
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        return value
    hours, days = (time(), time()), set()
    for line in lines:
        if line.strip().capitalize() in DAYS:
            days.add(DAYS.index(line.strip().capitalize()))
            continue
        ends = re.split(r"\s+to\s+", line.strip())
        if len(ends) != 2:
            raise ValueError(
                f"'{line[:40]}' is no quiet time. Write 19:00 to 7:00, or a day like Sunday."
            )
        hours = parse_time(ends[0]), parse_time(ends[1])
    if len(days) == len(DAYS):
        raise ValueError("If every day is quiet, nothing is ever sent. Leave a day out.")
    return Quiet(*hours, frozenset(days))


QuietTimes = Annotated[Quiet, BeforeValidator(quiet_form, json_schema_input_type=str | list[str])]
Absence = Annotated[Away, BeforeValidator(away_form, json_schema_input_type=str)]


class Person(Shape):
    """A person; one who `left` stays, so that past minutes keep the name.

    While they are `away` nobody counts on them as a guest.
    """

    name: Title
    mail: Mail | None = None
    away: Annotated[
        tuple[Absence, ...], BeforeValidator(one_or_more, json_schema_input_type=str | list[str])
    ] = ()
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
    holidays: Annotated[
        tuple[Title, ...], BeforeValidator(one_or_more, json_schema_input_type=str | list[str])
    ] = ()
    quiet: QuietTimes = Field(default_factory=Quiet)
    domains: tuple[Title, ...] = ()
    guests: tuple[Title, ...] = ()
    inputs: dict[Key, dict[Key, Title] | Text] = Field(default_factory=dict)
    people: dict[
        Key, Annotated[Person, BeforeValidator(person_form, json_schema_input_type=Person | str)]
    ] = Field(default_factory=dict)
    teams: dict[Key, Team] = Field(default_factory=dict)
    owners: dict[Key, Key] = Field(default_factory=dict)
    use: dict[Key, Key] = Field(default_factory=dict)
    parts: tuple[WrittenPart, ...] | None = None
    template: bool = False
    existing: dict[Address, Title] = Field(default_factory=dict)
    integrations: dict[Key, dict[str, Any]] = Field(default_factory=dict)

    _path: Path | None = PrivateAttr(default=None)
    _sources: tuple[Source, ...] = PrivateAttr(default=())
    _days_off: Holidays = PrivateAttr(default_factory=Holidays)

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

    def was_read_from(self, path: Path, files: tuple[Source, ...]) -> None:
        """Take in where this stands: its file, and those it extends, nearest first."""
        self._path, self._sources = path, files

    def has_days_off(self, holidays: Holidays) -> None:
        """Take in what `holidays:` stands for."""
        self._days_off = holidays

    @property
    def days_off(self) -> Holidays:
        """The public holidays that `holidays:` stands for."""
        return self._days_off

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
        return source_of(self._sources, path).mark(*path) if self._sources else (0, 0)

    def is_inherited(self, *path: str) -> bool:
        """Say whether a config that this one extends says it, and this one itself does not."""
        return any(source.find(path) for source in self._sources[1:]) and not self._sources[0].find(
            path
        )

    def problem(self, path: tuple[str | int, ...], message: str, instead: str = "") -> Problem:
        """Return a problem with the value at the path."""
        if not self._sources:
            return Problem("", 0, 0, message, instead)
        return source_of(self._sources, path).problem(path, message, instead)

    def key_problem(self, path: tuple[str | int, ...], message: str, instead: str = "") -> Problem:
        """Return a problem with the key that leads to the path."""
        if not self._sources:
            return Problem("", 0, 0, message, instead)
        return source_of(self._sources, path).key_problem(path, message, instead)


def source_of(sources: tuple[Source, ...], path: Path_) -> Source:
    """Return the nearest file that says the value at the path, or what holds it."""
    for depth in range(len(path), 0, -1):
        for source in sources:
            if source.find(path[:depth]):
                return source
    return sources[0]
