"""Who is in which team, and who takes over from whoever is no longer there. Pure."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from smarketing.kinds import Value

ROSTER = "roster"
"""The name of the fact in which state keeps who was in which team."""


@dataclass(frozen=True, slots=True)
class Team:
    """A team: its title, the roles it plays, the keys of its people (the lead first) and of the
    teams that it was. `is_new` says that config says it was none, `source` is file:line."""

    title: str
    plays: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    lead: str = ""
    is_new: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is there by key, the mailbox of each who has one, and the teams by key.

    `left` are the names of those who are no longer there. `heirs` maps the key of who has left
    to the key of whom config names to take over. `was` maps former keys to present ones.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    mailboxes: frozenset[str] = frozenset()
    teams: Mapping[str, Team] = field(default_factory=dict)
    heirs: Mapping[str, str] = field(default_factory=dict)
    left: Mapping[str, str] = field(default_factory=dict)
    was: Mapping[str, str] = field(default_factory=dict)


def roster_fact(roster: Roster, former: Roster) -> str:
    """Return what state keeps: who is there and was, by name, and who is in which team."""
    teams = {
        key: {"title": team.title, "plays": list(team.plays), "people": list(team.people)}
        for key, team in roster.teams.items()
    }
    here, known = dict(roster.people), {**former.left, **former.people, **roster.left}
    gone = {key: name for key, name in known.items() if _is_gone(key, name, roster)}
    if not (teams or here or gone):
        return ""
    return json.dumps({"people": here, "left": gone, "teams": teams}, sort_keys=True)


def former_roster(fact: str) -> Roster:
    """Return the roster that state kept."""
    said: dict[str, Any] = json.loads(fact) if fact else {}
    teams = {
        key: Team(team["title"], tuple(team["plays"]), tuple(team["people"]))
        for key, team in said.get("teams", {}).items()
    }
    return Roster(said.get("people", {}), teams=teams, left=said.get("left", {}))


def renamed_people(former: Roster, now: Roster) -> dict[str, str]:
    """Return the present name of each who is there under another one."""
    names: dict[str, str] = {}
    for key, name in former.people.items():
        present = now.people.get(now.was.get(key, key), name)
        if present != name and name not in now.people.values():
            names[name] = present
    return names


def leavers(former: Roster, now: Roster) -> frozenset[str]:
    """Return the names of those who have left since."""
    return frozenset(name for key, name in former.people.items() if _is_gone(key, name, now))


def named_in(value: Value, people: Collection[str]) -> frozenset[str]:
    """Return which of these people a value names, be it a name, a set, cells or a whole text."""
    many = value.values() if isinstance(value, Mapping) else value
    text = (
        "\n".join(many) if isinstance(many, Iterable) and not isinstance(many, str) else str(many)
    )
    return frozenset(n for n in people if re.search(rf"(?<!\w){re.escape(n)}(?!\w)", text))


def heirs(former: Roster, now: Roster) -> dict[str, str]:
    """Return, by the name of each who is no longer there, the name of who has their open work.

    It is whom config names, else the lead of a team that they are or were in, else any lead;
    "" where there is none.
    """
    known = {**former.left, **former.people, **now.left}
    gone = {key: name for key, name in known.items() if _is_gone(key, name, now)}
    return {
        name: now.people.get(now.heirs.get(key, "") or _lead_for(key, former, now), "")
        for key, name in gone.items()
    }


def _is_gone(key: str, name: str, now: Roster) -> bool:
    return now.was.get(key, key) not in now.people and name not in now.people.values()


def _lead_for(key: str, former: Roster, now: Roster) -> str:
    mine = [team for team in now.teams.values() if key in team.people]
    mine += [
        team
        for old, was in former.teams.items()
        if key in was.people
        for name, team in now.teams.items()
        if name == old or old in team.was
    ]
    leads = [team.lead for team in (*mine, *now.teams.values())]
    return next((lead for lead in leads if lead in now.people), "")
