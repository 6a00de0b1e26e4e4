"""Who is in which team, and who takes over from whoever is no longer there. Pure."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from smarketing.kinds import Value
from smarketing.text.mentions import FORGOTTEN

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

    `left` are the names of those who are no longer there, by key. `heirs` maps the key of who has
    left to the key of who takes over, as config names them, or as the last `apply` found them.
    `was` maps former keys to present ones.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    mailboxes: frozenset[str] = frozenset()
    teams: Mapping[str, Team] = field(default_factory=dict)
    heirs: Mapping[str, str] = field(default_factory=dict)
    left: Mapping[str, str] = field(default_factory=dict)
    was: Mapping[str, str] = field(default_factory=dict)


def roster_fact(roster: Roster, former: Roster) -> str:
    """Return what state keeps: who is there and was, by name, who took over from whom, and who is
    in which team."""
    teams = {
        key: {"title": team.title, "plays": list(team.plays), "people": list(team.people)}
        for key, team in roster.teams.items()
    }
    here, gone = dict(roster.people), _gone(former, roster)
    if not (teams or here or gone):
        return ""
    took = {key: heir for key in gone if (heir := _heir(key, former, roster))}
    said = {"people": here, "left": gone, "heirs": took, "teams": teams}
    return json.dumps(said, sort_keys=True)


def former_roster(fact: str) -> Roster:
    """Return the roster that state kept."""
    said: dict[str, Any] = json.loads(fact) if fact else {}
    teams = {
        key: Team(team["title"], tuple(team["plays"]), tuple(team["people"]))
        for key, team in said.get("teams", {}).items()
    }
    left, took = said.get("left", {}), said.get("heirs", {})
    return Roster(said.get("people", {}), teams=teams, heirs=took, left=left)


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

    It is whom config names, else the lead of a team that they are or were in, else who had it
    last, else any lead; "" where there is none.
    """
    gone = _gone(former, now)
    return {name: now.people.get(_heir(key, former, now), "") for key, name in gone.items()}


def settled_heirs(former: Roster, now: Roster) -> dict[str, str]:
    """Return the same for those alone whom the last `apply` found to have left: who leaves by a
    newer config leaves with the next one."""
    found = heirs(former, now)
    left = set(former.left.values()) - {FORGOTTEN}
    return {name: heir for name, heir in found.items() if name in left}


def once_there(former: Roster, now: Roster) -> dict[str, str]:
    """Return the names of all who are no longer there and were not forgotten, by key."""
    return {key: name for key, name in _gone(former, now).items() if name != FORGOTTEN}


def _gone(former: Roster, now: Roster) -> dict[str, str]:
    known = {**former.left, **former.people, **now.left}
    return {key: name for key, name in known.items() if _is_gone(key, name, now)}


def _heir(key: str, former: Roster, now: Roster) -> str:
    """Return the key of who has the open work of somebody who has left, "" for nobody."""
    if named := now.heirs.get(key, ""):
        return named
    last = former.heirs.get(key, "")
    anybody = [team.lead for team in now.teams.values()]
    known = (*_leads(key, former, now), now.was.get(last, last), *anybody)
    return next((each for each in known if each in now.people), "")


def _is_gone(key: str, name: str, now: Roster) -> bool:
    return now.was.get(key, key) not in now.people and name not in now.people.values()


def _leads(key: str, former: Roster, now: Roster) -> list[str]:
    """Return who leads the teams that somebody is or was in when a run last looked."""
    mine = [team for team in now.teams.values() if key in team.people]
    mine += [
        team
        for old, was in former.teams.items()
        if key in was.people
        for name, team in now.teams.items()
        if name == old or old in team.was
    ]
    return [team.lead for team in mine]
