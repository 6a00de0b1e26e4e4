"""The digests that a playbook asks for, with the people who get them here."""

from smarketing.digest.asked import Digest
from smarketing.playbook import DigestAsked
from smarketing.resolve_scope import Scope
from smarketing.when import When, parse_when

_WEEKLY = "Write a sentence like 'every Monday at 8:30': a digest goes once a week, or less often."


def digests_of(scope: Scope) -> tuple[Digest, ...]:
    """Return the digests that somebody here gets; what is left out is said."""
    found: list[Digest] = []
    for key, asked in scope.playbook.digest.items():
        when = _when(scope, key, asked)
        title = scope.title(asked.title, ("digest", key, "title"))
        people = scope.people
        to = [people.mailbox(who) for role in asked.to for who in people.players(role)]
        scope.note_absent(asked.to)
        if when is not None and any(to):
            found.append(Digest(key, title, when, tuple(dict.fromkeys(filter(None, to)))))
    return tuple(found)


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
