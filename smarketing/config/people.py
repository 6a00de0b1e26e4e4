"""Who plays which role, as config says: leads, members, who has left and who took over."""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Literal

from smarketing.calendar.rotation import Away, Rota
from smarketing.config.config import Config
from smarketing.config.handover import Roster, Team
from smarketing.config.roster import successor

Right = Literal["edit", "comment", "view"]
_RIGHTS: tuple[Right, ...] = ("view", "comment", "edit")


class People:
    """The people of a config, seen by the roles of a playbook. Names are keys of `people:`."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._teams: dict[str, tuple[str, ...]] = {}
        self._leads: dict[str, str | None] = {}
        self._players: dict[str, tuple[str, ...]] = {}

    @cached_property
    def here(self) -> Mapping[str, str]:
        """The names of the people who have not left, by key."""
        people = self._config.people.items()
        return {key: person.name for key, person in people if person.left is None}

    @cached_property
    def successors(self) -> Mapping[str, str]:
        """The name of who left, and the name of who has their work now."""
        found: dict[str, str] = {}
        for key, person in self._config.people.items():
            heir = None if person.left is None else successor(self._config, key)
            if heir is not None:
                found[person.name] = self.name(heir)
        return found

    @cached_property
    def roster(self) -> Roster:
        """Who is in which team, and who takes over from whom."""
        config = self._config
        left = {key: one.name for key, one in config.people.items() if one.left is not None}
        here = {mailbox for key in self.here if (mailbox := self.mailbox(key))}
        return Roster(
            people=dict(self.here),
            mailboxes=frozenset(here) | frozenset(self.groups),
            teams={key: self._team(key) for key in config.teams},
            heirs={key: heir for key in left if (heir := successor(config, key))},
            left=left,
            was={old: key for key, one in config.people.items() for old in one.was},
        )

    def _team(self, key: str) -> Team:
        team = self._config.teams[key]
        people = tuple(dict.fromkeys(one for one in (team.lead, *team.members) if one))
        lead = successor(self._config, team.lead) if team.lead else None
        is_new = "was" in team.model_fields_set and not team.was
        at = self._config.key_problem(("teams", key), "")
        source = f"{at.file}:{at.line}"
        return Team(team.title, team.plays, people, team.was, lead or "", is_new, source)

    @cached_property
    def groups(self) -> Mapping[str, frozenset[str]]:
        """The mailboxes of everybody in a team, by the mailbox of the team's group."""
        return {
            f"{team.title} <{team.group}>": frozenset(
                mailbox
                for member in dict.fromkeys((team.lead, *team.members))
                if member and member in self.here and (mailbox := self.mailbox(member))
            )
            for team in self._config.teams.values()
            if team.group
        }

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Who is who by e-mail address: people, those who have left included, and groups."""
        people = {p.mail: p.name for p in self._config.people.values() if p.mail}
        teams = {team.group: team.title for team in self._config.teams.values() if team.group}
        return {**people, **teams}

    def name(self, key: str) -> str:
        """Return a person's name as it is shown: Ana Silva."""
        return self._config.people[key].name

    def mailbox(self, key: str) -> str:
        """Return `Ana Silva <ana@acme.example>`, or "" for somebody without an address."""
        person = self._config.people[key]
        return f"{person.name} <{person.mail}>" if person.mail else ""

    def teams(self, role: str) -> tuple[str, ...]:
        """Return the keys of the teams that play a role, in the order of config."""
        if role not in self._teams:
            plays = self._config.teams.items()
            self._teams[role] = tuple(key for key, team in plays if role in team.plays)
        return self._teams[role]

    def titles(self, role: str) -> list[str]:
        """Return the titles of the teams that play a role."""
        return [self._config.teams[key].title for key in self.teams(role)]

    def lead(self, role: str) -> str | None:
        """Return who leads a role: who owns it by `owners:`, else the lead of its first team."""
        if role not in self._leads:
            self._leads[role] = self._lead(role)
        return self._leads[role]

    def _lead(self, role: str) -> str | None:
        named = [self._config.owners.get(role)]
        named += [self._config.teams[team].lead for team in self.teams(role)]
        for key in named:
            present = successor(self._config, key) if key else None
            if present is not None:
                return present
        return None

    def players(self, role: str) -> tuple[str, ...]:
        """Return everybody who plays a role and has not left, leads before members."""
        if role not in self._players:
            self._players[role] = self._everybody(role)
        return self._players[role]

    def _everybody(self, role: str) -> tuple[str, ...]:
        teams = [self._config.teams[key] for key in self.teams(role)]
        leads = [self.lead(role), *(successor(self._config, t.lead) for t in teams if t.lead)]
        members = [key for team in teams for key in team.members if key in self.here]
        return tuple(dict.fromkeys(key for key in (*leads, *members) if key))

    def mailboxes(self, roles: Iterable[str]) -> frozenset[str]:
        """Return the mailboxes of everybody who plays one of the roles."""
        found = {self.mailbox(key) for role in roles for key in self.players(role)}
        return frozenset(found - {""})

    def rota(self, role: str, without: Iterable[str]) -> Rota:
        """Return who takes turns for a role, by mailbox, leads first, without who plays others."""
        others = {key for other in without for key in self.players(other)}
        people = {
            mailbox: self._config.people[key].away
            for key in self.players(role)
            if key not in others and (mailbox := self.mailbox(key))
        }
        return Rota(tuple(people), {who: away for who, away in people.items() if away})

    def away(self, roles: Iterable[str]) -> dict[str, Collection[Away]]:
        """Return when those who play one of the roles are away, by name."""
        people = self._config.people
        keys = dict.fromkeys(key for role in roles for key in self.players(role))
        return {self.name(key): people[key].away for key in keys if people[key].away}

    def access(self, share: Mapping[str, Right]) -> dict[str, str]:
        """Return the right of each mailbox; who plays two roles has the stronger one."""
        rights: dict[str, Right] = {}
        for role, right in share.items():
            for mailbox in sorted(self.mailboxes([role])):
                stronger = max(right, rights.get(mailbox, "view"), key=_RIGHTS.index)
                rights[mailbox] = stronger
        return dict(rights)
