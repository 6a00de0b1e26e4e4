"""The digests that a playbook asks for, with the people who get them here."""

from collections.abc import Iterator

from smarketing.calendar.digesttimes import Digest
from smarketing.calendar.read import parse_when
from smarketing.calendar.when import When
from smarketing.playbook.meetings import CHANNEL, DigestAsked
from smarketing.resolve.scope import Scope

_WEEKLY = "Write a sentence like 'every Monday at 8:30': a digest goes once a week, or less often."


def digests_of(scope: Scope) -> tuple[Digest, ...]:
    """Return the digests that somebody here gets; what is left out is said."""
    found: list[Digest] = []
    for key, asked in scope.playbook.digest.items():
        when = _when(scope, key, asked)
        title = scope.title(asked.title, ("digest", key, "title"))
        people = scope.people
        roles = [each for each in asked.to if not each.startswith(CHANNEL)]
        to = [people.mailbox(who) for role in roles for who in people.players(role)]
        scope.note_absent(roles)
        mailboxes = tuple(dict.fromkeys(filter(None, to)))
        channels = tuple(dict.fromkeys(_channels(scope, title, asked)))
        if when is not None and (mailboxes or channels):
            found.append(Digest(key, title, when, mailboxes, channels))
    return tuple(found)


def _channels(scope: Scope, title: str, asked: DigestAsked) -> Iterator[str]:
    """Yield the channels that a digest stands in, and say which the chosen parts don't have."""
    for each in asked.to:
        if each in scope.items:
            yield each
        elif each.startswith(CHANNEL):
            key = each.removeprefix(CHANNEL)
            words = "is in a part that is not chosen, so no digest stands there."
            scope.leave_out(f"{title}: the channel {key} {words}")


def _when(scope: Scope, key: str, asked: DigestAsked) -> When | None:
    at = ("digest", key, "when")
    sentence = scope.title(asked.when, at)
    if not sentence:
        return None
    try:
        when = parse_when(sentence, scope.config.timezone)
    except ValueError as error:
        scope.problem(at, str(error))
        return None
    if when.rule.startswith("FREQ=MONTHLY") or _is_weekly(when.rule):
        return when
    scope.problem(at, f"'{sentence[:80]}' is more than once a week, or only once.", _WEEKLY)
    return None


def _is_weekly(rule: str) -> bool:
    days = rule.partition("BYDAY=")[2].partition(";")[0]
    return rule.startswith("FREQ=WEEKLY") and days != "" and "," not in days
