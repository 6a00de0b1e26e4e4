"""What all parts of resolving share: how a text is filled, where an item lives, and the items,
problems and sentences found so far.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from smarketing.address import container_of, without_item
from smarketing.calendar.framing import Frame
from smarketing.calendar.hosting import Hosting
from smarketing.calendar.said import say_date
from smarketing.config.config import Config
from smarketing.config.people import People, Right
from smarketing.kinds import Value
from smarketing.playbook.playbook import Playbook
from smarketing.problems import Problem, Problems
from smarketing.resolve.desired import Item
from smarketing.template.bounds import Work
from smarketing.template.filled import Filled
from smarketing.template.template import is_plain, render
from smarketing.template.values import Plain, Titled
from smarketing.yamlfiles.validation import MOST_PROBLEMS

Path = tuple[str | int, ...]
Extra = Mapping[str, Plain]

MOST_ITEMS = 250_000
MOST_WORK = 100_000_000
MOST_TITLE = 500
NOTHING: Extra = {}


class Scope:
    """One playbook being resolved for one config."""

    def __init__(
        self,
        playbook: Playbook,
        config: Config,
        people: People,
        values: Mapping[str, Plain],
        start: date,
        filled: Filled | None = None,
    ) -> None:
        self.playbook, self.config, self.people, self.start = playbook, config, people, start
        self.values = values
        self._file = playbook.file
        self.items: dict[str, Item] = {}
        self.was: dict[str, str] = {}
        self.splits: dict[str, str] = {}
        self.fresh: set[str] = set()
        self.text_files: dict[str, str] = {}
        self.purposes: dict[str, str] = {}
        self.goals: set[str] = set()
        self.orders: dict[str, tuple[str, ...]] = {}
        self.guests: dict[str, Hosting] = {}
        self.agendas: dict[str, Frame] = {}
        self.problems: list[Problem] = []
        self._left_out: dict[str, None] = {}
        self._absent: dict[str, None] = {}
        self._work = Work(MOST_WORK, filled)
        self._places: dict[str, str] = {}
        self._excluded = _excluded(playbook, config)
        self._days = _own_days(playbook, config, start)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The sentences about what does not appear, each once."""
        return (*self._nobody_yet(), *self._left_out)

    def _nobody_yet(self) -> Iterator[str]:
        for role in self._absent:
            if titles := self.people.titles(role):
                yield (
                    f"Nobody is in {' or '.join(titles)}, so nobody plays {role.replace('-', ' ')}: "
                    "name a lead or members there under 'teams:' in config.yaml."
                )
        roles = [r.replace("-", " ") for r in self._absent if not self.people.teams(r)]
        if roles:
            several = ", ".join(roles[:-1]) + " or " if len(roles) > 1 else ""
            yield (
                f"No team plays {several}{roles[-1]} yet: their cards have no owner, and nobody of "
                "theirs is invited. Name your teams under 'teams:' in config.yaml."
            )

    def leave_out(self, sentence: str) -> None:
        """Say what does not appear, and why."""
        self._left_out[sentence] = None

    def report(self, problems: Iterable[Problem]) -> None:
        """Take up problems; stop at once where there are too many to be read."""
        self.problems += (one for one in problems if one not in self.problems)
        if len(self.problems) >= MOST_PROBLEMS:
            raise Problems(self.problems)

    def problem(self, path: Path, message: str, instead: str = "") -> None:
        """Take up a problem with the playbook's value at the path."""
        self.report([self.playbook.problem(path, message, instead)])

    def place(self, section: str) -> str:
        """Return the integration that holds a section; folders go where documents go."""
        if section not in self._places:
            use = self.config.use
            fallback = use.get("documents", "local") if section == "folders" else "local"
            self._places[section] = use.get(section, fallback)
        return self._places[section]

    def text(self, source: str, path: Path, extra: Extra = NOTHING) -> str:
        """Return a text of the playbook's file with its names filled in."""
        if is_plain(source):
            return source
        line, column = self.playbook.mark(*path)
        several = "\n" in source.rstrip("\n")
        return self._filled(source, extra, self._file, line + several, 1 if several else column)

    def title(self, source: str, path: Path, extra: Extra = NOTHING) -> str:
        """Return a title with its names filled in: one line, never empty."""
        if is_plain(source):
            return source
        known = len(self.problems)
        filled = " ".join(self.text(source, path, extra).split())
        if not filled and len(self.problems) == known:
            words = "This title is empty once it is filled in."
            self.problem(path, words, "Add a word that is always there.")
        return filled[:MOST_TITLE]

    def words(self, source: str, path: Path, address: str, extra: Extra = NOTHING) -> str:
        """Return a text, or the text of the file that is named in its stead, filled in."""
        if source not in self.playbook.texts:
            return self.text(source, path, extra)
        file = f"{self._file.rpartition('/')[0]}/{source}".lstrip("/")
        self.text_files[address] = source
        return self._filled(self.playbook.texts[source], extra, file, 1, 1)

    def _filled(self, source: str, extra: Extra, file: str, line: int, column: int) -> str:
        values = {**self.values, **extra} if extra else self.values
        try:
            return render(source, values, file=file, line=line, column=column, work=self._work)
        except Problems as found:
            self.report(found.problems)
            return ""

    def add(
        self,
        address: str,
        section: str,
        parent: str,
        fields: Mapping[str, Value],
        path: Path,
    ) -> None:
        """Take up an item; in a place other than its parent's, it stands at the top."""
        place = self._places.get(section) or self.place(section)
        holder = self.items.get(parent)
        if holder is None or holder.place != place:
            parent = f"root:{place}"
        if address in self.items:
            words = f"Two things have the address '{address}'."
            self.problem(path, words, "Give one another key.")
        if len(self.items) >= MOST_ITEMS:
            words = f"This asks for more than {MOST_ITEMS:,} things."
            self.problem(path, words, "Give an input fewer lines, or repeat less.")
            raise Problems(self.problems)
        source = f"{self._file}:{self.playbook.mark(*path)[0]}"
        kind = address.rpartition("/")[2].partition(":")[0]
        plain = kind != "row" and not self.playbook.says(*path, "title")
        self.items[address] = Item(
            address, kind, place, parent, fields, source=source, is_plain=plain
        )

    def purpose(self, address: str, said: str, path: Path, extra: Extra = NOTHING) -> None:
        """Note in one line what the thing of this address is for, if the playbook says so."""
        if said and (words := " ".join(self.text(said, (*path, "purpose"), extra).split())):
            self.purposes[address] = words[:MOST_TITLE]

    def each(self, for_each: str | None) -> Iterator[tuple[str, Extra]]:
        """Return the end of the key and the values, for each item that a thing stands for."""
        if for_each is None:
            yield "", NOTHING
            return
        things = self.values.get(for_each)
        for thing in things if isinstance(things, list) else ():
            if isinstance(thing, Titled):
                yield f".{thing['key']}", {"item": thing}

    def is_excluded(self, address: str) -> bool:
        """Say whether the address is in parts that config has not chosen, and in no other."""
        return address in self._excluded

    def begins(self, address: str) -> date:
        """Return the day 1 of an item: that of the nearest part that it is in, else of all."""
        while self._days and address:
            for one in (address, without_item(address)):
                if one in self._days:
                    return self._days[one]
            address = container_of(address)
        return self.start

    def counted(self, address: str, extra: Extra = NOTHING) -> Extra:
        """Return what the texts of an item may name beside all the rest: its own day 1."""
        begins = self.begins(address)
        return extra if begins == self.start else {**extra, "start": say_date(begins)}

    def access(self, share: Mapping[str, Right]) -> dict[str, Value]:
        """Return the field `access`, or nothing where the playbook is silent."""
        if not share:
            return {}
        self.note_absent(share)
        return {"access": self.people.access(share)}

    def note_absent(self, roles: Iterable[str]) -> None:
        """Note which of these roles nobody plays, and who can't be reached."""
        for role in roles:
            players = self.people.players(role)
            if not players:
                self._absent[role] = None
            for key in players:
                if not self.people.mailbox(key):
                    name = self.people.name(key)
                    self.leave_out(f"{name}: no e-mail address, so nothing is shared with them.")

    def former(self, address: str, was: Sequence[str], path: Path) -> None:
        """Take up the addresses that an item had before.

        Of several that name the same former one the first takes its object; the others are made.
        """
        if not was:
            if self.playbook.says(*path, "was"):
                self.fresh.add(address)
            return
        container, _, own = address.rpartition("/")
        kind, _, key = own.partition(":")
        suffix = f".{key.partition('.')[2]}" if "." in key else ""
        for name in was:
            old = name if ":" in name else f"{kind}:{name}{suffix}"
            if container and "/" not in old:
                old = f"{container}/{old}"
            if self.was.setdefault(old, address) != address:
                self.splits[address] = old

    @property
    def asleep(self) -> frozenset[str]:
        """The addresses that are only in parts that config has not chosen."""
        return self._excluded


def _excluded(playbook: Playbook, config: Config) -> frozenset[str]:
    if config.parts is None:
        return frozenset()
    chosen = {one for part in config.parts for one in playbook.parts.get(part.name, ())}
    everything = {one for part in playbook.parts.values() for one in part}
    return frozenset(everything - chosen)


def _own_days(playbook: Playbook, config: Config, start: date) -> dict[str, date]:
    """Return the day 1 of each address in a chosen part, the earliest of several; none at all
    where every part begins with the workspace."""
    found: dict[str, date] = {}
    if not any(part.start for part in config.parts or ()):
        return found
    for part in config.parts or ():
        begins = part.start or start
        for address in playbook.parts.get(part.name, ()):
            found[address] = min(begins, found.get(address, begins))
    return found
