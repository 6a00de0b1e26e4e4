"""What `holidays:` of a config stands for: days, countries, and calendar files beside it."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from smarketing.calendar.holidays import COUNTRY, Holidays, in_calendar, in_country
from smarketing.config.config import Config, source_of
from smarketing.problems import Problem
from smarketing.yamlfiles.fieldtypes import day

_MOST_BYTES = 2_000_000
_INSTEAD = "Write a day like 2026-12-24, a country like GB, or a calendar file like holidays.ics."


def holidays_of(config: Config) -> tuple[Holidays, list[Problem]]:
    """Return the holidays of a config, and a problem for each line that stands for none."""
    days: dict[date, str] = {}
    countries: list[str] = []
    problems: list[Problem] = []
    for number, said in enumerate(config.holidays):
        try:
            if said.lower().endswith(".ics"):
                days |= _in_file(_beside(config, number, said), config)
            elif re.fullmatch("[0-9-]+", said):
                days[day(said)] = "Holiday"
            elif COUNTRY.fullmatch(said):
                countries += _checked(said)
            else:
                raise ValueError(f"'{said[:40]}' is no holiday. {_INSTEAD}")
        except (ValueError, LookupError) as error:
            problems.append(config.problem(("holidays", number), str(error)))
    return Holidays(days, tuple(countries)), problems


def _checked(code: str) -> Iterator[str]:
    in_country(code, 2026, 2026)
    yield code


def _beside(config: Config, number: int, said: str) -> Path:
    """Return the file as the config that names it means it."""
    return Path(source_of(config.files, ("holidays", number)).file).parent / said


def _in_file(path: Path, config: Config) -> dict[date, str]:
    try:
        with path.open("rb") as opened:
            data = opened.read(_MOST_BYTES + 1)
    except (OSError, ValueError):
        raise ValueError(f"There is no file '{path.name[:100]}' beside this config.") from None
    if len(data) > _MOST_BYTES:
        raise ValueError(f"'{path.name[:100]}' is too large for a calendar of holidays.")
    try:
        return in_calendar(data, config.start.year if config.start else 2026)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError):
        raise ValueError(f"'{path.name[:100]}' can't be read as a calendar.") from None
