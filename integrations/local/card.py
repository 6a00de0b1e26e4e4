"""One card of a Kanban Markdown file: its first line, and the indented lines below. Pure.

What is not understood is kept as it stands; a change touches only the lines it is about.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .card_line import escaped, is_meta, last_word, unescaped
from .check import CHECK_LINE, Check, tick_of
from .filenames import slug

_FIRST = re.compile(
    r"(?P<bullet>[-*+][ \t]+)(?:\[(?P<tick>.)\](?P<gap>[ \t]+|(?=\r?\n?\Z)))?"
    r"(?P<rest>[^\r\n]*)(?P<end>\r?\n?)"
)
_DUE = re.compile(r"@\{(?P<braced>[^}]*)\}|@\[\[(?P<linked>[^\]]*)\]\]")


@dataclass(slots=True)
class Card:
    """A card: `- [ ] Title #tag @{2026-12-13} ^card-agree` and its body."""

    first: str
    body: list[str | Check] = field(default_factory=list)

    def text(self) -> str:
        """Return the card as it stands in the file."""
        return self.first + "".join(
            entry if isinstance(entry, str) else "".join(entry.lines) for entry in self.body
        )

    @property
    def done(self) -> bool:
        """Whether the card is ticked."""
        return (self._line()["tick"] or " ") in "xX"

    @property
    def title(self) -> str:
        """The words of the first line, without the tags, date and block id at its end."""
        return unescaped(self._title_and_meta()[0])

    @property
    def block(self) -> str:
        """The block id, without the caret."""
        ids = [token[1:] for token in self._title_and_meta()[1] if token.startswith("^")]
        return ids[-1] if ids else ""

    @property
    def labels(self) -> frozenset[str]:
        """The tags at the end of the first line."""
        return frozenset(slug(token) for token in self._title_and_meta()[1] if token[0] == "#")

    @property
    def due(self) -> str | None:
        """The date."""
        for token in self._title_and_meta()[1]:
            found = _DUE.fullmatch(token)
            if found:
                return found["braced"] or found["linked"] or None
        return None

    @property
    def owner(self) -> str | None:
        """The name in the first line `Owner: ...` above the checklist."""
        at = self._owner_line()
        return None if at is None else self._words(self.body[at])[len("Owner:") :].strip() or None

    @property
    def description(self) -> str:
        """The lines above the checklist but for the owner's, without their indent."""
        at, lines = self._owner_line(), self._whole_text().split("\n")
        if at is not None:
            del lines[at]
        return "\n".join(lines).strip("\n")

    @property
    def checks(self) -> list[Check]:
        """The checklist."""
        return [entry for entry in self.body if isinstance(entry, Check)]

    def tick(self, done: bool) -> None:
        """Tick or untick the card."""
        if done == self.done:
            return
        line = self._line()
        self.first = f"{line['bullet']}[{tick_of(done)}] {line['rest']}{line['end']}"

    def say(self, title: str) -> None:
        """Give the card another title."""
        self._rewrite(escaped(title), self._title_and_meta()[1])

    def tag(self, labels: Iterable[str]) -> None:
        """Give the card these tags; a tag that stays keeps its place and spelling."""
        wanted, tokens = set(labels), []
        title, present = self._title_and_meta()
        for token in present:
            if token[0] != "#" or slug(token) in wanted:
                tokens.append(token)
                wanted.discard(slug(token))
        at = sum(1 for token in tokens if token[0] == "#")
        tokens[at:at] = [f"#{label}" for label in sorted(wanted)]
        self._rewrite(title, tokens)

    def date(self, due: str | None) -> None:
        """Set or take away the date."""
        title, tokens = self._title_and_meta()
        at = [index for index, token in enumerate(tokens) if _DUE.fullmatch(token)]
        new = [f"@{{{due}}}"] if due else []
        if at:
            tokens[at[0] : at[0] + 1] = new
        else:
            end = sum(1 for token in tokens if token[0] != "^")
            tokens[end:end] = new
        self._rewrite(title, tokens)

    def name(self, block: str) -> None:
        """Set the block id."""
        title, tokens = self._title_and_meta()
        self._rewrite(title, [token for token in tokens if token[0] != "^"] + [f"^{block}"])

    def give(self, owner: str | None) -> None:
        """Set or take away the owner."""
        at = self._owner_line()
        start, end = (0, 0) if at is None else (at, at + 1)
        self.body[start:end] = self._lines(f"Owner: {owner}") if owner else []
        if not owner and _names_an_owner(self._whole_text()):
            self.body[:0] = self._lines("Owner:")

    def describe(self, description: str) -> None:
        """Replace the description."""
        at = self._owner_line()
        if at is not None:
            owner = [self.body[at]]
        else:
            owner = [*self._lines("Owner:")] if _names_an_owner(description) else []
        lines = self._lines(description) if description else []
        self.body[: self._end_of_text()] = [*owner, *lines]

    def add_check(self, text: str, done: bool) -> Check:
        """Add an item below the checklist."""
        line = self._lines(f"- [{tick_of(done)}] {text}")[0]
        check = Check([line])
        at = [index for index, entry in enumerate(self.body) if isinstance(entry, Check)]
        self.body.insert(at[-1] + 1 if at else len(self.body), check)
        self._end_lines()
        return check

    def _line(self) -> re.Match[str]:
        found = _FIRST.fullmatch(self.first)
        if found is None:
            raise ValueError(f"not a card: {self.first!r}")
        return found

    def _title_and_meta(self) -> tuple[str, list[str]]:
        rest, tokens = self._line()["rest"].strip(), list[str]()
        while rest and is_meta(token := last_word(rest)):
            tokens.insert(0, token)
            rest = rest[: -len(token)].rstrip()
        return rest, tokens

    def _rewrite(self, title: str, tokens: list[str]) -> None:
        line = self._line()
        mark = f"[{line['tick'] or ' '}] "
        rest = " ".join([title, *tokens] if title else tokens)
        self.first = f"{line['bullet']}{mark}{rest}{line['end']}"

    def _owner_line(self) -> int | None:
        for index, entry in enumerate(self.body[: self._end_of_text()]):
            if _is_owner(self._words(entry)):
                return index
        return None

    def _whole_text(self) -> str:
        return "\n".join(self._words(entry) for entry in self.body[: self._end_of_text()])

    def _end_of_text(self) -> int:
        for index, entry in enumerate(self.body):
            if isinstance(entry, Check):
                return index
        return len(self.body)

    def _indent(self) -> str:
        for entry in self.body:
            line = entry if isinstance(entry, str) else entry.lines[0]
            if line.strip():
                return re.match(r"\t| {1,4}|", line).group()  # type: ignore[union-attr]
        return "\t"

    def _words(self, entry: "str | Check") -> str:
        line = (entry if isinstance(entry, str) else entry.lines[0]).rstrip("\r\n")
        indent = self._indent()
        return line.removeprefix(indent) if line.startswith(indent) else line.lstrip(" \t")

    def _lines(self, text: str) -> list[str]:
        newline = "\r\n" if self.first.endswith("\r\n") else "\n"
        if not self.first.endswith("\n"):
            self.first += newline
        self._end_lines()
        return [f"{self._indent()}{line}{newline}" for line in text.split("\n")]

    def _end_lines(self) -> None:
        # A file may lack its last line end; whatever comes after needs one.
        newline = "\r\n" if self.first.endswith("\r\n") else "\n"
        for index, entry in enumerate(self.body):
            if isinstance(entry, str):
                self.body[index] = entry if entry.endswith("\n") else entry + newline
            elif not entry.lines[-1].endswith("\n"):
                entry.lines[-1] += newline


def starts_card(line: str) -> bool:
    """Say whether a line at the left edge begins a card."""
    return _FIRST.fullmatch(line) is not None


def parse_card(lines: list[str]) -> Card:
    """Return the card that these lines hold; the first must begin a card."""
    card = Card(lines[0])
    for line in lines[1:]:
        found = CHECK_LINE.fullmatch(line)
        last = card.body[-1] if card.body else None
        edge = len(card._indent()) if card.body else len(found["indent"]) if found else 0
        if found and len(found["indent"]) <= edge:
            card.body.append(Check([line]))
        elif isinstance(last, Check) and line.strip() and _depth(line) > _depth(last.lines[0]):
            last.lines.append(line)
        else:
            card.body.append(line)
    return card


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _names_an_owner(text: str) -> bool:
    return any(_is_owner(line) for line in text.split("\n"))


def _is_owner(words: str) -> bool:
    return words.startswith("Owner:") and words[6:7] in ("", " ", "\t")
