"""The smallest edit of a table: columns, then rows, then the words of cells."""

from collections.abc import Sequence
from dataclasses import replace

from . import requests as make
from .align import column_likeness, row_likeness
from .model import CELL, Cell, Json, Table, Text, size
from .pairing import Pair, paired
from .things import Things
from .words import Edit, Place, edited, new_looks, said_of, typed

Row = tuple[Cell, ...]


def new_table(table: Table, at: int, things: Things) -> Edit:
    """Return how to insert a table: a newline comes first, so that it starts at `at + 1`."""
    rows, columns = len(table.rows), len(table.rows[0])
    requests = [make.insert_table(at, rows, columns)]
    grown = 3 + rows * (1 + 2 * columns)
    for row in range(rows - 1, -1, -1):
        start = at + 4 + row * (1 + 2 * columns)
        edit = _filled(table.rows[row], start, range(columns), not row, False, things)
        requests += edit.requests
        grown += edit.grown
    return Edit(tuple(requests), grown)


def _filled(
    row: Row, start: int, columns: Sequence[int], head: bool, reset: bool, things: Things
) -> Edit:
    """Fill the empty cells of a row; `start` is the content of its first cell."""
    requests: list[Json] = []
    grown = 0
    for cell, column in sorted(zip(row, columns, strict=True), key=lambda c: -c[1]):
        edit = _written(cell, start + 2 * column, head, reset, things)
        requests += edit.requests
        grown += edit.grown
    return Edit(tuple(requests), grown)


def _written(cell: Cell, at: int, head: bool, reset: bool, things: Things) -> Edit:
    chars = typed(cell.text, things)
    text = "".join(map(said_of, chars))
    if not text:
        return Edit()
    requests = [make.insert(at, text)]
    if reset:
        requests.append(make.plain_style(at, at + size(text)))
    return Edit((*requests, *new_looks(chars, at, head)), size(text))


def table_edit(old: Table, new: Table, things: Things) -> Edit:
    """Return the edit that makes one table the other; both say something."""
    editor = _Editor(old, new, things)
    editor.columns()
    editor.rows()
    return Edit(tuple(editor.requests), editor.grown)


