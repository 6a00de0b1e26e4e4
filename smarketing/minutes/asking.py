"""What a line may have meant and nothing could read: whose it is, or when it is due. Pure.

Asked only where the name of somebody who is there, or a word for a day, is left in its title.
"""

import re
from collections.abc import Iterable

from smarketing.calendar.when import DAYS, MONTHS
from smarketing.minutes.words import Knowing, Words
from smarketing.text.wording import shortened

_WEEKDAY = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in DAYS)
_MONTH = "|".join(MONTHS)
_DAY = re.compile(
    rf"\b(?:(?:{_WEEKDAY})\b(?!['’]s)|(?i:tomorrow|tonight|(?:next|end of(?: the| this| next)?)"
    rf" (?:week|month|quarter))\b|\d{{1,2}}(?:st|nd|rd|th)?\.? (?:{_MONTH})|(?:{_MONTH})[a-z]* \d"
    r"|(?i:by|due|on|until|till|before) \d{1,2}[/.]\d)"
)


def asked(words: Words, knowing: Knowing, there: Iterable[str]) -> str:
    """Return the question that a line leaves, "" for none; `there` are the names of who is there."""
    if words.is_struck:
        return ""
    named = "" if words.is_named else _name_in(words.title, there)
    is_dated = not words.due and bool(_DAY.search(words.title))
    title, someone = shortened(words.title), knowing.short(named)
    if named and is_dated:
        return f"Whose is “{title}”, and when is it due? Write it as “{someone}: ... by Friday”."
    if named:
        return f"Whose is “{title}”? Write a name in front, as in “{someone}: ...”."
    if is_dated:
        return f"When is “{title}” due? Write the day at its end, as in “by Friday” or “by 11 Dec”."
    return ""


def _name_in(title: str, there: Iterable[str]) -> str:
    for name in there:
        if re.search(rf"\b{re.escape(name.split(' ')[0])}\b", title):
            return name
    return ""
