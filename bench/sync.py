"""One sync of the shipped playbook after one edit, beside a naive script that reads everything."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from os import environ
from pathlib import Path

from bench import everyday, peers, vdirsyncer, world
from bench.calls import WrongRunError
from bench.everyday import EDITS, NOTES, TABLE, Edit, Members
from bench.startup import smarketing
from bench.timing import Command, Run, run
from bench.wall import LATENCY
from smarketing.config.chosenparts import next_monday
from smarketing.datafolder import DATA_VARIABLE
from smarketing.sandbox.cast import cast
from smarketing.sandbox.clock import Clock
from smarketing.sandbox.inprocess import InProcess
from smarketing.standin import World
from smarketing.text.wording import plural
from tests.vendors.sandboxes import Vendors

_LONGEST_REST = 5
_WITHOUT_DROP_DOWNS = "google-docs-without-drop-downs"
"""The naive script reads and writes words alone."""


@dataclass(frozen=True, slots=True)
class Took:
    """One run after an edit: what it asked, call by call, and what it took."""

    calls: list[str]
    trello: int
    run: Run


@dataclass(slots=True)
class Ours:
    """What our syncs took, by edit; the calls of each one after it; how many things are in step."""

    took: dict[str, Took] = field(default_factory=dict)
    after: dict[str, int] = field(default_factory=dict)
    items: int = 0


@dataclass(frozen=True, slots=True)
class Site:
    """A workspace of the shipped playbook that was built and is in step, served over HTTP."""

    box: world.Watched
    members: Members
    config: Path
    url: str

    def run(self, command: Command, edit: Callable[[Members], None] = Members.do_nothing) -> Took:
        """Let somebody edit, and run; each reply comes after a while."""
        edit(self.members)
        self.box.arrived.clear()
        self.box.latency = LATENCY
        taken = run(command)
        self.box.latency = 0.0
        made = [(each.method, each.path) for each in self.box.arrived]
        return Took(list(everyday.named(self.members, made)), self.box.to("trello"), taken)

    def ours(self, *words: str) -> Command:
        """Return a command of ours for this workspace."""
        chosen = (smarketing(), *words, "--config", str(self.config))
        return Command(f"smarketing {words[0]}", chosen, self.config.parent)


def table(folder: Path, verbose: bool = False) -> Iterator[str]:
    """Yield the lines of the table; `verbose` tells where each call of ours went."""
    ours, naive = _ours(folder / "ours"), _naive(folder / "naive")
    yield (
        "| between two syncs | lowest | at most | **calls** | of these Trello, Google | seconds "
        "| CPU | the sync after it | naive script | seconds |"
    )
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    for edit in EDITS:
        mine, theirs = ours.took[edit.name], naive[edit.name]
        count = len(mine.calls)
        yield (
            f"| {edit.name} | {edit.lowest} | {edit.most} | **{count}** "
            f"| {mine.trello}, {count - mine.trello} | {mine.run.seconds:.1f} "
            f"| {mine.run.busy:.1f} | {ours.after[edit.name]} "
            f"| {len(theirs.calls)} | {theirs.run.seconds:.1f} |"
        )
    yield ""
    yield _vdirsyncer(folder / "vdirsyncer", ours.items)
    if verbose:
        for name, took in ours.took.items():
            yield from ("", f"Where the calls went, {name}:", "")
            yield from (f"    {call}" for call in took.calls)


def _ours(folder: Path) -> Ours:
    found = Ours()
    with _site(folder) as site:
        sync = site.ours("sync")
        for edit in EDITS:
            found.took[edit.name] = took = site.run(sync, edit.make)
            _hold(site, edit, took)
            found.after[edit.name] = len(site.run(sync).calls)
        found.items = 2 * (len(site.members.google.cells(TABLE)) - 1)
    return found


def _naive(folder: Path) -> dict[str, Took]:
    """Return what the naive script took, in a workspace that ours built and left in step."""
    with _site(folder, _WITHOUT_DROP_DOWNS) as site:
        script = _script(site)
        site.run(script)
        found: dict[str, Took] = {}
        for edit in EDITS:
            found[edit.name] = site.run(script, edit.make)
            _hold(site, edit)
        return found


def _hold(site: Site, edit: Edit, ours: Took | None = None) -> None:
    """Raise WrongRunError unless everything is in step, by few enough calls if it was a run of ours."""
    shown = site.members.shown()
    if len(set(shown)) > 1:
        raise WrongRunError(f"{edit.name}: the places say {shown}")
    if ours and len(ours.calls) > edit.most:
        raise WrongRunError(f"{edit.name}: {len(ours.calls)} calls: {ours.calls}")


def _script(site: Site) -> Command:
    """Return the naive script, with the ids in its settings that a person would paste there."""
    google, vendors = site.members.google, site.members.vendors
    settings = {
        "endpoint": site.url,
        "board": site.members.trello.card(everyday.CARD)["idBoard"],
        "sheet": google.file(TABLE),
        "document": google.file(NOTES),
        "calendar": site.members.calendar(),
        "trello": vendors.account("trello"),
        "google": vendors.account("google"),
    }
    path = site.config.with_name("settings.json")
    path.write_text(json.dumps(settings), "utf-8")
    return Command("naive sync", (sys.executable, "-m", "bench.naivesync", str(path)), peers.ROOT)


@contextmanager
def _site(folder: Path, *switches: str) -> Iterator[Site]:
    clock = Clock()
    box = world.Watched(World(clock.now, cast(), frozenset(switches)), clock)
    with world.served(box) as url:
        members = Members(Vendors(box, clock, InProcess(box.answer)))
        company = world.company(folder, box, url)
        config = everyday.config(company, next_monday(date.today()))
        environ[DATA_VARIABLE] = str(company.data)
        site = Site(box, members, config, url)
        run(site.ours("apply", "--yes"))
        members.join()
        run(site.ours("apply", "--yes"))
        _rest(site)
        yield site


def _rest(site: Site) -> None:
    """Sync until one finds nothing to look at."""
    for _ in range(_LONGEST_REST):
        site.box.arrived.clear()
        run(site.ours("sync"))
        if len(site.box.arrived) == EDITS[0].lowest:
            return
    raise WrongRunError(f"it does not come to rest: {site.box.arrived}")


def _vdirsyncer(folder: Path, items: int) -> str:
    theirs = vdirsyncer.idle(folder, 1, items)
    if theirs is None:
        return "vdirsyncer could not be installed here."
    return (
        f"{theirs.version}, nothing changed, one calendar of {items} tasks on a CalDAV server: "
        f"{plural(theirs.calls, 'call', 'calls')}, {theirs.taken.seconds:.1f} s without latency."
    )
