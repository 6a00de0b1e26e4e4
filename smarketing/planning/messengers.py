"""Which tool messages go through, and what that one sends to no single person. Pure."""

from collections.abc import Iterator

from smarketing.config.config import Config
from smarketing.contract import Manifest
from smarketing.resolve.desired import Desired
from smarketing.text.wording import joined


def messages_in(config: Config) -> str:
    """Return the tool that messages go through: who says nothing has them where the meetings are."""
    return config.use.get("messages", config.use.get("meetings", "local"))


def unsent(desired: Desired, manifest: Manifest) -> str:
    """Say in a sentence what nobody gets through this tool, and what stands in channels instead;
    "" where it sends messages to people."""
    if "to" in manifest.kinds.get("message", ()):
        return ""
    nobody = list(_to_nobody(desired, manifest))
    if not nobody:
        return ""
    channels = dict.fromkeys(c for digest in desired.digests for c in digest.channels)
    names = [str(desired.items[address].fields.get("title")) for address in channels]
    posted = f"; the digest for {joined(names, most=6)} goes there all the same" if names else ""
    takes = (
        "takes messages in channels alone" if "message" in manifest.kinds else "takes no messages"
    )
    return (
        f"{manifest.title} {takes}, so nobody gets one of their own: {joined(nobody)}{posted}. "
        "For these name a tool that mails under `use:`, or write `messages: local`: then they wait "
        "in a folder for you to send."
    )


def _to_nobody(desired: Desired, manifest: Manifest) -> Iterator[str]:
    if "message" in manifest.kinds:
        yield "no welcome"  # a tool that lets people in tells them so itself, in our words
    if desired.guests:
        yield "no word to the guest of a meeting"
    if any(digest.to for digest in desired.digests):
        yield "no digest"
