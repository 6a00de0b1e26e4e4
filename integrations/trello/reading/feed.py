"""What happened in a Trello account: when something last happened on each of its boards."""

import json

from smarketing.contract import Changes

from ..account import Account


def changes_since(account: Account, cursor: str) -> Changes:
    """Return the boards on which something happened, that are new or that are gone."""
    listed = account.get("members/me/boards", filter="all", fields="closed,dateLastActivity")
    now = {str(each["id"]): [each["dateLastActivity"], each["closed"]] for each in listed}
    before = _boards(cursor)
    kept = json.dumps({"boards": now}, sort_keys=True)
    if before is None:
        return Changes(kept)
    either = now.keys() | before.keys()
    return Changes(kept, frozenset(each for each in either if now.get(each) != before.get(each)))


def _boards(cursor: str) -> dict[str, object] | None:
    try:
        boards = json.loads(cursor)["boards"]
    except (ValueError, LookupError, TypeError):
        return None
    return boards if isinstance(boards, dict) else None
