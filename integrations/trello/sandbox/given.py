"""The parameters of a request: from the query, from a JSON or a form body, in Trello's types."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from smarketing.standin import Asked, query_of

from .ids import moment, seconds_of
from .refusals import Refusal, invalid

LONGEST = 16384
COLOURS = ("yellow", "purple", "blue", "red", "green", "orange", "black", "sky", "pink", "lime")
_SHADES = frozenset(COLOURS) | {f"{c}_{s}" for c in COLOURS for s in ("dark", "light")}
_TRUTH = {"true": True, "1": True, "false": False, "0": False}
_ID = re.compile(r"[0-9a-f]{24}")


class Given:
    """Parameters by name. A value is text, a number, a truth or None; lists are joined."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str, default: str = "") -> str:
        """Return a text; None counts as none given."""
        value = self._values.get(name)
        return default if value is None else _as_text(value)

    def name(self, name: str = "name", most: int = LONGEST) -> str:
        """Return a name without space around it; refuse an empty or too long one."""
        text = self.text(name).strip()
        if not text or _length(text) > most:
            raise invalid(name)
        return text

    def long_text(self, name: str, most: int = LONGEST) -> str:
        """Return a text as it is; refuse a too long one."""
        text = self.text(name)
        if _length(text) > most:
            raise invalid(name)
        return text

    def truth(self, name: str, default: bool = False) -> bool:
        """Return a truth; refuse what is none."""
        value = self.text(name).lower()
        if not value:
            return default
        if value not in _TRUTH:
            raise invalid(name)
        return _TRUTH[value]

    def one_of(self, name: str, allowed: Iterable[str], default: str) -> str:
        """Return one of the words that are allowed."""
        value = self.text(name) or default
        if value not in allowed:
            raise invalid(name)
        return value

    def number(self, name: str, default: int, most: int) -> int:
        """Return a whole number from 0 to the most."""
        text = self.text(name) or str(default)
        if not text.isdecimal() or int(text) > most:
            raise invalid(name)
        return int(text)

    def ids(self, name: str) -> list[str]:
        """Return the ids of a list, in JSON or with commas, each once."""
        found = [part.strip().lower() for part in self.text(name).split(",") if part.strip()]
        if not all(_ID.fullmatch(one) for one in found):
            raise invalid(name)
        return list(dict.fromkeys(found))

    def date(self, name: str) -> str | None:
        """Return a moment as Trello keeps it; None, "null" and "" take it away."""
        text = self.text(name)
        if text in ("", "null"):
            return None
        try:
            return moment(seconds_of(text))
        except ValueError:
            raise Refusal(400, f"invalid date for {name}") from None

    def colour(self, name: str = "color") -> str | None:
        """Return the colour of a label, None for one without."""
        if name not in self._values:
            raise invalid(name)
        text = self.text(name)
        if text in ("", "null"):
            return None
        if text not in _SHADES:
            raise invalid(name)
        return text

    def words(self, name: str) -> list[str]:
        """Return the words of a list with commas."""
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def but(self, **values: Any) -> "Given":
        """Return the parameters with these instead of their own."""
        return Given({**self._values, **values})

    def as_value_of(self, field: str) -> "Given":
        """Return the parameters of a route like `/cards/{id}/due`, whose `value` is the field's."""
        if "value" not in self._values:
            raise invalid("value")
        return self.but(**{field: self._values["value"]})


def given(asked: Asked) -> Given:
    """Return the parameters of a request; those of the body win."""
    return Given(_from_query(asked.query) | _from_body(asked))


def given_in_query(text: str) -> Given:
    """Return the parameters of a query string."""
    return Given(_from_query(query_of(text)))


def _from_query(query: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    return {name: ",".join(values) for name, values in query.items()}


def _from_body(asked: Asked) -> dict[str, Any]:
    if not asked.body:
        return {}
    kind = asked.headers.get("content-type", "")
    if kind.startswith("application/x-www-form-urlencoded"):
        return _from_query(query_of(asked.body.decode()))
    if not kind.startswith("application/json"):
        raise Refusal(415, "Unsupported Media Type")
    try:
        body = asked.json()
    except ValueError:
        raise Refusal(400, "Error parsing body: invalid JSON") from None
    return body if isinstance(body, dict) else {}


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(_as_text(one) for one in value)
    return str(value)


def _length(text: str) -> int:
    # Trello counts as JavaScript does.
    return len(text.encode("utf-16-le")) // 2
