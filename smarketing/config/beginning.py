"""The questions that `init` asks: never more than six."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

MOST = 6
_MAILBOX = re.compile(r"[^<>@]*[^<>@\s][^<>@]*<[^<>@\s]+@[^<>@\s]+>")


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `name` is where its answer goes in the config."""

    name: str
    ask: str
    default: str


def questions(answered: Mapping[str, str], asks: Mapping[str, tuple[str, str]]) -> list[Question]:
    """Return what to ask; `asks` are the playbook's own inputs as (question, default).

    What `--set` answered is not asked again.
    """
    own = [Question(f"inputs.{name}", *asked) for name, asked in asks.items()]
    rest = [
        Question("timezone", "Which time zone do you work in? (as Europe/London)", "UTC"),
        Question("people.sales", "Who leads sales? (Name <mail>, or leave empty)", ""),
        Question("people.marketing", "Who leads marketing? (Name <mail>, or leave empty)", ""),
    ]
    open_ones = [q for q in [*own[: MOST - len(rest)], *rest] if q.name not in answered]
    return open_ones[:MOST]


def misfit(question: str, answer: str) -> str:
    """Return what is wrong with an answer and what to write instead, "" if it will do."""
    answer = answer.strip()
    if question == "timezone":
        try:
            ZoneInfo(answer)
        except (ValueError, OSError, LookupError):
            return f"{answer!r} is no time zone. Name a city, as Europe/London."
    if question.startswith("people.") and answer and not _MAILBOX.fullmatch(answer):
        return "Write name and mail address, as Ana Silva <ana@acme.example>, or nothing."
    if question.startswith("inputs.") and not answer:
        return "Write a word or two."
    return ""


def config_values(answers: Mapping[str, str]) -> dict[str, object]:
    """Return the answers as a config: the two leads become people with a team each."""
    values: dict[str, object] = {}
    inputs: dict[str, str] = {}
    people: dict[str, str] = {}
    teams: dict[str, dict[str, object]] = {}
    for name, answer in answers.items():
        if not answer.strip():
            continue
        if name.startswith("inputs."):
            inputs[name.removeprefix("inputs.")] = answer
        elif name.startswith("people."):
            role = name.removeprefix("people.")
            people[f"{role}-lead"] = answer
            teams[role] = {
                "title": role.capitalize(),
                "plays": role,
                "lead": f"{role}-lead",
                "members": [f"{role}-lead"],
            }
        else:
            values[name] = answer
    return values | {
        name: given
        for name, given in (("inputs", inputs), ("people", people), ("teams", teams))
        if given
    }
