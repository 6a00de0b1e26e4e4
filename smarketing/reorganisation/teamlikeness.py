"""A team of config that may only have got another key: a person decides. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from smarketing.config.handover import Roster, Team
from smarketing.reorganisation.likeness import Proposal

TEAM = "team:"
"""Stands before the key of a team, where things have their kind."""


def team_proposals(former: Roster, now: Roster) -> tuple[Proposal, ...]:
    """Return the teams that appeared and look like one that vanished.

    The evidence is the people: the same, or at least half of them; else the roles it plays. One
    that vanished may have been split, so several may look like it.
    """
    claimed = {old for team in now.teams.values() for old in team.was}
    olds = {k: t for k, t in former.teams.items() if k not in now.teams and k not in claimed}
    return tuple(_proposals(olds, former, now)) if olds else ()


def undecided_teams(now: Roster, former: Roster, found: Sequence[Proposal]) -> Roster:
    """Return the roster in which each undecided team goes on under the key and title that it had."""
    held = {_key(each.address): _key(each.former) for each in found}
    teams: dict[str, Team] = {}
    for key, team in now.teams.items():
        old = held.get(key, key)
        if old != key:
            team = replace(team, title=former.teams[old].title)
        if old in teams:
            team = _both(teams[old], team)
        teams[old] = team
    return replace(now, teams=teams) if held else now


def _proposals(olds: Mapping[str, Team], former: Roster, now: Roster) -> Iterator[Proposal]:
    for key, team in now.teams.items():
        if key in former.teams or team.was or team.is_new:
            continue
        likeness = {old: _likeness(each, team, now) for old, each in olds.items()}
        old = max(likeness, key=lambda each: likeness[each])
        if any(likeness[old]):
            yield _proposal(key, team, old, olds[old])


def _likeness(old: Team, new: Team, now: Roster) -> tuple[float, bool]:
    before = {now.was.get(one, one) for one in old.people}
    both, all_ = before & {*new.people}, before | {*new.people}
    share = len(both) / len(all_) if all_ else 0.0
    return share if share >= 0.5 else 0.0, bool(old.plays) and set(old.plays) == set(new.plays)


def _proposal(key: str, team: Team, old: str, former: Team) -> Proposal:
    write, if_new = (f"write `was: {said}` at this team" for said in (old, "[]"))
    address, was = f"{TEAM}{key}", f"{TEAM}{old}"
    return Proposal(address, was, team.title, former.title, team.source, write, if_new)


def _both(one: Team, other: Team) -> Team:
    people = tuple(dict.fromkeys((*one.people, *other.people)))
    plays = tuple(dict.fromkeys((*one.plays, *other.plays)))
    return replace(one, people=people, plays=plays)


def _key(address: str) -> str:
    return address.removeprefix(TEAM)
