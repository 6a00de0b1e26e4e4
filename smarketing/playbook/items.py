"""What a playbook can make: folders, boards, documents and tables, with what is in them."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from smarketing.playbook.forms import check_forms, column_forms, row_form, titled
from smarketing.yamlfiles.fieldtypes import Key, Text, Title, Was
from smarketing.yamlfiles.shape import Shape

Share = dict[Key, Literal["edit", "comment", "view"]]
"""Who may do what: a role and its right."""


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


def or_title(shape: Any) -> BeforeValidator:
    """Accept a plain value as the title of such a thing."""
    return BeforeValidator(titled, json_schema_input_type=shape | str)


class Board(Shape):
    """A board with its lists, labels and cards by key, in the order of the file."""

    title: Title
    purpose: Text = ""
    in_: Key | None = None
    share: Share = Field(default_factory=dict)
    lists: dict[Key, Annotated[Lane, or_title(Lane)]] = Field(default_factory=dict)
    labels: dict[Key, Annotated[Label, or_title(Label)]] = Field(default_factory=dict)
    cards: dict[Key, Annotated[Card, or_title(Card)]] = Field(default_factory=dict)
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
    dict[Key, Annotated[Column, or_title(Column)]],
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
