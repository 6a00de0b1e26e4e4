"""One cell: what was entered, what it shows, and how an entry is read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from .docs_errors import Declined

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula. The stand-in computes only what a HYPERLINK shows."""

    text: str


Entered = bool | float | str | Formula | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its format, drop-down and note."""

    entered: Entered = None
    format: Mapping[str, Any] = field(default_factory=dict)
    validation: Mapping[str, Any] | None = None
    note: str = ""

    @property
    def is_blank(self) -> bool:
        """Say whether nothing at all is kept of it."""
        return self == EMPTY

    @property
    def holds(self) -> bool:
        """Say whether a value is in it."""
        return self.entered is not None

    @property
    def shown(self) -> str:
        """Return what the cell shows."""
        return shown(self.entered, self.format)


EMPTY = Cell()
_EPOCH = date(1899, 12, 30)
_LINKS = re.compile(r'=HYPERLINK\("([^"]*)"(?:\s*[,;]\s*"([^"]*)")?\)', re.IGNORECASE)
_NUMBER = re.compile(r"([-+]?)(\$?)(\d{1,3}(?:,\d{3})+|\d+|(?=\.\d))(\.\d+)?(%?)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})(?:\2(\d{4}|\d{2}))?")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_LONGEST = 50_000
_DATE, _CLOCK = (
    {"numberFormat": {"type": "DATE", "pattern": pattern}} for pattern in ("yyyy-mm-dd", "m/d/yyyy")
)
_HOURS = {"numberFormat": {"type": "TIME", "pattern": "h:mm"}}
_PERCENT = {"numberFormat": {"type": "PERCENT", "pattern": "0%"}}
_MONEY = {"numberFormat": {"type": "CURRENCY", "pattern": '"$"#,##0'}}


def shown(entered: Entered, form: Mapping[str, Any] | None = None) -> str:
    """Return what a cell with this entry shows."""
    if entered is None:
        return ""
    if isinstance(entered, Formula):
        link = _LINKS.fullmatch(entered.text)
        return (link[2] or link[1]) if link else "#N/A"
    if isinstance(entered, bool):
        return "TRUE" if entered else "FALSE"
    if isinstance(entered, str):
        return entered
    return _number_shown(entered, (form or {}).get("numberFormat", {}))


def _number_shown(number: float, form: Mapping[str, Any]) -> str:
    match form.get("type"):
        case "DATE":
            return _date_shown(number, form.get("pattern", "yyyy-mm-dd"))
        case "TIME":
            minutes = round(number % 1 * 1440)
            return f"{minutes // 60}:{minutes % 60:02}"
        case "PERCENT":
            return f"{number * 100:g}%"
        case "CURRENCY":
            return f"${number:,.0f}"
        case "TEXT":
            return f"{number:g}"
    return str(int(number)) if number == int(number) else f"{number:.10g}"


def _date_shown(number: float, pattern: str) -> str:
    day = day_of(number)
    if pattern == "m/d/yyyy":
        return f"{day.month}/{day.day}/{day.year}"
    return day.isoformat()


def day_of(serial: float) -> date:
    """Return the day of a serial number."""
    return _EPOCH + timedelta(days=int(serial))


def serial_of(day: date) -> float:
    """Return the serial number of a day."""
    return float((day - _EPOCH).days)


def link_of(entered: Entered) -> str:
    """Return where a HYPERLINK leads."""
    link = _LINKS.fullmatch(entered.text) if isinstance(entered, Formula) else None
    return link[1] if link else ""


def entry(cell: Cell, value: Any, option: str, today: date) -> Cell:
    """Return the cell after a value was put in; null leaves it as it is."""
    if value is None:
        return cell
    if isinstance(value, bool):
        return replace(cell, entered=value)
    if isinstance(value, int | float):
        return replace(cell, entered=float(value))
    if not isinstance(value, str):
        raise Declined(f"Invalid values: {value!r} is no value of a cell.")
    check_length(value)
    if not value:
        return replace(cell, entered=None)
    if option != "USER_ENTERED" or _is_text(cell):
        return replace(cell, entered=value)
    read, form = _typed(value, today)
    return replace(cell, entered=read, format={**form, **cell.format} if form else cell.format)


def check_length(text: str) -> None:
    """Refuse what no cell can hold."""
    if len(text) > _LONGEST:
        raise Declined(
            "Your input contains more than the maximum of 50000 characters in a single cell."
        )


def _is_text(cell: Cell) -> bool:
    return bool(cell.format.get("numberFormat", {}).get("type") == "TEXT")


def _typed(text: str, today: date) -> tuple[Entered, Mapping[str, Any]]:
    """Return what Sheets makes of typed text, and the format that it gives the cell."""
    if text.startswith("'"):
        return text[1:], {}
    if text.startswith("=") and len(text) > 1:
        return Formula(text), {}
    plain = text.strip()
    if plain.upper() in ("TRUE", "FALSE"):
        return plain.upper() == "TRUE", {}
    number = _NUMBER.fullmatch(plain)
    if number:
        return _typed_number(number)
    clock = _TIME.fullmatch(plain)
    if clock and int(clock[1]) < 24 and int(clock[2]) < 60:
        seconds = int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3] or 0)
        return seconds / 86400, _HOURS
    return _typed_day(plain, today) or (text, {})


def _typed_number(number: "re.Match[str]") -> tuple[Entered, Mapping[str, Any]]:
    sign, money, whole, part, percent = number.groups()
    value = float((whole or "0").replace(",", "") + (part or ""))
    value = -value if sign == "-" else value
    if percent:
        return value / 100, _PERCENT
    return value, _MONEY if money else {}


def _typed_day(text: str, today: date) -> tuple[Entered, Mapping[str, Any]] | None:
    iso, slashed = _ISO.fullmatch(text), _SLASHED.fullmatch(text)
    try:
        if iso:
            return serial_of(date(int(iso[1]), int(iso[2]), int(iso[3]))), _DATE
        if slashed:
            year = int(slashed[4]) if slashed[4] else today.year
            year += 2000 if year < 100 else 0
            return serial_of(date(year, int(slashed[1]), int(slashed[3]))), _CLOCK
        for form in ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y"):
            if re.search("[A-Za-z]{3}", text):
                day = _by_form(text, form)
                if day:
                    return serial_of(day), _DATE
    except ValueError:
        return None
    return None


def _by_form(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()
    except ValueError:
        return None


def extended(entered: Entered) -> Json:
    """Return an entry as the vendor's ExtendedValue."""
    if isinstance(entered, Formula):
        return {"formulaValue": entered.text}
    if isinstance(entered, bool):
        return {"boolValue": entered}
    if isinstance(entered, float):
        return {"numberValue": entered}
    return {"stringValue": entered}


