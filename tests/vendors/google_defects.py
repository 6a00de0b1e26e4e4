"""The known defects of Google's discovery documents, each with its reason. Nothing else is excused.

Beside these places, three rules hold everywhere, because the documents can't say them:
- NULLS: in a PATCH, a null clears a field.
- MASKS: `fields` chooses what a reply holds; without it Drive answers four fields of a file.
- TOKENS: the pages and endpoints of signing in are in no discovery document; the token endpoint
  is RFC 6749's.
"""

from collections.abc import Mapping
from typing import Any

from .defect import Defect

_PROSE = "lists its values in prose only"


def _words(schema: str, name: str, *words: str) -> Defect:
    shape: dict[str, Any] = {"type": "string", "enum": list(words)}
    return Defect(("schemas", schema, "properties", name), _PROSE, shape)


DEFECTS: Mapping[str, tuple[Defect, ...]] = {
    "drive.v3": (
        Defect(
            ("schemas", "Permission", "properties", "emailAddress"),
            "is called read-only, and is how a user or group is named in a create",
            {"type": "string"},
        ),
        _words("Permission", "type", "user", "group", "domain", "anyone"),
        _words("Permission", "role", "owner", "organizer", "fileOrganizer", "writer", "commenter",
               "reader"),
    ),
    "calendar.v3": (
        _words("Event", "status", "confirmed", "tentative", "cancelled"),
        _words("Event", "visibility", "default", "public", "private", "confidential"),
        _words("Event", "transparency", "opaque", "transparent"),
        _words("EventAttendee", "responseStatus", "needsAction", "declined", "tentative", "accepted"),
        _words("AclRule", "role", "none", "freeBusyReader", "reader", "writer", "owner"),
    ),
    "docs.v1": (),
    "sheets.v4": (),
}  # fmt: skip
