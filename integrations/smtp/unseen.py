"""Signs that nobody sees, and that could end a line or turn what is read. Pure."""

import unicodedata

_JOINERS = "\u200c\u200d"


def is_hidden(c: str) -> bool:
    """Say whether a sign is no letter, space or picture: a control, or half of something."""
    return unicodedata.category(c) in ("Cc", "Cf", "Cs", "Cn") and c not in _JOINERS


def one_line(text: str) -> str:
    """Return the text on one line, as far as it can be seen."""
    return " ".join("".join(" " if is_hidden(c) else c for c in text).split())
