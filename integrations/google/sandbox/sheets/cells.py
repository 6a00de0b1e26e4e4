"""One cell: what was entered, what it shows, and how an entry is read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ..docs.errors import Declined

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
_LONGEST = 50_000
_EPOCH = date(1899, 12, 30)
_LINKS = re.compile(r'=HYPERLINK\("([^"]*)"(?:\s*[,;]\s*"([^"]*)")?\)', re.IGNORECASE)


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


def check_length(text: str) -> None:
    """Refuse what no cell can hold."""
    if len(text) > _LONGEST:
        raise Declined(
            "Your input contains more than the maximum of 50000 characters in a single cell."
        )
