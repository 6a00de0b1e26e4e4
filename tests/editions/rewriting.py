"""Somebody who changes a playbook's file in every way that people do, by chance."""

import random
import re
from collections.abc import Callable


def playbook(chance: random.Random) -> str:
    """Return a playbook of some size, in words of its own."""
    count = iter(range(10_000))
    lines = ["# Ours.", "", "playbook: starter", "title: Our work", "edition: 1", ""]
    lines += ["boards:", "  work:", "    title: Work", "    lists:"]
    lists = [f"l{n}" for n in range(chance.randint(2, 4))]
    lines += [f"      {each}: List word{next(count)}" for each in lists]
    lines.append("    cards:")
    for number in range(chance.randint(2, 5)):
        lines += [f"      # About card {number}."] if chance.random() < 0.4 else []
        lines += [f"      c{number}:", f"        title: Card word{next(count)}"]
        lines += [f"        list: {chance.choice(lists)}", "        text: |"]
        for _ in range(chance.randint(1, 3)):
            said = [f"Sentence word{next(count)}." for _ in range(chance.randint(1, 3))]
            lines += [f"          {' '.join(said)}", ""]
        lines += ["        checklist:"]
        lines += [f"          - Check word{next(count)}" for _ in range(chance.randint(1, 4))]
        lines += [f"          - k{number}: Keyed word{next(count)}"]
        lines += [""] if chance.random() < 0.5 else []
    lines += ["documents:"]
    for number in range(chance.randint(1, 4)):
        lines.append(f"  d{number}: {{title: Document word{next(count)}, text: Words.}}")
    return "\n".join(lines) + "\n"


