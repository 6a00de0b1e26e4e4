"""Names in a line beside that of its owner: several in front of it, and one that nobody has. Pure.

`Ben, Ana: call the leads` is Ben's, because a card has one owner; both names stay in its title.
"""

import re
from collections.abc import Callable

_SEVERAL_AT = re.compile(
    r"(?P<names>@[\w.\-]+(?:(?:\s*[,&+/]\s*|\s+and\s+|\s+)@[\w.\-]+)+)(?:[:,]\s*|\s+)"
)
_BEFORE_COLON = re.compile(r"(?P<names>[^:\n]{3,120}?):\s+\S")
_AND = re.compile(r"\s*[,&+/]\s*|\s+and\s+")
_UNKNOWN = re.compile(r"^@(?P<first>[\w.\-]*\w)(?=[\s:,])|\s@(?P<last>[\w.\-]*\w)[.!]?$")


def several(head: str, who: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    """Return the names of the two or more people that a line begins with, in their order.

    `who` gives the names of those who may be meant by a word; it has to be one person each time.
    """
    if found := _SEVERAL_AT.match(head):
        words = re.findall(r"@([\w.\-]+)", found["names"])
    elif found := _BEFORE_COLON.match(head):
        words = [word.strip(" *@") for word in _AND.split(found["names"])]
    else:
        return ()
    meant = [who(word) for word in words]
    if len(words) < 2 or any(len(each) != 1 for each in meant):
        return ()
    names = tuple(dict.fromkeys(each[0] for each in meant))
    return names if len(names) > 1 else ()


def unknown(title: str, who: Callable[[str], tuple[str, ...]]) -> str:
    """Return the `@name` at either end of a title that is nobody's, "" if there is none."""
    for found in _UNKNOWN.finditer(title):
        word = found["first"] or found["last"]
        if not who(word):
            return f"@{word}"
    return ""
