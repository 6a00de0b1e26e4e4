"""Behaviours of Slack that nothing published settles; each can be switched the other way."""

from collections.abc import Mapping

BOTS_UNARCHIVE = "slack-bots-unarchive"
KEEPS_MEMBERS = "slack-archive-keeps-members"
UNESCAPED = "slack-purpose-unescaped"
INVITES_THE_REST = "slack-invites-the-rest"
DROPS_METADATA = "slack-update-drops-metadata"

SWITCHES: Mapping[str, str] = {
    BOTS_UNARCHIVE: "an app may take a channel out of its archive",
    KEEPS_MEMBERS: "members stay in a channel that is archived",
    UNESCAPED: "purpose and topic come back as people see them, not escaped",
    INVITES_THE_REST: "of several who are invited, those who can be are let in",
    DROPS_METADATA: "an edited message has only the metadata that came with the edit",
}
