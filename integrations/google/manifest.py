"""What a Google account can hold, and what is done instead where it can't."""

from smarketing.contract import Limit, Manifest
from smarketing.kinds import KINDS

NAME = "google"

NARROW = (
    "https://www.googleapis.com/auth/drive.file",
    "https://www.googleapis.com/auth/calendar.app.created",
    "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
)
WIDER = ("https://www.googleapis.com/auth/drive",)
"""Asked for only where files that are there already shall be bound."""

DRIVE_WRITES, DRIVE_READS = "drive writes", "drive reads"
DOCS_WRITES, DOCS_READS = "docs writes", "docs reads"
SHEETS_WRITES, SHEETS_READS = "sheets writes", "sheets reads"
CALENDAR, SHARING = "calendar", "sharing"

PARTS = 10
"""The most parts of one batch: fewer than any limit lets pass at once."""

LIMITS = (
    # Three writes a second is all that Drive sustains; a short burst passes.
    Limit(DRIVE_WRITES, 10, 3.4),
    Limit(DRIVE_READS, 500, 10.0),
    Limit(DOCS_WRITES, 55, 60.0),
    Limit(DOCS_READS, 280, 60.0),
    Limit(SHEETS_WRITES, 55, 60.0),
    Limit(SHEETS_READS, 55, 60.0),
    Limit(CALENDAR, 80, 10.0),
    # Of two changes of one file's rights at the same time, one is lost.
    Limit(SHARING, 30, 10.0, in_flight=1),
)

_HELD = ("root", "folder", "document", "table", "column", "row", "meeting", "occurrence")
_BOARD = "Google has no boards: choose another tool for boards, or a plain folder."

MANIFEST = Manifest(
    name=NAME,
    title="Google Drive",
    kinds={kind: frozenset(KINDS[kind].fields) for kind in _HELD},
    instead={
        "board": _BOARD,
        "list": "Google has no boards: a list goes where its board goes.",
        "label": "Google has no boards: a label goes where its board goes.",
        "card": "Google has no boards: a card goes where its board goes.",
        "check": "Google has no boards: a checklist goes where its card goes.",
        "page": "The start page is a document in Google: there is no web page beside it.",
        "channel": "Google holds no channels of a chat: choose another tool for them.",
        "message": "Nothing is mailed from Google: who gets access is told by Google itself.",
    },
    archives=frozenset({"folder", "document", "table", "meeting"}),
    unmarked=frozenset({"occurrence"}),
    keyed=frozenset({"row"}),
    fixed=frozenset({"column", "row", "occurrence"}),
    limits=LIMITS,
    marker=(
        "A hidden property of each file and meeting, a hidden column of keys in each table, "
        "hidden metadata of each column"
    ),
    secrets=("refresh_token", "client_id", "client_secret", "service_account"),
    scopes=NARROW,
    workers=6,
    groups=True,
    drops_moved=True,
    comments=True,
    hosts=(
        "www.googleapis.com",
        "docs.googleapis.com",
        "sheets.googleapis.com",
        "oauth2.googleapis.com",
    ),
)
