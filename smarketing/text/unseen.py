"""Characters that nobody sees: they have no place in what people write."""

import re
from collections.abc import Iterator

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


def unseen(text: str) -> Iterator[tuple[int, str]]:
    """Return the offset and name of each control character and line-turning mark in a text."""
    for found in _UNSEEN.finditer(text):
        yield found.start(), f"U+{ord(found.group()):04X}"
