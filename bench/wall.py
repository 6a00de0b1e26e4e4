"""How long the first apply of W1 takes over HTTP, beside the naive script and Ansible."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench import calls, world
from bench.startup import smarketing
from bench.timing import Command, Run, run
from bench.world import Watched
from smarketing.datafolder import DATA_VARIABLE
from smarketing.sandbox.cast import ROBOT, named
from smarketing.sandbox.clock import Clock

LATENCY = 0.1
"""Seconds that each reply takes."""

PER_WINDOW, WINDOW = 100, 10.0
"""What Trello allows one token."""

ANSIBLE_CARDS = 10
"""How many of the cards Ansible makes, and none of their checklists: it is slow."""

Words = tuple[str, ...]

OURS, NAIVE, ANSIBLE = "smarketing apply", "naive script", "Ansible `uri`"


@dataclass(frozen=True, slots=True)
class Taken:
    """One run against a sandbox of its own: its time, and the calls that the sandbox saw."""

    run: Run
    trello: int
    google: int
    refused: int

    @property
    def calls(self) -> int:
        return self.trello + self.google


def table(folder: Path, peers: Path) -> Iterator[str]:
    """Yield the lines of the table."""
    yield (
        "| first apply of W1, 100 ms for each reply | seconds | calls to Trello, Google "
        "| refused as too fast | allowed by Trello | of that | a call |"
    )
    yield "|---|--:|--:|--:|--:|--:|--:|"
    taken: dict[str, Taken] = {}
    for name, words in _commands(peers).items():
        taken[name] = _taken(name, folder / str(len(taken)), words)
        yield _line(name, taken[name])
    ours = taken[OURS].run.seconds
    yield ""
    yield f"The naive script took {taken[NAIVE].run.seconds / ours:.1f} times as long as ours."
    if ANSIBLE in taken:
        each = {name: one.run.seconds / one.calls for name, one in taken.items()}
        yield (
            f"Ansible took {each[ANSIBLE] / each[OURS]:.1f} times as long as ours for each call "
            f"(the board, its lists, its labels and {ANSIBLE_CARDS} cards alone)."
        )


def allowed(count: int) -> float:
    """Return the seconds in which Trello lets so many calls through, all windows full."""
    return (count - 1) // PER_WINDOW * WINDOW + LATENCY


def _commands(peers: Path) -> Mapping[str, Callable[[str, Path, Watched], Words]]:
    """Return for each tool how it is run on a sandbox, given its address and the folder."""

    def ours(_: str, folder: Path, __: Watched) -> Words:
        return (smarketing(), "apply", "--yes", "--config", str(folder / "config-1.yaml"))

    def naive(url: str, folder: Path, _: Watched) -> Words:
        return calls.naive(url, folder)

    def ansible(url: str, folder: Path, box: Watched) -> Words:
        given = folder / "given.json"
        given.write_text(json.dumps(_subset(url, folder, box)), "utf-8")
        playbook = str(Path(__file__).parent / "ansible" / "board.yml")
        return (str(peers / "ansible-playbook"), "-i", "localhost,", "-c", "local", "-e",
                f"@{given}", "-e", f"ansible_python_interpreter={peers / 'python'}", playbook)  # fmt: skip

    some = {OURS: ours, NAIVE: naive}
    return some if os.name == "nt" else {**some, ANSIBLE: ansible}  # it does not run on Windows


def _subset(url: str, folder: Path, box: Watched) -> Mapping[str, object]:
    """Return the part of W1's board that Ansible makes, and how it gets in."""
    [board] = json.loads((folder / "playbook" / "playbook.yaml").read_text("utf-8"))[
        "boards"
    ].values()
    board["cards"] = dict(list(board["cards"].items())[:ANSIBLE_CARDS])
    [trello] = [each for each in box.stand_ins if each.name == "trello"]
    return {"endpoint": url, "board": board, **trello.account(named(box.world.people, ROBOT))}


def _taken(name: str, folder: Path, words: Callable[[str, Path, Watched], Words]) -> Taken:
    box = world.sandbox(Clock())
    box.latency = LATENCY
    with world.served(box) as url:
        company = world.company(folder, box, url)
        world.config(company)
        os.environ[DATA_VARIABLE] = str(company.data)
        took = run(Command(name, words(url, folder, box), Path(__file__).parent.parent))
    return Taken(took, box.to("trello"), box.to("google"), box.refused)


def _line(name: str, taken: Taken) -> str:
    least, seconds = allowed(taken.trello), taken.run.seconds
    # What fits into one window is not held back by it.
    bound = (f"{least:.1f} s", f"{seconds / least:.2f}") if least > WINDOW else ("–", "–")
    return (
        f"| {name} | {seconds:.1f} | {taken.trello}, {taken.google} | {taken.refused} "
        f"| {' | '.join(bound)} | {seconds / taken.calls * 1000:.0f} ms |"
    )
