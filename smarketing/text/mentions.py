"""Where a person's name or mail address stands in texts and values, and the same without them. Pure.

Names count as whole words and by their letters' case, addresses in any case.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from smarketing.kinds import Value

FORGOTTEN = "[forgotten]"
"""Stands where a name or an address stood."""


@dataclass(frozen=True, slots=True)
class Who:
    """A person: name and mail address, "" for what is not known.

    `others` are names and addresses of other people in which this name stands, too: they are
    no mention of this person.
    """

    name: str = ""
    mail: str = ""
    others: tuple[str, ...] = ()

    @property
    def mailbox(self) -> str:
        """What one types to mean this person: `Ana Silva <ana@acme.example>`, or one of the two."""
        return f"{self.name} <{self.mail}>" if self.name and self.mail else self.name or self.mail

    def times(self, value: Value) -> int:
        """Return how often this person is named in a text, a set or a map."""
        if isinstance(value, str):
            return sum(1 for found in _pattern(self).finditer(value) if found["who"])
        if isinstance(value, frozenset):
            return sum(map(self.times, value))
        if isinstance(value, Mapping):
            return sum(self.times(key) + self.times(said) for key, said in value.items())
        return 0

    def without(self, value: Value) -> Value:
        """Return the value without this person: in texts a mark stands instead, entries go."""
        if isinstance(value, str):
            return self.blanked(value)
        if isinstance(value, frozenset):
            return frozenset(each for each in value if not self.times(each))
        if isinstance(value, Mapping):
            return {k: self.blanked(said) for k, said in value.items() if not self.times(k)}
        return value

    def blanked(self, text: str) -> str:
        """Return the text with a mark for each mention; "" if there is nothing else in it."""
        blank = _pattern(self).sub(_mark, text)
        rest = blank.replace(FORGOTTEN, "").strip(" <>")
        return blank if rest or blank == text else ""


def _mark(found: re.Match[str]) -> str:
    return FORGOTTEN if found["who"] else found[0]


@cache
def _pattern(who: Who) -> re.Pattern[str]:
    own = [_name(who.name)] if who.name else []
    own += [_mail(who.mail)] if who.mail else []
    others = [_mail(each) if "@" in each else _name(each) for each in who.others]
    # What stands first is tried first: another's longer name is not taken for this one.
    return re.compile(rf"(?:{'|'.join(others) or '(?!)'})|(?P<who>{'|'.join(own) or '(?!)'})")


def _name(name: str) -> str:
    words = r"\s+".join(re.escape(word) for word in name.split())
    return rf"(?<!\w){words}(?!\w)"


def _mail(mail: str) -> str:
    return rf"(?i:(?<![\w.+%-]){re.escape(mail)}(?![\w-]|\.\w))"
