"""CSV files: records whose cells keep the bytes they came with until they are changed. Pure.

The last column's header is our marker, its cells are the keys of our rows. The marker also
names our columns, so that a member can rename and reorder them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from ..board.line import struck

BOM = "\ufeff"
_RISKY = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")
_MARK = re.compile(
    r"smarketing (?P<workspace>\S+) (?P<address>\S+)(?: (?P<columns>.*))?", re.DOTALL
)
_SEP = re.compile(r"sep=(?P<delimiter>.)\r?\n", re.IGNORECASE)
_UNSAFE = re.compile(r"[%;=\r\n]")


@dataclass(slots=True)
class Record:
    """One line of the table: cells as they stand in the file, and the line's end."""

    cells: list[str]
    end: str

    def value(self, index: int) -> str:
        """Return what a cell says."""
        return decode(self.cells[index]) if index < len(self.cells) else ""

    def put(self, index: int, raw: str) -> None:
        """Set a cell, and empty ones before it where the line is short."""
        self.cells += [""] * (index + 1 - len(self.cells))
        self.cells[index] = raw


@dataclass(frozen=True, slots=True)
class TableMark:
    """The marker in the header: workspace, address, and (key, title) of each of our columns."""

    workspace: str
    address: str
    columns: tuple[tuple[str, str], ...] = ()

    def text(self) -> str:
        """Return the marker as the header cell holds it."""
        columns = ";".join(f"{key}={_UNSAFE.sub(_percent, title)}" for key, title in self.columns)
        return f"smarketing {self.workspace} {self.address}" + (f" {columns}" if columns else "")


@dataclass(slots=True)
class Table:
    """A CSV file. `marked` is the marker's place in the header, -1 where there is none."""

    top: str
    delimiter: str
    records: list[Record]
    marked: int = -1
    mark: TableMark | None = None
    columns: dict[str, int] = field(default_factory=dict)

    def text(self) -> str:
        """Return the whole file."""
        return self.top + "".join(
            self.delimiter.join(record.cells) + record.end for record in self.records
        )

    @property
    def header(self) -> Record:
        """The first line."""
        return self.records[0]

    @property
    def rows(self) -> list[Record]:
        """The lines below the header that say something."""
        return [record for record in self.records[1:] if any(cell for cell in record.cells)]

    @property
    def newline(self) -> str:
        """The line end of this file."""
        return next((record.end for record in self.records if record.end), "\r\n")

    def key(self, row: Record) -> str:
        """Return the row's key, "" for a member's own row."""
        return row.value(self.marked).strip() if self.marked >= 0 else ""

    def cells(self, row: Record) -> dict[str, str]:
        """Return the row's cells by the keys of our columns; a strike is left out."""
        cells = {key: row.value(index) for key, index in self.columns.items()}
        if self.dropped(row):
            first = min(self.columns, key=lambda key: self.columns[key])
            cells[first] = str(struck(cells[first]))
        return cells

    def dropped(self, row: Record) -> bool:
        """Say whether the row is struck through."""
        if not self.columns:
            return False
        return struck(row.value(min(self.columns.values()))) is not None

    def write(self, row: Record, cells: Mapping[str, str]) -> None:
        """Set the cells that differ; keys that are none of our columns are left out."""
        for key, text in cells.items():
            if key in self.columns and row.value(self.columns[key]) != text:
                row.put(self.columns[key], encode(text, self.delimiter))

    def strike(self, row: Record, remark: str) -> None:
        """Strike the row through, in its first cell."""
        index = min(self.columns.values(), default=0)
        text = f"~~{row.value(index)}~~ ({remark})"
        row.put(index, encode(text, self.delimiter))

    def unstrike(self, row: Record) -> None:
        """Take the strike away."""
        if self.dropped(row):
            index = min(self.columns.values())
            row.put(index, encode(str(struck(row.value(index))), self.delimiter))

    def add_row(self, key: str) -> Record:
        """Add an empty row at the end."""
        if self.records and not self.records[-1].end:
            self.records[-1].end = self.newline
        row = Record([""] * len(self.header.cells), self.newline)
        self.records.append(row)
        row.put(self.marked, encode(key, self.delimiter))
        return row

    def add_column(self, key: str, title: str) -> None:
        """Add a column before the marker."""
        at = self.marked
        for record in self.records:
            if len(record.cells) >= at:
                record.cells.insert(at, "")
        self.columns = {
            other: index + (index >= at) for other, index in self.columns.items()
        } | {key: at}  # fmt: skip
        self.marked += 1
        self.header.put(at, encode(title, self.delimiter))
        self._remark()

    def adopt(self, mark: TableMark) -> None:
        """Put a marker into a table that has none, as its last column."""
        if not self.records:
            self.records.append(Record([], "\r\n"))
        self.mark, self.marked = mark, len(self.header.cells)
        self.header.put(self.marked, encode(mark.text(), self.delimiter))

    def unclaimed(self, title: str) -> int | None:
        """Return the place of a member's column with this title, None if there is none."""
        places = set(range(len(self.header.cells))) - {self.marked, *self.columns.values()}
        return next((at for at in sorted(places) if self.header.value(at).strip() == title), None)

    def claim_column(self, key: str, place: int) -> None:
        """Take a column that is there as ours."""
        self.columns = {**self.columns, key: place}
        self._remark()

    def title_column(self, key: str, title: str) -> None:
        """Give a column another title."""
        self.header.put(self.columns[key], encode(title, self.delimiter))
        self._remark()

    def rekey_column(self, old: str, new: str) -> None:
        """Give a column another key; its cells stay."""
        self.columns = {new if key == old else key: at for key, at in self.columns.items()}
        self._remark()

    def rekey(self, row: Record, key: str) -> None:
        """Give a row another key."""
        row.put(self.marked, encode(key, self.delimiter))

    def readdress(self, address: str) -> None:
        """Give the table another address."""
        if self.mark:
            self.mark = TableMark(self.mark.workspace, address, self.mark.columns)
            self._remark()

    def _remark(self) -> None:
        if self.mark is None:
            return
        ordered = sorted(self.columns, key=lambda key: self.columns[key])
        columns = tuple((key, self.header.value(self.columns[key])) for key in ordered)
        self.mark = TableMark(self.mark.workspace, self.mark.address, columns)
        self.header.put(self.marked, encode(self.mark.text(), self.delimiter))


