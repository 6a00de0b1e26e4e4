"""The channels of a chat as a playbook asks for them."""

from collections.abc import Iterator
from dataclasses import replace

from smarketing.config.people import Right
from smarketing.kinds import Value
from smarketing.playbook.meetings import Channel
from smarketing.resolve.scope import Extra, Path, Scope

MOST_PURPOSE, MOST_TOPIC = 160, 250
"""Characters that fit into every chat, a mark of ours behind the purpose included."""


def add_channels(scope: Scope) -> None:
    """Take up the channels, and then what each keeps at hand: another channel, too."""
    for key, channel in scope.playbook.channels.items():
        address, path = f"channel:{key}", ("channels", key)
        if scope.is_excluded(address):
            continue
        own = scope.counted(address)
        fields: dict[str, Value] = {"title": scope.title(channel.title, (*path, "title"), own)}
        if channel.purpose:
            fields["purpose"] = _line(scope, channel.purpose, (*path, "purpose"), MOST_PURPOSE, own)
        if channel.topic:
            fields["topic"] = _line(scope, channel.topic, (*path, "topic"), MOST_TOPIC, own)
        share: dict[str, Right] = dict.fromkeys(channel.invite, "edit")
        fields |= scope.access(share)
        scope.add(address, "channels", "", fields, path)
        scope.purpose(address, channel.purpose, path, own)
        scope.former(address, channel.was, path)
    for key, channel in scope.playbook.channels.items():
        item, lines = scope.items.get(f"channel:{key}"), "".join(_bookmarks(scope, channel))
        if item and lines:
            fields = {**item.fields, "bookmarks": lines}
            scope.items[item.address] = replace(item, fields=fields)


def _line(scope: Scope, said: str, path: Path, most: int, own: Extra) -> str:
    line = " ".join(scope.text(said, path, own).split())
    if len(line) > most:
        words = f"This has {len(line)} characters, and a chat shows {most} at most."
        scope.problem(path, words, "Say it in one short sentence.")
    return line


def _bookmarks(scope: Scope, channel: Channel) -> Iterator[str]:
    """Yield a line for each thing that appears, for one with `for-each` a line for each item."""
    for wanted in channel.bookmarks:
        for address, item in scope.items.items():
            if address == wanted or address.startswith(f"{wanted}."):
                title = str(item.fields.get("title") or address)
                words = title.replace("[", "(").replace("]", ")")
                yield f"- [{words}](link:{address})\n"