def effective(entered: Entered) -> Json:
    """Return what the vendor computed."""
    if isinstance(entered, Formula):
        if _LINKS.fullmatch(entered.text):
            return {"stringValue": shown(entered)}
        return {"errorValue": {"type": "N_A", "message": "The stand-in computes no formulas."}}
    return extended(entered)


def from_extended(value: Any) -> Entered:
    """Return the entry that an ExtendedValue means; {} and null mean none."""
    if not value:
        return None
    if not isinstance(value, dict) or len(value) != 1:
        raise Declined("Invalid user_entered_value: exactly one value must be set.")
    kind, given = next(iter(value.items()))
    if kind == "stringValue" and isinstance(given, str):
        check_length(given)
        return given or None
    if kind == "boolValue" and isinstance(given, bool):
        return given
    if kind == "numberValue" and isinstance(given, int | float) and not isinstance(given, bool):
        return float(given)
    if kind == "formulaValue" and isinstance(given, str) and given.startswith("="):
        return Formula(given)
    raise Declined(f"Invalid user_entered_value: {kind} {given!r}")


def rendered(cell: Cell, option: str, dates: str) -> Any:
    """Return a cell as `values.get` sends it."""
    entered = cell.entered
    if entered is None:
        return ""
    if option == "FORMULA" and isinstance(entered, Formula):
        return entered.text
    is_date = cell.format.get("numberFormat", {}).get("type") in ("DATE", "TIME")
    as_text = option in ("FORMATTED_VALUE", "") or isinstance(entered, Formula)
    if as_text or (is_date and dates == "FORMATTED_STRING"):
        return cell.shown
    if isinstance(entered, float) and entered == int(entered):
        return int(entered)
    return entered


def cell_json(cell: Cell) -> Json:
    """Return a cell as the vendor's CellData."""
    data: Json = {}
    if cell.entered is not None:
        data["userEnteredValue"] = extended(cell.entered)
        data["effectiveValue"] = effective(cell.entered)
        data["formattedValue"] = cell.shown
    if cell.format:
        data["userEnteredFormat"] = dict(cell.format)
        data["effectiveFormat"] = dict(cell.format)
    link = link_of(cell.entered)
    if link:
        data["hyperlink"] = link
    if cell.note:
        data["note"] = cell.note
    if cell.validation is not None:
        data["dataValidation"] = dict(cell.validation)
    return data


_FIELDS = frozenset(("userEnteredValue", "userEnteredFormat", "dataValidation", "note"))
_IGNORED = frozenset(("textFormatRuns", "chipRuns", "pivotTable"))


def mask_of(fields: Any) -> list[list[str]]:
    """Return the paths that a mask of CellData lists."""
    if not isinstance(fields, str) or not fields:
        raise Declined(
            "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        )
    if fields == "*":
        return [[name] for name in sorted(_FIELDS)]
    paths = [name.strip().split(".") for name in _unfolded(fields)]
    for path in paths:
        if path[0] not in _FIELDS | _IGNORED:
            raise Declined(f"Invalid field mask: {path[0]} cannot be written.")
    return paths


def _unfolded(fields: str) -> list[str]:
    """Return `a(b,c)` as a.b and a.c."""
    names: list[str] = []
    for part in re.findall(r"[\w.*]+\([^()]*\)|[^,()]+", fields):
        head, _, inner = part.partition("(")
        if inner:
            names += [f"{head}.{each.strip()}" for each in inner.rstrip(")").split(",")]
        elif part.strip():
            names.append(part)
    return names


def updated(cell: Cell, data: Any, mask: list[list[str]]) -> Cell:
    """Return a cell with what the mask lists as in `data`, and cleared where it isn't there."""
    if not isinstance(data, dict):
        raise Declined("Invalid cell data.")
    for path in mask:
        name, given = path[0], data.get(path[0])
        if name == "userEnteredValue":
            cell = replace(cell, entered=from_extended(given))
        elif name == "userEnteredFormat":
            cell = replace(cell, format=_reformatted(cell.format, given or {}, path[1:]))
        elif name == "dataValidation":
            cell = replace(cell, validation=given or None)
        elif name == "note":
            cell = replace(cell, note=given or "")
    return cell


def _reformatted(old: Mapping[str, Any], given: Mapping[str, Any], path: list[str]) -> Json:
    if not path or path == ["*"]:
        return dict(given)
    new, name = dict(old), path[0]
    if len(path) > 1:
        new[name] = _reformatted(old.get(name, {}), given.get(name, {}), path[1:])
    elif name in given:
        new[name] = given[name]
    else:
        new.pop(name, None)
    return {key: value for key, value in new.items() if value != {}}
