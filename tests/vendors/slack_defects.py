"""What Slack's published descriptions get wrong or leave out, each with its reason. Nothing else is excused.

Beside these, three rules hold everywhere: a token may come in the header of any request; parameters
may come as a form or as JSON; and a boolean may be written `true` or `1`.
"""

from collections.abc import Mapping
from typing import Any

ANYTHING = "<anything>"
_TEXT = {"type": "string"}
_TRUTH = {"type": "boolean"}
_NEEDED = {"type": "string", "required": True}


def _operation(verb: str, **parameters: Any) -> dict[str, Any]:
    named = [{"name": name, **each} for name, each in parameters.items()]
    return {verb: {"parameters": named, "responses": {}}}


# The description of 2020 is older than bookmarks. Parameters as in the reference of bookmarks.*.
METHODS: Mapping[str, Any] = {
    "bookmarks.add": _operation(
        "post",
        channel_id=_NEEDED,
        title=_NEEDED,
        type=_NEEDED,
        link=_TEXT,
        emoji=_TEXT,
        entity_id=_TEXT,
        parent_id=_TEXT,
    ),
    "bookmarks.edit": _operation(
        "post", bookmark_id=_NEEDED, channel_id=_NEEDED, title=_TEXT, link=_TEXT, emoji=_TEXT
    ),
    "bookmarks.list": _operation("get", channel_id=_NEEDED),
    "bookmarks.remove": _operation("post", bookmark_id=_NEEDED, channel_id=_NEEDED),
}

PARAMETERS: Mapping[str, Mapping[str, Any]] = {
    # Message metadata came in 2022.
    "chat.postMessage": {"metadata": _TEXT},
    "chat.update": {"metadata": _TEXT, "link_names": _TRUTH},
    "conversations.history": {"include_all_metadata": _TRUTH},
    # Enterprise organisations came later; official clients send it along.
    "conversations.create": {"team_id": _TEXT},
    "conversations.list": {"team_id": _TEXT},
    "users.list": {"team_id": _TEXT},
}

FIELDS: Mapping[str, Mapping[str, Any]] = {
    # In the description, and not among the fields seen in 2026.
    "auth.revoke": {"revoked": True},
    # The description says a number or null, and the samples show a number.
    "conversations.history": {"channel_actions_ts": ANYTHING},
}

ERRORS: Mapping[str, tuple[str, ...]] = {
    # Of every method, by the guide of the Web API.
    "": ("not_authed", "invalid_auth", "account_inactive", "token_revoked", "unknown_method",
         "invalid_json", "json_not_object", "invalid_cursor", "invalid_limit", "invalid_arguments",
         "internal_error", "fatal_error"),
    # The description of 2020 is older than bookmarks.
    "bookmarks.add": ("channel_not_found", "not_in_channel", "is_archived", "invalid_link",
                      "too_many_bookmarks"),
    "bookmarks.edit": ("channel_not_found", "not_in_channel", "is_archived", "invalid_link",
                       "bookmark_not_found"),
    "bookmarks.list": ("channel_not_found",),
    "bookmarks.remove": ("channel_not_found", "not_in_channel", "is_archived",
                         "bookmark_not_found"),
    # Message metadata and blocks came later.
    "chat.postMessage": ("invalid_metadata_format", "invalid_blocks"),
    "chat.update": ("invalid_metadata_format", "invalid_blocks", "is_archived",
                    "not_in_channel"),
    # An app sees the messages of its own channels alone.
    "conversations.history": ("not_in_channel",),
    # An archived channel is left as it is, and an app does nothing where it is not.
    "conversations.kick": ("is_archived",),
    "conversations.archive": ("not_in_channel",),
    # The reference warns that bot tokens can't unarchive; this is the error that is reported.
    "conversations.unarchive": ("not_in_channel",),
}  # fmt: skip
