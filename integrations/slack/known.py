"""What this process has learnt of the account. Nothing here is needed for a right result."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Known:
    """`me` is our own id in Slack, `base` the address of its workspace. `mailboxes` are people's
    by their ids, `ids` theirs by their addresses. By the ids of channels: `access`, the members'
    roles by mailbox. By workspaces: `holders`, the channel that says that it is done."""

    me: str = ""
    base: str = ""
    mailboxes: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    access: dict[str, dict[str, str]] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)
    everybody: bool = False
