"""Checks that the people, teams and settings of a config fit together."""

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from smarketing.config.config import Config
from smarketing.installed import installed
from smarketing.kinds import KINDS
from smarketing.problems import Problem
from smarketing.text.suggestion import did_you_mean
from smarketing.yamlfiles.datapath import Path_, value_at

_DOMAIN = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+", re.IGNORECASE)
_SERVER = re.compile(r"(?:https?|smtps?)://[^\s/@?#]+(?:/[^\s?#]*)?", re.IGNORECASE)
_SECTIONS = tuple(dict.fromkeys(kind.section for kind in KINDS.values() if kind.section))


def roster_problems(config: Config, data: Any) -> Iterator[Problem]:
    """Return a problem for each thing in a config that does not fit the rest.

    Names are looked up in `data`, as written, so that one mistake is told once.
    """
    people = value_at(data, ("people",))
    known: Collection[str] = people.keys() if isinstance(people, dict) else ()
    yield from _settings(config)
    yield from _tools(config)
    yield from _endpoints(config)
    yield from _same_mail(config)
    yield from _successors(config, known)
    yield from _strangers(config, known)
    yield from _teams(config, known)
    for role, person in config.owners.items():
        yield from _present(config, ("owners", role), person, known, "owner")


def _settings(config: Config) -> Iterator[Problem]:
    zones = _zones()
    if config.timezone not in zones:
        words = f"There is no time zone '{config.timezone[:60]}'."
        yield config.problem(("timezone",), words, _zone_like(config.timezone, zones))
    for number, domain in enumerate(config.domains):
        if not _DOMAIN.fullmatch(domain):
            words = f"'{domain[:60]}' is not a domain."
            yield config.problem(("domains", number), words, "Write it as acme.example.")
    for section in config.use:
        if section not in _SECTIONS:
            words = f"'{section}' is no section of a playbook."
            yield config.key_problem(("use", section), words, did_you_mean(section, _SECTIONS))


def _tools(config: Config) -> Iterator[Problem]:
    there = sorted(installed())
    for section, tool in config.use.items():
        if tool not in there:
            words = f"There is no integration called '{tool}'."
            yield config.problem(("use", section), words, did_you_mean(tool, there))
    for tool in config.integrations:
        if tool not in there:
            words = f"There is no integration called '{tool}'."
            yield config.key_problem(("integrations", tool), words, did_you_mean(tool, there))


def _endpoints(config: Config) -> Iterator[Problem]:
    for name, settings in config.integrations.items():
        endpoint = settings.get("endpoint")
        if endpoint is None:
            continue
        at = ("integrations", name, "endpoint")
        if not _SERVER.fullmatch(str(endpoint)):
            words = f"'{str(endpoint)[:60]}' is not the address of a server."
            yield config.problem(
                at, words, "Write it as https://tool.acme.example (smtps:// for mail)."
            )


def _same_mail(config: Config) -> Iterator[Problem]:
    """Yield a problem for each who has the mailbox of another: a person is their address."""
    first: dict[str, str] = {}
    for key, person in config.people.items():
        if person.mail is None:
            continue
        other = first.setdefault(person.mail.lower(), key)
        if other != key:
            words = f"'{key}' has the same e-mail address as '{other}'."
            instead = "Give each their own; who is one person stands here once."
            yield config.problem(("people", key), words, instead)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone_like(name: str, zones: Collection[str]) -> str:
    city = name.strip().replace(" ", "_").rpartition("/")[2].lower()
    same_city = sorted(zone for zone in zones if zone.rpartition("/")[2].lower() == city)
    if same_city and city:
        return f"Did you mean '{same_city[0]}'?"
    return did_you_mean(name, sorted(zones)) or "Write a city, as in Europe/London."


def _successors(config: Config, known: Collection[str]) -> Iterator[Problem]:
    for key, person in config.people.items():
        if person.work_to is None:
            continue
        at = ("people", key, "work-to")
        if person.work_to == key:
            yield config.problem(at, f"'{key}' can't take over their own work.", "Name another.")
        elif person.work_to not in known:
            yield _nobody(config, at, person.work_to, known)
        elif person.left and key in config.people and successor(config, key) is None:
            words = "Everybody who would take over this work has left, too."
            yield config.problem(at, words, "Name somebody who is there.")


def successor(config: Config, key: str) -> str | None:
    """Return who does this person's work now: themselves, or the next who is there."""
    seen: set[str] = set()
    here: str | None = key
    while here is not None and here in config.people and here not in seen:
        if config.people[here].left is None:
            return here
        seen.add(here)
        here = config.people[here].work_to
    return None


def _strangers(config: Config, known: Collection[str]) -> Iterator[Problem]:
    guests = {guest.lower() for guest in config.guests}
    for number, guest in enumerate(config.guests):
        if "@" not in guest and guest not in known:
            yield _nobody(config, ("guests", number), guest, known)
    if not all(_DOMAIN.fullmatch(domain) for domain in config.domains):
        return
    domains = tuple(domain.lower() for domain in config.domains)
    for key, person in config.people.items():
        if not domains or person.mail is None or person.left is not None:
            continue
        home = person.mail.rpartition("@")[2].lower()
        if home not in domains and not guests & {key, person.mail.lower()}:
            words = f"'{key}' is from outside your domains ({', '.join(domains)[:100]})."
            instead = f"If that is meant, add '{key}' to the list under 'guests:'."
            yield config.problem(("people", key), words, instead)


def _teams(config: Config, known: Collection[str]) -> Iterator[Problem]:
    for key, team in config.teams.items():
        if team.lead is not None:
            yield from _present(config, ("teams", key, "lead"), team.lead, known, "lead")
        for number, member in enumerate(team.members):
            if member not in known:
                yield _nobody(config, ("teams", key, "members", number), member, known)
        for former in team.was:
            if former in config.teams and former != key:
                words = f"The team '{former}' is still here, so no other can have been it."
                yield config.problem(("teams", key, "was"), words, "Delete one of the two.")


def _present(
    config: Config, at: Path_, person: str, known: Collection[str], what: str
) -> Iterator[Problem]:
    if person not in known:
        yield _nobody(config, at, person, known)
        return
    if person in config.people and successor(config, person) is None:
        words = f"The {what} '{person}' has left, and nobody takes over."
        instead = f"Name another {what}, or add 'work-to:' to '{person}' under 'people'."
        yield config.problem(at, words, instead)


def _nobody(config: Config, at: Path_, person: str, known: Collection[str]) -> Problem:
    words = f"There is nobody called '{person[:60]}' under 'people'."
    return config.problem(at, words, did_you_mean(person, known))
