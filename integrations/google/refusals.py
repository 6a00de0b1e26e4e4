"""What Google's refusals mean: wait, look again, or give up."""

from typing import Any

from smarketing import web
from smarketing.contract import Failed, Outcome, Unreachable
from smarketing.web import NoReply, Refused

TOOL = "Google"
_PACING = frozenset(("userRateLimitExceeded", "rateLimitExceeded", "RESOURCE_EXHAUSTED"))
_FOR_LONG = {
    "sharingRateLimitExceeded": "Google lets this account share no more for some hours.",
    "dailyLimitExceeded": "Google lets this account do no more today.",
    "quotaExceeded": "Google lets this account do no more for some hours.",
}


def is_pacing(refused: Refused) -> bool:
    """Say whether Google only asks us to wait some seconds."""
    why = reasons(refused)
    if why & _FOR_LONG.keys():
        return False
    return refused.status in (429, 503) or bool(refused.status == 403 and why & _PACING)


def outcome(error: Refused | NoReply) -> Outcome:
    """Return what a write that ended in this error comes to."""
    if isinstance(error, Refused):
        for reason in sorted(reasons(error) & _FOR_LONG.keys()):
            return Failed(f"{_FOR_LONG[reason]} Run again later.")
    return web.outcome(error, TOOL, is_pacing)


def unreachable(error: Refused | NoReply) -> Unreachable:
    """Return what to raise when a read ended in this error."""
    return web.unreachable(error, TOOL, is_pacing)


def is_absent(error: object) -> bool:
    """Say whether there is no such object, or none that we may see."""
    return isinstance(error, Refused) and error.status in (404, 410)


def reasons(refused: Refused) -> frozenset[str]:
    """Return the reasons that a refusal gives, in the words of the API."""
    error = refused.data.get("error") if isinstance(refused.data, dict) else None
    if not isinstance(error, dict):
        return frozenset()
    listed: Any = error.get("errors")
    told = [each.get("reason") for each in listed or () if isinstance(each, dict)]
    return frozenset(str(each) for each in (*told, error.get("status")) if each)
