"""The values that a playbook's texts may name: the answers to its inputs, roles, the workspace."""

from collections.abc import Iterator, Mapping
from datetime import date

from smarketing.calendar.said import say_date
from smarketing.config.config import Config
from smarketing.config.people import People
from smarketing.playbook.playbook import Input, Playbook
from smarketing.problems import Problem
from smarketing.template.values import Keyed, Plain, Titled, Unknown
from smarketing.text.suggestion import did_you_mean
from smarketing.text.unseen import unseen

Answer = str | Mapping[str, str]
MOST_CHARACTERS = 20_000
OWN_NAMES = ("workspace", "start", "roles", "parts", "meeting", "item", "chair")
"""The names that every text may use, and no input may take."""


def answers(playbook: Playbook, config: Config) -> tuple[dict[str, Answer], list[Problem]]:
    """Return the answer to each input, config's before the playbook's default."""
    given = dict(config.inputs)
    found: dict[str, Answer] = {}
    problems: list[Problem] = []
    for key, asked in playbook.inputs.items():
        names = [name for name in (key, *asked.was) if name in given]
        answer = given[names[0]] if names else asked.default
        for name in names:
            del given[name]
        path = ("inputs", names[0]) if names else None
        problems += _wrong(playbook, config, key, asked, answer, path)
        found[key] = answer
    unasked = (name for name in given if not config.is_inherited("inputs", name))
    problems += (_unasked(playbook, config, name) for name in unasked)
    return found, problems


def _unasked(playbook: Playbook, config: Config, name: str) -> Problem:
    words = f"The playbook '{playbook.playbook}' has no input '{name[:40]}'."
    return config.key_problem(("inputs", name), words, did_you_mean(name, playbook.inputs.keys()))


def _wrong(
    playbook: Playbook,
    config: Config,
    key: str,
    asked: Input,
    answer: Answer,
    path: tuple[str, str] | None,
) -> Iterator[Problem]:
    if key in OWN_NAMES:
        words = f"'{key}' is a name that every text has already."
        yield playbook.problem(("inputs", key), words, "Give this input another name.")
    if path is None:
        if "default" not in asked.model_fields_set:
            words = f"'{key}' has no answer. {asked.ask}".strip()
            instead = f"Write 'inputs: {{{key}: ...}}', or use --set {key}=..."
            yield config.problem(("inputs",), words, instead)
        return
    wants_keys = isinstance(asked.default, Mapping)
    if wants_keys and not isinstance(answer, Mapping):
        words = f"'{key}' wants several answers, each with a key."
        yield config.problem(path, words, f"Write it like {{{_example(asked)}}}.")
    if isinstance(answer, Mapping) and not wants_keys:
        yield config.problem(path, f"'{key}' wants one text.", f"Write '{key}: ...'.")
    for text in [answer] if isinstance(answer, str) else answer.values():
        yield from _unfit(config, path, text)


def _example(asked: Input) -> str:
    given = asked.default if isinstance(asked.default, Mapping) else {}
    return next((f"{key}: {title}" for key, title in given.items()), "key: Title")


def _unfit(config: Config, path: tuple[str, str], text: str) -> Iterator[Problem]:
    if len(text) > MOST_CHARACTERS:
        words = f"This answer has more than {MOST_CHARACTERS:,} characters."
        yield config.problem(path, words, "Shorten it.")
    elif hidden := next(unseen(text), None):
        words = f"There is an invisible control character here ({hidden[1]})."
        yield config.problem(path, words, "Delete it.")


def values_of(
    answered: Mapping[str, Answer],
    playbook: Playbook,
    config: Config,
    people: People,
    start: date,
) -> dict[str, Plain]:
    """Return all that a text may name, wherever it stands."""
    values: dict[str, Plain] = {"company": config.workspace}
    for key, answer in answered.items():
        values[key] = answer if isinstance(answer, str) else _keyed(answer)
    values["workspace"] = config.workspace
    values["start"] = say_date(start)
    values["parts"] = list(chosen_names(playbook, config))
    values["roles"] = {role: _role(role, people) for role in playbook.roles}
    return values


def chosen_names(playbook: Playbook, config: Config) -> list[str]:
    """Return the names of the parts that appear: all, where config does not choose."""
    if config.parts is None:
        return list(playbook.parts)
    return [part.name for part in config.parts]


def _keyed(answer: Mapping[str, str]) -> Keyed:
    return Keyed(Titled(key=key, title=title) for key, title in answer.items())


def _role(role: str, people: People) -> dict[str, Plain]:
    lead = people.lead(role)
    spoken = role.replace("-", " ")
    return {
        "lead": people.name(lead) if lead else Unknown(f"[to agree: who leads {spoken}?]"),
        "team": " and ".join(people.titles(role)) or Unknown(spoken.capitalize()),
        "members": [people.name(key) for key in people.players(role)],
        "known": bool(people.teams(role)),
    }


def flattened(answered: Mapping[str, Answer]) -> dict[str, str]:
    """Return the words that came from inputs, by dotted name."""
    flat: dict[str, str] = {}
    for key, answer in answered.items():
        if isinstance(answer, str):
            flat[key] = answer
        else:
            flat.update((f"{key}.{part}", title) for part, title in answer.items())
    return {name: words for name, words in flat.items() if words}
