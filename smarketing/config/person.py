"""Who is meant by a key, a name or a mail address, and how texts name them."""

from dataclasses import replace

from smarketing.address import is_key
from smarketing.config.config import Config, person_form
from smarketing.problems import UserError
from smarketing.text.mentions import Who
from smarketing.text.suggestion import did_you_mean


def key_in(config: Config, said: str) -> str | None:
    """Return the key of the person in `people:` who is meant, None for nobody there."""
    if said in config.people:
        return said
    who = _written(said)
    found = [
        key
        for key, person in config.people.items()
        if (not who.name or who.name == person.name)
        and (not who.mail or who.mail.lower() == (person.mail or "").lower())
    ]
    if len(found) > 1:
        raise UserError(f"That could be {' or '.join(found)}. Name one of these keys.")
    return found[0] if found else None


def who_of(config: Config, key: str) -> Who:
    """Return how texts name a person of the config."""
    person = config.people[key]
    return among(Who(person.name, person.mail or ""), config, key)


def who_else(config: Config, said: str) -> Who:
    """Return how texts name somebody who is not in the config any more."""
    if is_key(said):
        known = did_you_mean(said, config.people)
        raise UserError(
            f"There is nobody called '{said}' under 'people:'. {known or ''} If the entry is gone "
            'already, give name and mail: smarketing forget "Ana Silva <ana@acme.example>"'
        )
    return among(_written(said), config, None)


def among(who: Who, config: Config, key: str | None) -> Who:
    """Return who is meant, told from the other people of the config."""
    others: list[str] = []
    for other, person in config.people.items():
        if other == key:
            continue
        if person.name == who.name:
            who = replace(who, name="")
        if who.mail and (person.mail or "").lower() == who.mail.lower():
            who = replace(who, mail="")
        others += [text for text in (person.name, person.mail or "") if who.times(text)]
    if not who.name and not who.mail:
        raise UserError("Somebody else here has the same name, and there is no address to go by.")
    return replace(who, others=tuple(others))


def _written(said: str) -> Who:
    try:
        form = person_form(said)
    except ValueError:
        form = {"name": "", "mail": said.strip()}
    return Who(form["name"].strip(), form.get("mail", "").strip())
