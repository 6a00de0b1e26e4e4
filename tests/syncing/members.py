"""Members who edit what they see, wherever they see it. Each of their words is new and its own."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from random import Random

from smarketing.kinds import THERE, Value
from smarketing.sync.checklist import done_of, keys_of
from smarketing.sync.statuses import Spoken

from .tools import Thing, Tool

EDITS = (
    "title", "title", "owner", "owner", "due", "due", "clear", "clear", "move", "move", "tick", "tick",
    "label", "unlabel", "tick_line", "add_line", "reword_line", "drop_line", "add", "add", "add",
    "delete", "archive", "bring_back", "own_list", "own_list", "twins", "namesakes",
)  # fmt: skip


class Members:
    """Those who edit. `alive` are the words that nobody took away."""

    def __init__(
        self,
        tools: Mapping[str, Tool],
        spoken: Mapping[str, Spoken],
        luck: Random,
        mix: Counter[str],
    ) -> None:
        self.tools, self.spoken, self.luck, self.mix = tools, spoken, luck, mix
        self.alive: set[str] = set()
        self.dead: set[str] = set()
        self.replaced: dict[str, set[str]] = defaultdict(set)
        self.shared: set[str] = {"Ana Silva"}  # words that stand at several places on their own
        self.lists: dict[str, dict[str, str]] = {}
        self.said: dict[tuple[str, str, str], Value] = {}  # by place, id and field
        self.pairs: list[tuple[bool, list[tuple[str, str]]]] = []  # whether one thing; place, id
        self.took_away: list[tuple[str, str]] = []
        self.brought_back: list[tuple[str, str]] = []
        self.unanswered: dict[str, str] = {}  # id -> field of a write without an answer
        self.count = 0
        self.last = ""

    def edit(self, kind: str = "") -> None:
        """Do one thing that members do, or this one."""
        kind = kind or self.luck.choice(EDITS)
        if getattr(self, f"_{kind}")():
            self.mix[f"member {kind.replace('_', ' ')}"] += 1

    def number(self) -> int:
        """Return a number that nobody had."""
        self.count += 1
        return self.count

    def word(self, what: str = "word") -> str:
        """Return a new word, alive from now on."""
        word = f"{what}'{self.number()}'"
        self.alive.add(word)
        return word

    def _any(self, name: str = "title") -> tuple[Tool, Thing] | None:
        found = [
            (tool, thing)
            for tool in self.tools.values()
            if name in tool.names
            for thing in tool.things.values()
            if thing.existence == THERE
        ]
        if not found:
            return None
        again = [one for one in found if one[1].id == self.last]  # people stay with a thing
        one = again[0] if again and self.luck.random() < 0.5 else self.luck.choice(found)
        self.last = one[1].id
        return one

    def _set(self, tool: Tool, thing: Thing, name: str, value: Value) -> None:
        old = self._bury(tool, name, thing.fields[name])
        known = self.unanswered.get(thing.id) != name and old not in self.shared
        if old and known:  # else nobody can tell what was replaced
            self.dead.add(old)
            self.replaced[thing.id].add(old)
        self._change(tool, thing, name, value)

    def _change(self, tool: Tool, thing: Thing, name: str, value: Value) -> None:
        tool.set(thing.id, name, value)
        self.said[tool.place, thing.id, name] = thing.fields[name]

    def _bury(self, tool: Tool, name: str, value: Value) -> str:
        """Return the word of a value that somebody took away on purpose."""
        word = str(tool.understood(name, value) or "").replace("’", "'")
        self.alive.discard(word)
        return word

    def _title(self) -> bool:
        if found := self._any():
            self._set(*found, "title", self.word("Title"))
        return bool(found)

    def _owner(self) -> bool:
        if found := self._any("owner"):
            self._set(*found, "owner", self.word("Owner"))
        return bool(found)

    def _due(self) -> bool:
        if found := self._any("due"):
            self._set(*found, "due", self._day())
        return bool(found)

    def _day(self) -> str:
        number = self.number()
        day = f"20{27 + number // 336}-{1 + number // 28 % 12:02}-{1 + number % 28:02}"
        self.alive.add(day)
        return day

    def _clear(self) -> bool:
        name = self.luck.choice(("owner", "due"))
        found = self._any(name)
        if found is None or not found[1].fields[name]:
            return False
        self._set(*found, name, None)
        return True

    def _move(self) -> bool:
        if found := self._any("status"):
            tool, thing = found
            told = str(thing.fields["status"] or "")
            self._change(tool, thing, "status", self._moved(tool, told))
        return bool(found)

    def _tick(self) -> bool:
        found = [
            (tool, thing)
            for tool in self.tools.values()
            for thing in tool.there()
            if str(thing.fields["status"]).startswith("[")
        ]
        ticked = [one for one in found if str(one[1].fields["status"]).startswith("[x]")]
        if not found:
            return False
        tool, thing = self.luck.choice(ticked if ticked and self.luck.random() < 0.6 else found)
        told = str(thing.fields["status"])
        tick = "[ ]" if told.startswith("[x]") else "[x]"
        self._change(tool, thing, "status", tick + told[3:])
        return True

    def _moved(self, tool: Tool, told: str) -> Value:
        has_tick = told.startswith("[")
        tick, word = (told[:3], told[4:]) if has_tick else ("", told)
        if has_tick and (not word or self.luck.random() < 0.5):
            tick = "[ ]" if tick == "[x]" else "[x]"
        else:
            spoken = self.spoken[tool.place]
            word = self.luck.choice([*spoken.shows, *(["in work", "finished"] * spoken.is_free)])
        return f"{tick} {word}".strip()

    def _own_list(self) -> bool:
        boards = [tool for place, tool in self.tools.items() if place.startswith("board")]
        tool = self.luck.choice(boards) if boards else None
        things = tool.there() if tool else []
        if tool is None or not things:
            return False
        number = self.number()
        own = self.lists.setdefault(tool.place, {})
        if not own or self.luck.random() < 0.5:
            own[f"@list{number}"] = f"=Ideas {number}"
        thing, value = self.luck.choice(things), self.luck.choice(list(own))
        told = str(thing.fields["status"] or "")
        told = f"{told[:3]} {value}" if told.startswith("[") else value
        self._change(tool, thing, "status", told)
        return True

    def _label(self) -> bool:
        if found := self._any("labels"):
            tool, thing = found
            tool.set(thing.id, "labels", _labels(thing) | {self.word("Label")})
        return bool(found)

    def _unlabel(self) -> bool:
        found = self._any("labels")
        if found is None or not _labels(found[1]):
            return False
        tool, thing = found
        gone = self.luck.choice(sorted(_labels(thing)))
        self.alive.discard(gone)
        tool.set(thing.id, "labels", _labels(thing) - {gone})
        return True

    def _tick_line(self) -> bool:
        return self._line(lambda lines, key: {**lines, done_of(key): "yes"})

    def _reword_line(self) -> bool:
        return self._line(lambda lines, key: {**lines, key: self.word("Line")})

    def _drop_line(self) -> bool:
        return self._line(
            lambda lines, key: {n: v for n, v in lines.items() if n not in (key, done_of(key))}
        )

    def _line(self, change) -> bool:  # type: ignore[no-untyped-def]
        found = self._any("checklist")
        lines = _lines(found[1]) if found else {}
        if found is None or not lines:
            return False
        key = self.luck.choice(keys_of(lines))
        changed = change(lines, key)
        if changed.get(key) != lines[key]:
            self.alive.discard(lines[key])
        found[0].set(found[1].id, "checklist", changed)
        return True

    def _add_line(self) -> bool:
        if found := self._any("checklist"):
            key = f"line-{self.number()}"
            lines = {**_lines(found[1]), key: self.word("Line"), done_of(key): "no"}
            found[0].set(found[1].id, "checklist", lines)
        return bool(found)

    def _add(self) -> bool:
        tool = self.luck.choice(list(self.tools.values()))
        self._new(tool, self.word("Own"), self.word("Owner") if self.luck.random() < 0.5 else None)
        return True

    def _new(self, tool: Tool, title: str, owner: Value) -> tuple[str, str]:
        fields: dict[str, Value] = {"title": title, "owner": owner}
        if "due" in tool.names and self.luck.random() < 0.5:
            fields["due"] = self._day()
        fields["status"] = self.spoken[tool.place].at_birth(
            self.luck.choice(("week", "doing", "done"))
        )
        return tool.place, tool.add(fields).id

    def _delete(self) -> bool:
        if (found := self._any()) and self.luck.random() < 0.7:
            tool, thing = found
            self._take_away(tool, thing)
            del tool.things[thing.id]
            tool.touched.append(thing.id)
            return True
        return False

    def _archive(self) -> bool:
        if found := self._any():
            self._take_away(*found)
            found[0].put_away(found[1].id)
        return bool(found)

    def _take_away(self, tool: Tool, thing: Thing) -> None:
        self.took_away.append((tool.place, thing.id))
        self.forget_edits(thing.id)
        for name, value in thing.fields.items():
            self._bury(tool, name, value)
        self.alive -= {str(v) for v in _labels(thing)} | set(_lines(thing).values())

    def forget_edits(self, which: str) -> None:
        """Expect nothing of the edits of what is put away: they may never be heard."""
        self.dead -= self.replaced.pop(which, set())

    def _bring_back(self) -> bool:
        away = [
            (tool, thing)
            for tool in self.tools.values()
            for thing in tool.things.values()
            if thing.existence != THERE
        ]
        if away:
            tool, thing = self.luck.choice(away)
            thing.existence = THERE
            self.brought_back.append((tool.place, thing.id))
            tool.touch(thing)
        return bool(away)

    def _twins(self) -> bool:
        """Two members write down the same thing at two places."""
        owner = self.word("Owner")
        return self._pair(self.word("Twin"), owner, owner)

    def _namesakes(self) -> bool:
        """Two members write down two things that are called alike."""
        return self._pair(self.word("Namesake"), self.word("Owner"), self.word("Owner"))

    def _pair(self, title: str, *owners: str) -> bool:
        self.shared |= {title, *owners}
        two = self.luck.sample(list(self.tools.values()), 2)
        made = [self._new(tool, title, owner) for tool, owner in zip(two, owners, strict=True)]
        self.pairs.append((owners[0] == owners[1], made))
        return True


def _labels(thing: Thing) -> frozenset[str]:
    value = thing.fields.get("labels")
    return value if isinstance(value, frozenset) else frozenset()


def _lines(thing: Thing) -> Mapping[str, str]:
    value = thing.fields.get("checklist")
    return value if isinstance(value, Mapping) else {}
