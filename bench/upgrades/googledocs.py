"""The upgrades on Google Docs: whole runs against the stand-in, with members' comments in the text."""

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.company import Company
from bench.upgrades.atoms import shown
from bench.upgrades.lived_in import Edit, edits
from bench.upgrades.markdown import SHARES
from bench.upgrades.measure import Figures, figures, lived_in, upgraded
from bench.upgrades.scripts import UPGRADES
from smarketing.integrations.google.sandbox.docs.document import Doc
from smarketing.integrations.google.sandbox.google import Google
from smarketing.sandbox.cast import ROBOT, cast, named
from smarketing.sandbox.clock import Clock, standing
from smarketing.sandbox.found import stand_ins
from smarketing.sandbox.sandbox import Sandbox
from smarketing.standin import World

COMMENTS = 3
_LINK = re.compile(r"\[([^\]]*)\]\(link:[^)]*\)")
_APART = re.compile(r"[\x00-\x1f\ue000-\uf8ff]+")
_NOTE = re.compile(r"^(?:Suggested |Use it or delete|Delete it or)")
_ROBOT_ROLES = {"roles": {"sales": "optional"}}


class Team:
    """A team with the three documents in Google, and a member who edits them by hand."""

    def __init__(self, folder: Path, bodies: Mapping[str, str]) -> None:
        clock: Clock = standing()
        world = World(clock.now, cast())
        self.box = Sandbox(world, stand_ins(("google",), world), None, clock)
        folder.mkdir(parents=True)
        self.clock, self.company = clock, Company(folder, self.box, clock)
        self.folder, self.bodies = folder, dict(bodies)
        config = {
            "id": "k3v9-7q2m-x4dt",
            "workspace": "Acme",
            "playbook": "./playbook",
            "start": "2026-12-07",
            "use": {"documents": "google"},
            "integrations": self.company.integrations(),
        }
        self.config = folder / "config.yaml"
        self.config.write_text(json.dumps(config), encoding="utf-8")
        self.write()

    def write(self) -> None:
        """Write the playbook as it now is."""
        documents: dict[str, Any] = {
            name: {"title": name, "text": f"documents/{name}.md"} for name in self.bodies
        }
        data = {"playbook": "three", "title": "Three", **_ROBOT_ROLES, "documents": documents}
        home = self.folder / "playbook"
        (home / "documents").mkdir(parents=True, exist_ok=True)
        (home / "playbook.yaml").write_text(json.dumps(data), encoding="utf-8")
        for name, body in self.bodies.items():
            (home / "documents" / f"{name}.md").write_text(body, encoding="utf-8")

    def apply(self) -> Sequence[str]:
        """Run once; return what it shows as suggestions."""
        self.clock.move(60)
        recap = self.company.apply(self.config)
        assert not recap.failed, recap.failed
        return [conflict.yields for conflict in recap.plan.conflicts]

    def document(self, name: str) -> Doc:
        """Return a document as the stand-in keeps it."""
        (google,) = self.box.stand_ins
        assert isinstance(google, Google)
        (file,) = [file for file in google.store.files.values() if file.name == name]
        assert isinstance(file.content, Doc)
        return file.content

    def edit(self, name: str, made: Sequence[Edit]) -> None:
        """Let a member do edits by hand."""
        doc = self.document(name)
        for edit in made:
            if edit.delete:
                doc.member_deletes(edit.find)
            else:
                doc.member_types(edit.find, edit.typed or edit.insert)
        self._touched(name)

    def comment(self, name: str, places: Sequence[str]) -> Sequence[str]:
        """Let a member comment on words; return the ids."""
        doc = self.document(name)
        keys = [doc.member_comments(place, "Really?") for place in places]
        self._touched(name)
        return keys

    def _touched(self, name: str) -> None:
        (google,) = self.box.stand_ins
        assert isinstance(google, Google)
        (file,) = [file for file in google.store.files.values() if file.name == name]
        google.store.touched(file, named(self.box.world.people, ROBOT))


def on_google_docs(
    folder: Path, bodies: Mapping[str, str], every: int = 1
) -> Iterator[tuple[float, str, Figures]]:
    """Yield the figures of each upgrade at each degree of editing, or of `every` few of them."""
    plain = {name: _LINK.sub(r"\1", body) for name, body in bodies.items()}
    cases = [(each, share) for each in enumerate(UPGRADES.items()) for share in SHARES]
    for (number, (name, upgrade)), share in cases[every - 1 :: every]:
        seed = 1_000 * number + round(100 * share)
        found = one_team(folder / f"{number}-{share}", plain, upgrade, share, seed)
        yield share, name, found


def one_team(
    folder: Path,
    bodies: Mapping[str, str],
    upgrade: Mapping[str, Mapping[str, str]],
    share: float,
    seed: int,
) -> Figures:
    """Build, let members edit and comment, upgrade, and compare all documents of the upgrade."""
    team = Team(folder, {name: bodies[name] for name in upgrade})
    team.apply()
    made = {name: edits(bodies[name], share, seed + at) for at, name in enumerate(sorted(upgrade))}
    comments: dict[str, Mapping[str, str]] = {}
    for name, each in made.items():
        team.edit(name, each)
        places = _quiet_places(bodies[name], upgrade[name], each, random.Random(seed))
        comments[name] = dict(zip(team.comment(name, places), places, strict=True))
    team.apply()
    for name, changes in upgrade.items():
        team.bodies[name] = upgraded(bodies[name], changes)
    team.write()
    noted = "\n".join(team.apply())
    total = Figures()
    for name in upgrade:
        doc = team.document(name)
        text = "\n".join(line for line in _APART.split(doc.text()) if not _NOTE.match(line))
        total += figures(bodies[name], upgrade[name], made[name], text, noted)
        there = {each.key: each.text for each in doc.comments()}
        kept = sum(there.get(key) == words for key, words in comments[name].items())
        total += Figures(comments=len(comments[name]), comments_lost=len(comments[name]) - kept)
    return total


def _quiet_places(
    body: str, upgrade: Mapping[str, str], made: Sequence[Edit], chance: random.Random
) -> Sequence[str]:
    """Return words in lines that nobody changes, each of which stands there once."""
    busy = {edit.line for edit in made}
    newer, ours = upgraded(body, upgrade), lived_in(body, made)
    lines = [
        line
        for number, line in enumerate(body.splitlines())
        if number not in busy and line in newer and line in ours and not line.startswith(("|", "#"))
    ]
    words = [re.findall(r"[a-z']+ [a-z']+ [a-z']+", shown(line)) for line in lines]
    places = sorted({place for found in words for place in found if body.count(place) == 1})
    return chance.sample(places, min(COMMENTS, len(places)))
