"""`away:` and `holidays:` of a config: what they stand for, and what is told of a wrong one."""

import sys
from datetime import date
from pathlib import Path

import pytest

from smarketing.calendar.rotation import Away
from smarketing.config.config import Config
from smarketing.config.loading import load_config
from smarketing.problems import Problems

CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20261224
DTEND;VALUE=DATE:20261227
SUMMARY:Christmas
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20200501
RRULE:FREQ=YEARLY
SUMMARY:First of May
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART:20261230T180000Z
SUMMARY:Party
END:VEVENT
END:VCALENDAR
"""
FIRST, LAST = date(2026, 12, 1), date(2027, 12, 31)


def loaded(tmp_path: Path, text: str) -> Config:
    path = tmp_path / "config.yaml"
    path.write_text(f"workspace: Acme\nstart: 2026-12-07\n{text}", encoding="utf-8")
    return load_config(path)


def problems(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(Problems) as raised:
        loaded(tmp_path, text)
    return [
        f"{each.line}:{each.column} {each.message} {each.instead}" for each in raised.value.problems
    ]


def test_days_away_are_a_span_a_day_or_several(tmp_path: Path) -> None:
    config = loaded(
        tmp_path,
        "people:\n"
        "  ana: {name: Ana, away: 2026-12-21 to 2027-01-04}\n"
        "  ben:\n    name: Ben\n    away:\n      - 2026-12-21\n      - 2027-02-01 to 2027-02-02\n"
        "  dana: Dana\n",
    )
    assert config.people["ana"].away == (Away(date(2026, 12, 21), date(2027, 1, 4)),)
    assert [each.covers(date(2027, 2, 2)) for each in config.people["ben"].away] == [False, True]
    assert config.people["dana"].away == ()


@pytest.mark.parametrize(
    ("away", "words"),
    [
        ("soon", "A day is written like 2026-12-07."),
        ("2026-12-21 to", "A day is written like 2026-12-07."),
        ("2026-02-30", "There is no day 2026-02-30 in the calendar."),
        ("2027-01-04 to 2026-12-21", "2026-12-21 is before 2027-01-04: write the first day first."),
        ("2026-12-21 to 2026-12-22 to 2026-12-23", "Days away are written like"),
    ],
)
def test_days_away_that_are_none_are_told_with_their_place(
    tmp_path: Path, away: str, words: str
) -> None:
    (told,) = problems(tmp_path, f"people:\n  ana:\n    name: Ana\n    away: [{away}]\n")
    assert told.startswith("6:12 ")
    assert words in told


def test_holidays_are_days_and_what_a_calendar_file_has_as_whole_days(tmp_path: Path) -> None:
    (tmp_path / "days.ics").write_text(CALENDAR)
    found = loaded(tmp_path, "holidays: [2026-12-31, days.ics]\n").days_off.between(FIRST, LAST)
    assert {day.isoformat(): name for day, name in found.items()} == {
        "2026-12-24": "Christmas",
        "2026-12-25": "Christmas",
        "2026-12-26": "Christmas",
        "2026-12-31": "Holiday",
        "2027-05-01": "First of May",
    }


def test_a_country_brings_its_holidays_of_any_year_and_a_part_of_it_its_own(
    tmp_path: Path,
) -> None:
    england = loaded(tmp_path, "holidays: GB-ENG\n").days_off
    found = england.between(date(2030, 12, 20), date(2031, 1, 31))
    assert [day.isoformat() for day in found] == ["2030-12-25", "2030-12-26", "2031-01-01"]
    scotland = loaded(tmp_path, "holidays: [GB-SCT, 2031-01-20]\n").days_off
    own = scotland.between(date(2030, 12, 31), date(2031, 1, 31))
    assert [day.isoformat() for day in own] == ["2031-01-01", "2031-01-02", "2031-01-20"]


def test_a_config_that_extends_another_names_its_calendar_file_from_there(tmp_path: Path) -> None:
    (tmp_path / "days.ics").write_text(CALENDAR)
    (tmp_path / "config.yaml").write_text("workspace: Firm\nholidays: days.ics\n")
    below = tmp_path / "campaigns"
    below.mkdir()
    config = below / "config.yaml"
    config.write_text("extends: ../config.yaml\nworkspace: Spring\n")
    assert date(2026, 12, 24) in load_config(config).days_off.between(FIRST, LAST)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("2026-02-30", "There is no day 2026-02-30 in the calendar."),
        ("ZZ", "There are no holidays known of 'ZZ'."),
        ("DE-XX", "There are no holidays known of 'DE-XX'."),
        ("England", "'England' is no holiday. Write a day like 2026-12-24, a country like GB"),
        ("days.ics", "There is no file 'days.ics' beside this config."),
        ("broken.ics", "'broken.ics' can't be read as a calendar."),
    ],
)
def test_a_holiday_that_is_none_is_told_with_its_place(
    tmp_path: Path, said: str, words: str
) -> None:
    (tmp_path / "broken.ics").write_text("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:soon\n")
    (told,) = problems(tmp_path, f"holidays: [2026-12-31, {said}]\n")
    assert told.startswith("3:24 ")
    assert words in told
    (alone,) = problems(tmp_path, f"holidays: {said}\n")
    assert alone.startswith("3:11 ")


def test_without_the_library_a_country_is_told_and_days_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    (told,) = problems(tmp_path, "holidays: [GB]\n")
    assert "'GB' can't be checked" in told
    assert f"`{sys.executable} -m pip install holidays`" in told
    assert loaded(tmp_path, "holidays: [2026-12-31]\n").days_off.days
