"""What somebody may have meant who wrote a name that is not known."""

from collections.abc import Collection
from difflib import get_close_matches


def did_you_mean(word: str, known: Collection[str]) -> str:
    """Return a suggestion from what is known, or all of it if that is little."""
    close = get_close_matches(word[:80], list(known)[:2000], n=1, cutoff=0.6)
    if close:
        return f"Did you mean '{close[0]}'?"
    if not known:
        return ""
    return f"Known here: {', '.join(known)}." if len(known) <= 20 else ""
