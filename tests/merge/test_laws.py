"""The laws of the merge, on random documents that two sides edit at random."""

import re
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from smarketing.kinds import Merge
from smarketing.merging.merge import Merged, merge
from smarketing.merging.tables import table
from smarketing.text.markdown import HEADING, ITEM, PARAGRAPH, TABLE, cut
from smarketing.text.sentences import sentences

Side = Literal["hub", "now"]
VOCABULARY = [
    "the",
    "a",
    "lead",
    "deal",
    "money",
    "sales",
    "team",
    "marketing",
    "agrees",
    "writes",
    "week",
    "customer",
    "naïve",
    "Größe",
    "board",
    "hand-off",
    "number",
    "meeting",
    "Müller",
    "東京",
    "is",
    "every",
    "first",
    "call",
    "owner",
    "reason",
    "quality",
    "after",
    "before",
]
seeds = st.integers(0, 2**48)
sides: st.SearchStrategy[Side] = st.sampled_from(["hub", "now"])


@dataclass
class Part:
    """One block of a document under test, as lines, sentences, items or rows."""

    kind: str
    rows: list[list[str]] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    gap: int = 2


class Writer:
    """Somebody who writes and edits documents; each word that they add is unique."""

    def __init__(self, random: Random, name: str) -> None:
        self.random, self.name, self.count = random, name, 0

    def token(self) -> str:
        self.count += 1
        return f"{self.name}{self.random.choice(['', 'é', 'ß'])}{self.count}"

    def phrase(self, least: int = 1, most: int = 9) -> str:
        words = self.random.choices(VOCABULARY, k=self.random.randint(least, most))
        return " ".join([*words, self.token()])

    def sentence(self) -> str:
        return self.phrase().capitalize() + self.random.choice(".....!?")

    def part(self) -> Part:
        draw = self.random.random()
        if draw < 0.2:
            return Part("heading", [["#" * self.random.randint(1, 3), self.phrase(0, 3)]])
        if draw < 0.55:
            return Part("prose", [[self.sentence()] for _ in range(self.random.randint(1, 5))])
        if draw < 0.75:
            return self.bullets()
        if draw < 0.87:
            width = self.random.randint(1, 4)
            size = self.random.randint(1, 4)
            return Part("table", [[self.phrase(0, 2) for _ in range(width)] for _ in range(size)])
        return Part(self.random.choice(["code", "quote"]), [[self.phrase()], [self.phrase()]])

    def bullets(self) -> Part:
        part = Part(self.random.choice(["-", "*", "1."]))
        depth = 0
        for _ in range(self.random.randint(1, 6)):
            part.rows.append([self.tick(), self.phrase(0, 6)])
            part.depths.append(depth)
            depth = self.random.randint(0, min(depth + 1, 3))
        return part

    def tick(self) -> str:
        return self.random.choice(["", "", "[ ] ", "[x] "])

    def document(self) -> list[Part]:
        return [self.part() for _ in range(self.random.randint(0, 9))]

    def edited(self, parts: list[Part]) -> list[Part]:
        parts = deepcopy(parts)
        for _ in range(self.random.choice([0, 1, 1, 2, 3, 6])):
            self.edit(parts)
        return parts

    def edit(self, parts: list[Part]) -> None:
        random = self.random
        draw = random.random()
        if not parts or draw < 0.15:
            parts.insert(random.randint(0, len(parts)), self.part())
        elif draw < 0.25:
            del parts[random.randrange(len(parts))]
        elif draw < 0.32:
            parts.insert(random.randrange(len(parts)), parts.pop(random.randrange(len(parts))))
        elif draw < 0.34:
            random.shuffle(parts)
        elif draw < 0.36:
            parts.clear()
        elif draw < 0.4:
            parts.append(Part("prose", [["<div>" + self.token()], ["* * " + self.phrase()]]))
        elif draw < 0.44:
            self.split_or_join(parts)
        else:
            self.edit_part(random.choice(parts))

    def split_or_join(self, parts: list[Part]) -> None:
        at = self.random.randrange(len(parts))
        part = parts[at]
        if part.kind != "prose":
            return
        if at + 1 < len(parts) and parts[at + 1].kind == "prose":
            part.rows += parts.pop(at + 1).rows
        elif len(part.rows) > 1:
            middle = self.random.randrange(1, len(part.rows))
            parts.insert(at + 1, Part("prose", part.rows[middle:]))
            del part.rows[middle:]

    def edit_part(self, part: Part) -> None:
        random, at = self.random, self.random.randrange(len(part.rows))
        draw = random.random()
        row = part.rows[at]
        if draw < 0.45 or part.kind in ("heading", "code", "quote"):
            column = random.randrange(len(row)) if part.kind == "table" else -1
            row[column] = self.reworded(row[column])
        elif draw < 0.6:
            part.rows.insert(at + 1, self.row_like(part))
            part.depths[at + 1 : at + 1] = part.depths[at : at + 1]
        elif draw < 0.7 and len(part.rows) > 1:
            del part.rows[at], part.depths[at : at + 1]
        elif draw < 0.8 and part.kind in ("-", "*", "1."):
            row[0] = {"[ ] ": "[x] ", "[x] ": "[ ] "}.get(row[0], self.tick())
        elif draw < 0.9 and part.kind == "table":
            self.edit_columns(part)
        elif part.kind == "prose":
            part.rows[at : at + 1] = [] if len(part.rows) > 1 else [[self.sentence()]]
        else:
            part.rows.append(part.rows.pop(at)) if part.kind == "table" else None

    def edit_columns(self, part: Part) -> None:
        width = len(part.rows[0])
        at = self.random.randint(0, width)
        if self.random.random() < 0.5 or width == 1:
            for row in part.rows:
                row.insert(at, self.phrase(0, 1))
        else:
            for row in part.rows:
                del row[min(at, width - 1)]

    def row_like(self, part: Part) -> list[str]:
        if part.kind == "table":
            return [self.phrase(0, 2) for _ in part.rows[0]]
        return [self.sentence()] if part.kind == "prose" else [self.tick(), self.phrase()]

    def reworded(self, text: str) -> str:
        words = text.split()
        draw = self.random.random()
        if not words or draw < 0.2:
            return self.sentence()
        if draw < 0.3 and len(words) > 2:
            del words[self.random.randrange(1, len(words) - 1)]
        elif draw < 0.6:
            words.insert(self.random.randrange(len(words)), self.token())
        else:
            words[self.random.randrange(len(words))] = self.token()
        return " ".join(words)

    def rendered(self, parts: list[Part], end: str) -> str:
        text = "\n\n".join(self.render(part) for part in parts)
        final = self.random.choice(["\n", "\n", "", "\n\n"]) if self.name != "base" else "\n"
        return (text + final if parts else "").replace("\n", end)

    def render(self, part: Part) -> str:
        if part.kind == "heading":
            return " ".join(part.rows[0])
        if part.kind == "prose":
            return " ".join(row[0] for row in part.rows)
        if part.kind == "code":
            return "\n".join(["```", *[row[0] for row in part.rows], "```"])
        if part.kind == "quote":
            return "\n".join("> " + row[0] for row in part.rows)
        if part.kind == "table":
            lines = ["| " + " | ".join(row) + " |" for row in part.rows]
            return "\n".join([lines[0], "|---" * len(part.rows[0]) + "|", *lines[1:]])
        step = " " * (len(part.kind) + 1)
        return "\n".join(
            f"{step * depth}{part.kind} {row[0]}{row[1]}"
            for depth, row in zip(part.depths, part.rows, strict=True)
        )


