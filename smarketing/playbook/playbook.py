"""A playbook: what a workspace holds, as its file says it. Data only, never code."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PrivateAttr

from smarketing.playbook.forms import input_form, table_form
from smarketing.playbook.items import Board, Document, Folder, Table, or_title
from smarketing.playbook.lintnames import LintName
from smarketing.playbook.meetings import Channel, DigestAsked, Meeting, Sync
from smarketing.problems import Problem
from smarketing.yamlfiles.fieldtypes import Address, Key, Text, Title, Was, one_or_more
from smarketing.yamlfiles.shape import Shape
from smarketing.yamlfiles.source import Source


class Input(Shape):
    """A question that config answers: a text, or a mapping of keys to titles."""

    ask: Text = ""
    default: dict[Key, Title] | Text = ""
    was: Was = ()


class Status(Shape):
    """The words that a status has in the tools."""

    words: Annotated[
        tuple[Title, ...], BeforeValidator(one_or_more, json_schema_input_type=str | list[str])
    ] = ()
    ticked: bool = False
    was: Was = ()


class Playbook(Shape):
    """A whole playbook, with the texts of its files and the place of everything in it.

    `begin_with` names the parts that a new config begins with; without it, it takes all.
    `news` tells people what is new in this `edition`; `copy_of` is the shipped playbook that
    this one is a copy of, in that edition.
    `ignore` names the lints that shall be silent.
    """

    playbook: Key
    title: Title
    edition: Annotated[int, Field(ge=1)] | None = None
    news: Text = ""
    copy_of: Key | None = None
    inputs: dict[
        Key, Annotated[Input, BeforeValidator(input_form, json_schema_input_type=Input | str)]
    ] = Field(default_factory=dict)
    roles: dict[Key, Literal["required", "optional"]] = Field(default_factory=dict)
    parts: dict[Key, tuple[Address, ...]] = Field(default_factory=dict)
    begin_with: tuple[Key, ...] | None = None
    ignore: tuple[LintName, ...] = ()
    statuses: dict[Key, Status] = Field(default_factory=dict)
    folders: dict[Key, Annotated[Folder, or_title(Folder)]] = Field(default_factory=dict)
    boards: dict[Key, Board] = Field(default_factory=dict)
    documents: dict[Key, Document] = Field(default_factory=dict)
    tables: dict[Key, Annotated[Table, BeforeValidator(table_form)]] = Field(default_factory=dict)
    meetings: dict[Key, Meeting] = Field(default_factory=dict)
    channels: dict[Key, Annotated[Channel, or_title(Channel)]] = Field(default_factory=dict)
    sync: dict[Key, Sync] = Field(default_factory=dict)
    digest: dict[Key, DigestAsked] = Field(default_factory=dict)

    _source: Source = PrivateAttr()
    _folder: Path = PrivateAttr()
    _texts: Mapping[str, str] = PrivateAttr(default_factory=dict)

    def was_read_from(self, source: Source, folder: Path, texts: Mapping[str, str]) -> None:
        """Take in where this stands: its file, its folder, and the texts of its other files."""
        self._source, self._folder, self._texts = source, folder, texts

    @property
    def file(self) -> str:
        """The playbook's file, as problems name it."""
        return self._source.file

    @property
    def source(self) -> Source:
        """The playbook's file as it was read, with the place of everything in it."""
        return self._source

    @property
    def folder(self) -> Path:
        """The folder that holds the playbook."""
        return self._folder

    @property
    def texts(self) -> Mapping[str, str]:
        """The texts of the playbook's files, by the path that the playbook names them with."""
        return self._texts

    def words(self, text: str) -> str:
        """Return what a `text:` or `agenda:` stands for: the file's text, or itself."""
        return self._texts.get(text, text)

    def mark(self, *path: str | int) -> tuple[int, int]:
        """Return line and column of the value at the path, as the file writes its names."""
        return self._source.mark(*path)

    def says(self, *path: str | int) -> bool:
        """Say whether the file has a value at the path, be it an empty one."""
        return self._source.find(path) is not None

    def problem(self, path: tuple[str | int, ...], message: str, instead: str = "") -> Problem:
        """Return a problem with the value at the path."""
        return self._source.problem(path, message, instead)
