"""A playbook: what a workspace holds, as its file says it. Data only, never code."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PrivateAttr

from smarketing.fieldtypes import Address, Key, RoleOrChannel, Text, Title, Was, one_or_more
from smarketing.lints.names import LintName
from smarketing.playbookforms import (
    check_forms,
    column_forms,
    input_form,
    row_form,
    table_form,
    titled,
)  # fmt: skip
from smarketing.problems import Problem
from smarketing.shape import Shape
from smarketing.yamlsource import Source

Share = dict[Key, Literal["edit", "comment", "view"]]
"""Who may do what: a role and its right."""


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


class Folder(Shape):
    """A folder; `in_` is the key of the folder that holds it, `purpose` what it is for."""

    title: Title
    purpose: Text = ""
    in_: Key | None = None
    share: Share = Field(default_factory=dict)
    was: Was = ()


class Lane(Shape):
    """A list of a board."""

    title: Title
    was: Was = ()


class Label(Shape):
    """A label of a board."""

    title: Title
    color: Title | None = None
    was: Was = ()


class Check(Shape):
    """A line of a checklist; `keyed` says that the playbook itself names its key."""

    key: Key
    title: Title
    keyed: bool = False
    was: Was = ()


Checklist = Annotated[
    tuple[Check, ...],
    BeforeValidator(check_forms, json_schema_input_type=list[Title | dict[Key, Title | Lane]]),
]


class Card(Shape):
    """A card; `list_` is the key of a list, `for_each` the name of an input with keys."""

    title: Title
    list_: Key | None = None
    owner: Title | None = None
    due: Title | None = None
    labels: tuple[Key, ...] = ()
    checklist: Checklist = ()
    text: Text = ""
    for_each: Key | None = None
    was: Was = ()


def _or_title(shape: Any) -> BeforeValidator:
    """Accept a plain value as the title of such a thing."""
    return BeforeValidator(titled, json_schema_input_type=shape | str)


class Board(Shape):
    """A board with its lists, labels and cards by key, in the order of the file."""

    title: Title
    purpose: Text = ""
    in_: Key | None = None
    share: Share = Field(default_factory=dict)
    lists: dict[Key, Annotated[Lane, _or_title(Lane)]] = Field(default_factory=dict)
    labels: dict[Key, Annotated[Label, _or_title(Label)]] = Field(default_factory=dict)
    cards: dict[Key, Annotated[Card, _or_title(Card)]] = Field(default_factory=dict)
    was: Was = ()


class Document(Shape):
    """A document; `text` is Markdown, or the path of a file in the playbook's folder.

    `purpose` is one sentence that says what it is for, `holds` what kind of words stand in it.
    """

    title: Title
    purpose: Text = ""
    holds: Literal["glossary", "persona", "promises"] | None = None
    in_: Key | None = None
    share: Share = Field(default_factory=dict)
    text: Text
    for_each: Key | None = None
    was: Was = ()


class Column(Shape):
    """A column of a table; `choices` are the values it offers."""

    title: Title
    choices: tuple[Title, ...] = ()
    was: Was = ()


Columns = Annotated[
    dict[Key, Annotated[Column, _or_title(Column)]],
    Field(min_length=1),
    BeforeValidator(column_forms, json_schema_input_type=list[Title] | dict[Key, Title | Column]),
]


class Row(Shape):
    """A row; `cells` maps keys of columns to texts."""

    cells: dict[Key, Text]
    for_each: Key | None = None
    was: Was = ()


class Table(Shape):
    """A table with its columns and rows by key.

    One that holds goals has the columns goal, baseline, now, target, by and owner.
    """

    title: Title
    purpose: Text = ""
    holds: Literal["goals"] | None = None
    in_: Key | None = None
    share: Share = Field(default_factory=dict)
    columns: Columns
    rows: dict[Key, Annotated[Row, BeforeValidator(row_form, json_schema_input_type=Any)]] = Field(
        default_factory=dict
    )
    was: Was = ()


class Notes(Shape):
    """The running notes of a meeting: defines the document with this key.

    `agenda` is filled in for each occurrence; `ready` says when: `the same day at 8:00`.
    """

    document: Key
    title: Title | None = None
    in_: Key | None = None
    agenda: Text = ""
    ready: Title | None = None
    was: Was = ()


class Meeting(Shape):
    """A meeting; `when` is a sentence, `invite` names roles.

    `guest` says of which role one person comes, by turns: `one of marketing`.
    """

    title: Title
    purpose: Text = ""
    when: Title
    invite: tuple[Key, ...] = ()
    guest: Title | None = None
    description: Text = ""
    notes: Notes | None = None
    was: Was = ()


class Channel(Shape):
    """A channel of a chat; `invite` names roles, `bookmarks` what is kept at hand there."""

    title: Title
    purpose: Text = ""
    topic: Text = ""
    invite: tuple[Key, ...] = ()
    bookmarks: tuple[Address, ...] = ()
    was: Was = ()


SyncField = Literal["title", "status", "owner", "due", "labels", "checklist", "link"]


class Sync(Shape):
    """Which fields are kept in step between which places, and where new things appear.

    `columns` says for a table which column holds a field, where it is called otherwise.
    """

    between: tuple[Address, ...] = Field(min_length=2)
    fields_: tuple[SyncField, ...] = ()
    new: Title = "nowhere"
    prefer: Address | None = None
    columns: dict[Address, dict[SyncField, Key]] = Field(default_factory=dict)
    was: Was = ()


CHANNEL = "channel:"
"""How the address of a channel begins."""


class DigestAsked(Shape):
    """A message that tells once a week how things stand.

    `when` is a sentence, `to` names roles and the addresses of channels.
    """

    title: Title
    when: Title
    to: Annotated[
        tuple[RoleOrChannel, ...],
        Field(min_length=1),
        BeforeValidator(
            one_or_more,
            json_schema_input_type=RoleOrChannel
            | Annotated[list[RoleOrChannel], Field(min_length=1)],
        ),
    ]


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
    folders: dict[Key, Annotated[Folder, _or_title(Folder)]] = Field(default_factory=dict)
    boards: dict[Key, Board] = Field(default_factory=dict)
    documents: dict[Key, Document] = Field(default_factory=dict)
    tables: dict[Key, Annotated[Table, BeforeValidator(table_form)]] = Field(default_factory=dict)
    meetings: dict[Key, Meeting] = Field(default_factory=dict)
    channels: dict[Key, Annotated[Channel, _or_title(Channel)]] = Field(default_factory=dict)
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
