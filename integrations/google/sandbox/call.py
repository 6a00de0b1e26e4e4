"""One call that was let in: what was asked, by whom, and what it works on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smarketing.standin import Asked, World

from .caller import Caller
from .drive.store import Store
from .errors import Said, invalid
from .mask import Tree, wanted

if TYPE_CHECKING:
    from .calendar.store import Calendars


@dataclass(frozen=True, slots=True)
class Call:
    """A call; `ids` are the variable parts of its path, `schema` what its reply is."""

    asked: Asked
    caller: Caller
    store: Store
    calendars: "Calendars"
    ids: tuple[str, ...]
    api: str
    schema: str = ""
    usual: str = ""

    @property
    def world(self) -> World:
        """Return the world it happens in."""
        return self.store.world

    def flag(self, name: str, usual: bool = False) -> bool:
        """Return a parameter that is true or false."""
        said = self.asked.one(name)
        if said.lower() not in ("", "true", "false"):
            raise invalid(f"Invalid boolean value: '{said}'.", name, "invalidParameter")
        return said.lower() == "true" if said else usual

    def number(self, name: str, usual: int, top: int, least: int = 1) -> int:
        """Return a parameter that is a number; raise 400 outside its bounds."""
        said = self.asked.one(name)
        try:
            number = int(said) if said else usual
        except ValueError:
            raise invalid(f"Invalid integer value: '{said}'.", name, "invalidParameter") from None
        if not least <= number <= top:
            words = f"Invalid value '{number}'. Values must be within the range: [{least}, {top}]"
            raise invalid(words, name, "invalidParameter")
        return number

    def one_of(self, name: str, values: tuple[str, ...]) -> str:
        """Return a parameter that has few values, the first of which is usual."""
        said = self.asked.one(name, values[0]) or values[0]
        if said not in values:
            raise invalid(f"Invalid value '{said}'.", name, "invalidParameter")
        return said

    def body(self) -> dict[str, Any]:
        """Return the body, an object."""
        return json_object(self.asked.body)

    def mask(self) -> Tree | None:
        """Return which fields are wanted of the reply, None for all."""
        fields = self.asked.one("fields") or self.usual
        return wanted(fields, self.api, self.schema) if fields and fields != "*" else None


def json_object(body: bytes) -> dict[str, Any]:
    """Return a body as a JSON object; raise 400 where it is none."""
    try:
        said = json.loads(body) if body.strip() else {}
    except ValueError:
        raise Said(400, "parseError", "Parse Error") from None
    if not isinstance(said, dict):
        raise Said(400, "parseError", "This API expects a JSON object.")
    return said


def pairs(said: Any, name: str) -> Mapping[str, str | None]:
    """Return an object of words, in which null takes away."""
    if not isinstance(said, dict):
        raise invalid(f"{name} is not an object of texts.", name)
    if not all(value is None or isinstance(value, str) for value in said.values()):
        raise invalid(f"{name} is not an object of texts.", name)
    return said