class Writer:
    """One who rewrites; each word of theirs begins with `word` and is never used twice."""

    def __init__(self, word: str, chance: random.Random, comments: bool) -> None:
        self._word, self._chance, self._count = word, chance, 0
        self._ways: list[Callable[[list[str]], None]] = [
            self._title, self._title, self._sentence, self._more, self._check, self._new_check,
            self._no_check, self._keyed, self._delete, self._card, self._list, self._document,
            self._inside, self._rename,
        ]  # fmt: skip
        if comments:
            self._ways += [self._comment, self._comment, self._note, self._quotes]

    def rewrite(self, text: str, times: int) -> str:
        """Return the text after so many changes."""
        lines = text.splitlines()
        for _ in range(times):
            self._chance.choice(self._ways)(lines)
        return "\n".join(lines) + "\n"

    def _fresh(self) -> str:
        self._count += 1
        return f"{self._word}{self._count}"

    def _one(self, lines: list[str], pattern: str) -> int | None:
        found = [number for number, line in enumerate(lines) if re.search(pattern, line)]
        return self._chance.choice(found) if found else None

    def _title(self, lines: list[str]) -> None:
        if (at := self._one(lines, r"^    +title: \w")) is not None:
            lines[at] = re.sub(r"title: \w+ \w+", f"title: Title {self._fresh()}", lines[at])

    def _sentence(self, lines: list[str]) -> None:
        if (at := self._one(lines, r"^          \w.*\.$")) is not None:
            said = lines[at].strip().split(". ")
            said[self._chance.randrange(len(said))] = f"Said {self._fresh()}."
            lines[at] = "          " + ". ".join(each.rstrip(".") for each in said) + "."

    def _more(self, lines: list[str]) -> None:
        if (at := self._one(lines, r"^          \w.*\.$")) is not None:
            lines[at] += f" More {self._fresh()}."

    def _check(self, lines: list[str]) -> None:
        if (at := self._one(lines, r"^ +- \w+ \w+$")) is not None:
            lines[at] = f"          - Reworded {self._fresh()}"

    def _new_check(self, lines: list[str]) -> None:
        if (at := self._one(lines, r"^ +- ")) is not None:
            lines.insert(at + self._chance.randint(0, 1), f"          - Another {self._fresh()}")

    def _no_check(self, lines: list[str]) -> None:
        if (at := self._one(lines, r"^ +- \w+ \w+$")) is not None:
            del lines[at]

    def _keyed(self, lines: list[str]) -> None:
        if (at := self._one(lines, r"^ +- k\d+: ")) is not None:
            lines[at] = re.sub(r": .*", f": Keyed {self._fresh()}", lines[at])

    def _delete(self, lines: list[str]) -> None:
        at = self._one(lines, r"^(?:      [cl]\d+|  d\d+):")
        if at is not None and len(re.findall(r"^ +[cld]\d+:", "\n".join(lines), re.MULTILINE)) > 4:
            del lines[at : self._end(lines, at)]

    def _end(self, lines: list[str], at: int) -> int:
        indent = len(lines[at]) - len(lines[at].lstrip())
        end = at + 1
        while end < len(lines) and (not lines[end] or lines[end].startswith(" " * (indent + 1))):
            end += 1
        return end

    def _card(self, lines: list[str]) -> None:
        at = lines.index("    cards:") + 1
        lines[at:at] = [f"      {self._fresh()}:", f"        title: A card {self._fresh()}"]

    def _list(self, lines: list[str]) -> None:
        at = lines.index("    lists:") + 1
        lines.insert(at, f"      {self._fresh()}: A list")

    def _document(self, lines: list[str]) -> None:
        at = self._one(lines, r"^documents:")
        if at is not None:
            lines.insert(at + 1, f"  {self._fresh()}: {{title: A document, text: None.}}")

    def _inside(self, lines: list[str]) -> None:
        if (at := self._one(lines, r"^  d\d+: \{title")) is not None:
            lines[at] = re.sub(r"text: [^,}]+", f"text: Inside {self._fresh()}", lines[at])

    def _rename(self, lines: list[str]) -> None:
        if (at := self._one(lines, r"^      c\d+:")) is not None and "was" not in lines[at + 1]:
            old = lines[at].strip().rstrip(":")
            lines[at : at + 1] = [f"      {self._fresh()}:", f"        was: {old}"]

    def _comment(self, lines: list[str]) -> None:
        if (at := self._one(lines, r"^ +(?:[a-z0-9-]+:|- )")) is not None:
            indent = " " * (len(lines[at]) - len(lines[at].lstrip()))
            lines.insert(at, f"{indent}# Noted {self._fresh()}")

    def _note(self, lines: list[str]) -> None:
        if (at := self._one(lines, r"^ +(?:[a-z0-9-]+:|- ).*[^|:]$")) is not None:
            lines[at] += f"  # beside {self._fresh()}"

    def _quotes(self, lines: list[str]) -> None:
        if (at := self._one(lines, r"^ +title: \w+ \w+$")) is not None:
            lines[at] = re.sub(r"title: (\w+ \w+)$", r'title: "\1"', lines[at])


def page(chance: random.Random) -> list[str]:
    """Return a document as its paragraphs, in words of its own."""
    count = iter(range(10_000))
    parts = ["# Words"]
    for number in range(chance.randint(2, 5)):
        parts.append(f"## Heading word{number}h")
        for _ in range(chance.randint(1, 3)):
            said = [f"Sentence has word{next(count)}." for _ in range(chance.randint(1, 3))]
            parts.append(" ".join(said))
        lines = [f"- Item has word{next(count)}." for _ in range(chance.randint(0, 3))]
        parts += ["\n".join(lines)] if lines else []
    return parts


def rewritten(parts: list[str], word: str, chance: random.Random) -> list[str]:
    """Return the paragraphs after some changes; each new word begins with `word`."""
    parts = list(parts)
    for number in range(chance.randint(1, 8)):
        at = chance.randrange(1, len(parts))
        fresh = f"{word}{number}"
        way = chance.choice(("reword", "add", "new", "new item", "delete"))
        if way == "reword":
            found = re.findall(r"word\d+h?", parts[at])
            if found:
                parts[at] = parts[at].replace(chance.choice(found), fresh)
        elif way == "add" and not parts[at].startswith("#"):
            parts[at] += f" More says {fresh}."
        elif way == "new":
            parts.insert(at, f"A paragraph of {fresh}.")
        elif way == "new item" and parts[at].startswith("- "):
            parts[at] += f"\n- An item of {fresh}."
        elif way == "delete" and len(parts) > 4:
            del parts[at]
    return parts