class _Editor:
    """`sizes` are the lengths of all cells as they are by now; `place` maps a wanted column to
    its number in the document, `pairs` to the column that it was before."""

    def __init__(self, old: Table, new: Table, things: Things) -> None:
        self.old, self.new, self.things = old, new, things
        self.start = old.where.slots[0].start
        self.sizes = [list(row) for row in old.sizes]
        self.requests: list[Json] = []
        self.grown = 0
        self.pairs = self._paired_columns()
        self.place: dict[int, int] = {}
        self.fresh: set[int] = set()

    def _paired_columns(self) -> list[Pair]:
        olds = _transposed(self.old.rows)
        news = _transposed(self.new.rows)
        pairs = paired(olds, news, column_likeness)
        if len(olds) == len(news):
            pairs = _completed(pairs, len(olds))
        return pairs or [(0, 0)]

    def columns(self) -> None:
        """Delete and insert columns, from the last to the first."""
        kept = dict(self.pairs)
        real = list(self.old.columns)
        for at in range(len(real) - 1, -1, -1):
            if at not in kept:
                self._delete_column(at, real)
        places = {j: real[i] for i, j in self.pairs}
        last = -1
        for j in range(len(self.new.rows[0])):
            if j in places:
                last = places[j]
                continue
            right = last >= 0
            beside = last if right else min(places.values())
            self.requests.append(make.insert_column(self.start, beside, right))
            at = beside + 1 if right else beside
            places = {k: n + 1 if n >= at else n for k, n in places.items()}
            places[j] = last = at
            self._insert_column(at)
            self.fresh.add(j)
        self.place = places

    def _delete_column(self, at: int, real: list[int]) -> None:
        """Delete a column, but not with a thing in it that is wanted and can't be moved."""
        if not self._may_go([row[at] for row in self.old.rows]):
            return
        column = real[at]
        real[at + 1 :] = [other - 1 for other in real[at + 1 :]]
        self.requests.append(make.delete_column(self.start, column))
        for row in self.sizes:
            self.grown -= row.pop(column) + 1

    def _insert_column(self, column: int) -> None:
        for row in self.sizes:
            row.insert(column, 1)
            self.grown += 2

    def rows(self) -> None:
        """Delete, insert and edit rows, from the last to the first."""
        olds, news = self.old.rows[1:], self.new.rows[1:]
        pairs = [(i + 1, j + 1) for i, j in paired(olds, news, row_likeness(self.pairs), _handles)]
        wanted = dict([(0, 0), *pairs])
        end = len(self.new.rows)
        for i in range(len(self.old.rows) - 1, -1, -1):
            line = self.old.lines[i]
            if i not in wanted:
                if self._may_go(self.old.rows[i]):
                    self._delete_row(line)
                continue
            for j in range(end - 1, wanted[i], -1):
                self._insert_row(line, j)
            end = wanted[i]
            self._edit_row(i, end)

    def _may_go(self, cells: Sequence[Cell]) -> bool:
        things = [char.handle for cell in cells for char in cell.chars if char.real]
        return all([self.things.may_go(thing) for thing in things])  # noqa: C419 - each is counted

    def _delete_row(self, line: int) -> None:
        self.requests.append(make.delete_row(self.start, line))
        self.grown -= 1 + sum(size_ + 1 for size_ in self.sizes.pop(line))

    def _insert_row(self, line: int, j: int) -> None:
        """Insert a wanted row below a line of the table."""
        self.requests.append(make.insert_row(self.start, line, below=True))
        width = len(self.sizes[line])
        self.sizes.insert(line + 1, [1] * width)
        start = self._content(line + 1, 0)
        columns = [self.place[column] for column in range(len(self.new.rows[j]))]
        edit = _filled(self.new.rows[j], start, columns, False, True, self.things)
        self.requests += edit.requests
        self.grown += edit.grown + 1 + 2 * width

    def _edit_row(self, i: int, j: int) -> None:
        line = self.old.lines[i]
        was = {new: old for old, new in self.pairs}
        for column in sorted(self.place, key=lambda c: -self.place[c]):
            cell = self.new.rows[j][column]
            at = self._content(line, self.place[column])
            if column in self.fresh:
                edit = _written(cell, at, not j, True, self.things)
            else:
                edit = self._edit_cell(self.old.rows[i][was[column]], cell, at, not j)
            self.requests += edit.requests
            self.grown += edit.grown

    def _edit_cell(self, old: Cell, new: Cell, at: int, head: bool) -> Edit:
        if old == new:
            return Edit()
        shift = at - old.at
        chars = [replace(c, start=c.start + shift, end=c.end + shift) for c in old.chars]
        place = Place(CELL, loud=head, head=head)
        return edited(chars, old.text, new.text, at, place, self.things)

    def _content(self, line: int, column: int) -> int:
        """Return where the content of a cell starts; what comes before is not edited yet."""
        at = self.start + 1
        for row in self.sizes[:line]:
            at += 1 + sum(size_ + 1 for size_ in row)
        return at + 1 + sum(size_ + 1 for size_ in self.sizes[line][:column]) + 1


def _handles(row: Row) -> frozenset[str]:
    return frozenset(span.handle for cell in row for span in cell.text if span.handle)


def _transposed(rows: Sequence[Row]) -> list[tuple[Text, ...]]:
    return [tuple(row[at].text for row in rows) for at in range(len(rows[0]))]


def _completed(pairs: Sequence[Pair], width: int) -> list[Pair]:
    """Pair the columns left over too, where each side has as many between two pairs."""
    found: list[Pair] = []
    last = (-1, -1)
    for i, j in [*pairs, (width, width)]:
        if i - last[0] == j - last[1]:
            found += [(last[0] + n, last[1] + n) for n in range(1, i - last[0])]
        found.append((i, j))
        last = (i, j)
    return found[:-1]