def new_table(mark: TableMark) -> Table:
    """Return a table that holds only its marker."""
    return Table(BOM, ",", [Record([encode(mark.text(), ",")], "\r\n")], 0, mark)


def parse_table(text: str) -> Table:
    """Return the table in this file; `parse_table(text).text() == text` for any text."""
    top = BOM if text.startswith(BOM) else ""
    separator = _SEP.match(text, len(top))
    if separator:
        top += separator.group()
    delimiter = separator["delimiter"] if separator else _delimiter(text[len(top) :])
    table = Table(top, delimiter, records_of(text[len(top) :], delimiter))
    if table.records:
        _find_mark(table)
    return table


def mark_of(cell: str) -> TableMark | None:
    """Return the marker that a header cell holds."""
    found = _MARK.fullmatch(cell.strip())
    if not found:
        return None
    pairs = [pair.partition("=") for pair in (found["columns"] or "").split(";") if pair]
    columns = tuple((key.strip(), unquote(title)) for key, _, title in pairs)
    return TableMark(found["workspace"], found["address"], columns)


def encode(text: str, delimiter: str) -> str:
    """Return the cell for this text: no spreadsheet takes it for a formula."""
    safe = f"'{text}" if _RISKY.match(text) else text
    if any(char in safe for char in (delimiter, '"', "\n", "\r")) or safe != safe.strip():
        return '"' + safe.replace('"', '""') + '"'
    return safe


def decode(raw: str) -> str:
    """Return what a cell says."""
    if len(raw) > 1 and raw.startswith('"') and raw.endswith('"'):
        raw = raw[1:-1].replace('""', '"')
    return raw[1:] if _ESCAPED.match(raw) else raw


def records_of(text: str, delimiter: str) -> list[Record]:
    """Return the records; a quoted cell may hold delimiters and line ends."""
    token = re.compile(
        r'(?P<cell>"(?:[^"]|"")*"[^%s\r\n]*|[^%s\r\n]*)(?P<end>%s|\r\n|\n|\r|\Z)'
        % ((re.escape(delimiter),) * 3)
    )
    records: list[Record] = []
    cells: list[str] = []
    at = 0
    while at < len(text) or cells:
        found = token.match(text, at)
        # An open quote without its end: the rest is one cell.
        cell, end = (found["cell"], found["end"]) if found else (text[at:], "")
        at = found.end() if found else len(text)
        cells.append(cell)
        if end != delimiter:
            records.append(Record(cells, end))
            cells = []
    return records


def _percent(found: re.Match[str]) -> str:
    return f"%{ord(found.group()):02X}"


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    for delimiter in (",", ";", "\t"):
        cells = records_of(first, delimiter)
        if cells and any(mark_of(decode(cell)) for cell in cells[0].cells):
            return delimiter
    return max((",", ";", "\t"), key=first.count)


def _find_mark(table: Table) -> None:
    for index in range(len(table.header.cells)):
        mark = mark_of(table.header.value(index))
        if mark:
            table.marked, table.mark = index, mark
            titles = [table.header.value(at) for at in range(len(table.header.cells))]
            table.columns = match_columns(mark.columns, titles, index)
            return


def match_columns(
    columns: Sequence[tuple[str, str]], titles: Sequence[str], marked: int
) -> dict[str, int]:
    """Return where our columns are now: by title, then the one that stands in a lost one's place.

    A renamed column is taken for ours only if as many titles are new as are missing.
    """
    free = [at for at in range(len(titles)) if at != marked]
    found: dict[str, int] = {}
    for key, title in columns:
        same = [at for at in free if titles[at].strip() == title.strip()]
        if same:
            found[key] = same[0]
            free.remove(same[0])
    lost = [key for key, _ in columns if key not in found]
    spots = [at for at in free if titles[at].strip()]
    if len(lost) == len(spots):
        found |= dict(zip(lost, spots, strict=True))
    else:
        found |= {key: at for at, (key, _) in enumerate(columns) if key in lost and at in spots}
    return {key: found[key] for key, _ in columns if key in found}
