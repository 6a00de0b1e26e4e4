"""Holds what crosses a sandbox against the vendors' descriptions, and counts it."""

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache

from smarketing.standin import Answer, Asked

PERHAPS_ON_PURPOSE = frozenset((400, 401, 403, 404))
"""Refused with one of these, a request may have been wrong on purpose."""

Misfits = Callable[[Asked, Answer, bool], Iterator[str]]
"""Tells what does not fit in a reply, and, where the flag says so, in its request."""

COUNTED: Counter[str] = Counter()
"""Of this process: `sandboxes`, `requests` and `replies` of each vendor, as `trello requests`."""

ENOUGH = 10
"""Sandboxes of a vendor from which on it is strange that nothing was asked in one."""

EXPECTED = tuple(os.environ.get("SMARKETING_TEST_VENDORS", "").split())
"""Vendors of which this run must validate something, however few sandboxes it makes."""

FOUND: list[str] = []
"""The misfits since the last test ended; they fail the test in which they were found."""


if __name__ != "tests.vendors.heard":
    # By a relative import of a test module it would be there twice, and count apart.
    raise ImportError("import tests.vendors.heard by its full name")


class Misfit(AssertionError):  # noqa: N818 - reads as what it is
    """A request or reply is not as its vendor describes it."""


def heard(vendor: str, asked: Asked, answer: Answer, requests: bool = True) -> None:
    """Hold a reply, and its request if that is meant seriously, to the description; raise Misfit."""
    misfits = described(vendor)
    if misfits is None or asked.path.startswith("/_"):  # a door that only a stand-in has
        return
    meant = requests and answer.status not in PERHAPS_ON_PURPOSE
    if meant:
        COUNTED[f"{vendor} requests"] += 1
    COUNTED[f"{vendor} replies"] += 1
    told = dict.fromkeys(misfits(asked, answer, meant))
    found = [f"{asked.method} {asked.path}: {misfit}" for misfit in told]
    if found:
        FOUND.extend(found)
        raise Misfit("\n".join(found))


@cache
def described(vendor: str) -> Misfits | None:
    """Return what tells a vendor's misfits; None where its description is not there."""
    if vendor == "google":
        from .google_spec import GoogleSpec

        return GoogleSpec().misfits
    if vendor == "trello":
        from .trello_spec import FILE, TrelloSpec

        return TrelloSpec().misfits if FILE.exists() else None
    if vendor == "slack":
        from . import slack_spec

        return slack_spec.SlackSpec().misfits if slack_spec.FILE.exists() else None
    return None


def taken() -> list[str]:
    """Return the misfits that were found, and forget them."""
    found = FOUND.copy()
    FOUND.clear()
    return found


def lines(counted: Mapping[str, int]) -> Iterator[str]:
    """Yield how much of each vendor was validated."""
    for vendor in vendors(counted):
        requests, replies = (
            counted.get(f"{vendor} requests", 0),
            counted.get(f"{vendor} replies", 0),
        )
        yield f"{vendor}: {requests} requests and {replies} replies validated"


def unheard(counted: Mapping[str, int], expected: Collection[str] = EXPECTED) -> list[str]:
    """Return the vendors with a description of which nothing was validated.

    Of those that are not expected, only the ones that had sandboxes enough.
    """
    return [
        vendor
        for vendor in sorted({*vendors(counted), *expected})
        if described(vendor) is not None
        and (vendor in expected or counted.get(f"{vendor} sandboxes", 0) >= ENOUGH)
        and not (counted.get(f"{vendor} requests") and counted.get(f"{vendor} replies"))
    ]


def vendors(counted: Mapping[str, int]) -> list[str]:
    """Return the vendors of which anything was counted."""
    return sorted({name.partition(" ")[0] for name in counted})