@dataclass(frozen=True)
class World:
    """A base and what two sides made of it."""

    base: str
    hub: str
    now: str

    def merged(self, stands: Side, kind: Merge = Merge.BLOCKS) -> Merged:
        return merge(kind, self.base, self.hub, self.now, stands=stands)


def world(seed: int) -> World:
    random = Random(seed)
    author, hub, now = Writer(random, "base"), Writer(random, "hub"), Writer(random, "now")
    document = author.document()
    end = random.choice(["\n", "\n", "\n", "\r\n"])
    other = random.choice([end, end, end, "\r\n"])
    return World(
        author.rendered(document, end),
        hub.rendered(hub.edited(document), end),
        now.rendered(now.edited(document), other),
    )


def text_of(merged: Merged) -> str:
    assert isinstance(merged.value, str)
    return merged.value


def tokens(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def atoms(text: str) -> Counter[str]:
    """Count what the merge may not take apart: sentences, cells, and blocks it can't read."""
    found: Counter[str] = Counter()
    for block in cut(text).blocks:
        if block.kind in (PARAGRAPH, HEADING, ITEM):
            found.update(sentence.key for sentence in sentences(block.body))
        elif block.kind == TABLE:
            read = table(block.body)
            found.update(cell for row in (read.head, *read.rows) for cell in row.cells)
        else:
            found[" ".join(block.text.split())] += 1
    return found


def fell_back(made: World, merged: Merged) -> bool:
    """Say whether a whole side yielded."""
    whole = {made.hub, made.hub.replace("\n", "\r\n"), made.now} - {""}
    return len(cut(made.base).blocks) > 1 and any(c.yields in whole for c in merged.clashes)


def check_nothing_lost(made: World, merged: Merged) -> None:
    added = (tokens(made.hub) | tokens(made.now)) - tokens(made.base)
    there = tokens(text_of(merged)).union(*[tokens(clash.yields) for clash in merged.clashes])
    assert added <= there, f"lost: {sorted(added - there)}"


def check_again(made: World, merged: Merged, stands: Side, kind: Merge = Merge.BLOCKS) -> None:
    again = merge(kind, made.base, made.hub, merged.value, stands=stands)
    assert again.value == merged.value


def check_atoms(made: World, merged: Merged) -> None:
    stood = set(atoms(made.base)) | set(atoms(made.hub)) | set(atoms(made.now))
    assert set(atoms(text_of(merged))) <= stood | {""}


def check_no_repeats(made: World, merged: Merged) -> None:
    hub, now, base = atoms(made.hub), atoms(made.now), atoms(made.base)
    for atom, count in atoms(text_of(merged)).items():
        if len(atom.split()) >= 4:
            assert count <= max(hub[atom], now[atom], base[atom]), f"repeated: {atom}"


@settings(max_examples=200, deadline=None)
@given(seeds, sides)
def test_no_word_that_a_side_added_is_ever_lost(seed: int, stands: Side) -> None:
    made = world(seed)
    check_nothing_lost(made, made.merged(stands))


@settings(max_examples=100, deadline=None)
@given(seeds, sides)
def test_merging_a_result_again_changes_nothing(seed: int, stands: Side) -> None:
    made = world(seed)
    check_again(made, made.merged(stands), stands)


@settings(max_examples=100, deadline=None)
@given(seeds, sides)
def test_every_sentence_and_cell_of_the_result_stood_in_a_version(seed: int, stands: Side) -> None:
    made = world(seed)
    check_atoms(made, made.merged(stands))


@settings(max_examples=100, deadline=None)
@given(seeds, sides)
def test_no_sentence_comes_twice_that_both_sides_have_once(seed: int, stands: Side) -> None:
    made = world(seed)
    check_no_repeats(made, made.merged(stands))


@settings(max_examples=50, deadline=None)
@given(seeds, sides)
def test_what_only_one_side_changed_is_taken_byte_for_byte(seed: int, stands: Side) -> None:
    made = world(seed)
    for kind in (Merge.BLOCKS, Merge.TEXT):
        assert merge(kind, made.base, made.hub, made.base, stands=stands) == Merged(made.hub)
        assert merge(kind, made.base, made.base, made.now, stands=stands) == Merged(made.now)
        assert merge(kind, made.base, made.now, made.now, stands=stands) == Merged(made.now)


@settings(max_examples=100, deadline=None)
@given(seeds, sides)
def test_plain_text_keeps_the_same_laws(seed: int, stands: Side) -> None:
    made = world(seed)
    merged = made.merged(stands, Merge.TEXT)
    check_nothing_lost(made, merged)
    check_again(made, merged, stands, Merge.TEXT)


@settings(max_examples=100, deadline=None)
@given(seeds, sides)
def test_a_block_that_neither_side_touched_keeps_its_bytes(seed: int, stands: Side) -> None:
    made = world(seed)
    result = [block.text for block in cut(text_of(made.merged(stands))).blocks]
    texts = [[block.text for block in cut(text).blocks] for text in versions_of(made)]
    untouched = set(texts[0]) & set(texts[1]) & set(texts[2])
    for text in untouched:
        assert text in result


def test_almost_no_merge_needs_a_whole_side_to_yield() -> None:
    worlds = [world(seed) for seed in range(300)]
    both = [made for made in worlds if made.base not in (made.hub, made.now)]
    assert len(both) > 150
    assert sum(fell_back(made, made.merged("now")) for made in both) <= len(both) / 100


def versions_of(made: World) -> tuple[str, str, str]:
    return made.base, made.hub, made.now
