"""One request of the Sheets API on one spreadsheet: what it names, and how it wants values."""

from collections.abc import Callable, Mapping
from typing import Any

from smarketing.standin import Asked

from ..docs.errors import Declined
from ..drive.model import File
from ..drive.store import Files
from ..mask import Tree
from .book import Sheet
from .contents import today_of
from .values import Shape, Writing

Json = dict[str, Any]


class Call:
    """One request on one spreadsheet."""

    def __init__(
        self, asked: Asked, files: Files, file: File, sheet: Sheet, rest: str, mask: Tree | None
    ) -> None:
        self.asked, self.file, self.sheet, self.mask = asked, file, sheet, mask
        self.client = files.caller.client
        self.today = today_of(files.world.now())
        self.sheet.switches = files.switches
        self.range = rest[1:]
        self.body = body_of(asked)

    def shape(self, source: Mapping[str, Any] | None = None, prefix: str = "") -> Shape:
        """Return how values are wanted, by the query or the body."""

        def given(name: str, default: str) -> str:
            name = f"{prefix}{name[0].upper()}{name[1:]}" if prefix else name
            if source is not None:
                return str(source.get(name) or default)
            return self.asked.one(name) or default

        major = "ROWS" if prefix else given("majorDimension", "ROWS")
        return Shape(
            "ROWS" if major == "DIMENSION_UNSPECIFIED" else major,
            given("valueRenderOption", "FORMATTED_VALUE"),
            given("dateTimeRenderOption", "SERIAL_NUMBER"),
        )

    def writing(self, source: Mapping[str, Any] | None = None) -> Writing:
        """Return how values are to be written, by the query or the body."""
        if source is None:
            option, echo = self.asked.one("valueInputOption"), self.asked.one(_ECHO) == "true"
        else:
            option, echo = str(source.get("valueInputOption", "")), bool(source.get(_ECHO))
        return Writing(option, self.today, self.shape(source, "response") if echo else None)


_ECHO = "includeValuesInResponse"


def body_of(asked: Asked) -> Json:
    """Return the body of a request."""
    try:
        body = asked.json()
    except ValueError:
        raise Declined("Invalid JSON payload received. Unexpected token.") from None
    if not isinstance(body, dict):
        raise Declined("Invalid JSON payload received.")
    return body


Routes = Mapping[tuple[str, str, str], tuple[Callable[[Call], Json], bool, str]]
"""By method, collection and what is done: who serves it, whether it writes, the schema of its reply."""
