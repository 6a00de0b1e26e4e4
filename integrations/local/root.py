"""The root of a workspace, as its marker file says it. Pure."""

import json
from collections.abc import Mapping

from smarketing.contract import Remote
from smarketing.kinds import Value

from .disk import OURS, join

ROOT_FILE = join(OURS, "workspace")


def root_remote(text: str | None, version: str) -> Remote:
    """Return the root from the text of its marker file."""
    try:
        said = json.loads(text or "{}")
    except ValueError:
        said = {}
    said = said if isinstance(said, dict) else {}
    fields: dict[str, Value] = {"title": _text_or_none(said.get("title"))}
    fields["done"] = True if said.get("done") is True else None
    workspace = _text_or_none(said.get("workspace")) or ""
    return Remote(
        id=".", kind="root", fields=fields, marker="root:local" if workspace else "",
        workspace=workspace, version=version, url=".",
    )  # fmt: skip


def root_text(workspace: str, fields: Mapping[str, Value]) -> str:
    """Return the text of the root's marker file."""
    said = {"workspace": workspace, "title": fields.get("title"), "done": fields.get("done")}
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None
