"""When a listing is too short to be believed at its first reading. Pure."""

from collections.abc import Collection

FEW = 3
"""So many things may be gone at once from any place without a second reading."""

SHARE = 0.3
"""So much of a place may be gone at once."""


def why_short(known: Collection[str], gone: Collection[str], doubted: Collection[str]) -> str:
    """Return why a place is left alone in this run, "" if what it lists is believed.

    `known` are the addresses that it showed, `gone` those of them that it doesn't show now,
    `doubted` those that were gone when it was last left alone: they have been read twice.
    """
    freshly = len(set(gone) - set(doubted))
    if not freshly:
        return ""
    if freshly == len(known):
        return f"shows none of the {_things(freshly)} that were there; it is read once more first"
    if freshly > FEW and freshly > SHARE * len(known):
        return (
            f"shows {freshly} fewer of the {_things(len(known))} that were there; "
            "it is read once more first"
        )
    return ""


def _things(count: int) -> str:
    return "1 thing" if count == 1 else f"{count} things"
