"""Whether the words of a line say what is to be done, and not only who, or how it stands. Pure."""

import re
import unicodedata

from smarketing.minutes.words import Knowing, Words

_SOMEBODY = re.compile(r"@[\w.\-]+")


def says_something(words: Words, knowing: Knowing) -> bool:
    """Say whether there is a title that is more than a name, a status, or nothing to be seen."""
    title = "".join(each for each in words.title if unicodedata.category(each)[0] != "C")
    title = title.strip().removeprefix("·").strip()
    if words.target:
        return bool(title)
    name = title.removesuffix(":").removeprefix("@")
    is_name = bool(_SOMEBODY.fullmatch(title) or knowing.who(name))
    is_status = knowing.vocabulary.knows(title) and not (words.is_named or words.due)
    return bool(title) and not is_name and not is_status
