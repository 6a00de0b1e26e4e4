"""Whether words say when: a clock that somebody can hold against what was promised."""

import re

from smarketing.lints.plainwords import (
    EVENT,
    MONTH,
    NUMBER,
    PERIOD,
    QUARTER,
    SEASON,
    WEEKDAY,
    plain,
)

_DURATION = r"(?:(?:working|business|calendar) )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?)"
_CLOCK = re.compile(
    rf"\b(?:{NUMBER}|a|an|one|half an?|few) {_DURATION}\b|\b(?:{NUMBER}|one)[- ](?:minute|hour|day|week)\b"
    rf"|\b(?:the |that )?same (?:day|hour|week|month|morning|moment)\b|\bat once\b|\bimmediately\b|\bright away\b"
    rf"|\b(?:each|every|per|once a|twice a|a|next|this|that|of the|end of|by the end of|following|first|last) {PERIOD}\b"
    rf"|\b(?:every|each) (?:(?:other|second|third|working|first|last) )?(?:day|morning|evening|{WEEKDAY}|hand-over|meeting)s?\b"
    rf"|\b(?:hourly|daily|weekly|fortnightly|monthly|quarterly|yearly|annually|overnight|today|tonight|tomorrow|then)\b"
    rf"|\b(?:on |by |until |before |every |next |from )?{WEEKDAY}s?\b|\b(?:mon|tue|wed|thu|fri)\b"
    rf"|\b{MONTH} \d|\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH}|\b\d{{4}}-\d\d-\d\d\b|\b{QUARTER}"
    rf"|\b(?:in|by|before|until|from|since) (?:{MONTH}|{SEASON})\b|\bdays? \d+\b|\bweek \d+\b|\bnoon\b|\bmidnight\b"
    rf"|\b\d{{1,2}}(?::\d\d| ?[ap]\.?m\b)"
    rf"|\b(?:at|by|before|until|after|in|from|for) (?:the |each |every |our |its |their )?(?:[\w-]+ ){{0,3}}?(?:{EVENT}|weekly|retro|call)s?\b"
    r"|\b(?:when|whenever|once|until|till|before|after|as soon as(?! (?:possible|we can|you can|they can|practicable))|while|the moment)\b"
    r"|\bwithout (?:delay|being asked)\b|\bat the same time\b|\bahead of\b|\bduring\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"(?:\W*(?:within |by |in |until )?(?:as (?:soon|fast|quickly) as (?:possible|we can|they can|you can)|soon|asap|quickly|promptly|shortly|later|sometime|some day|one day|"
    r"in due course|when possible|whenever possible|as needed|tbd|tba|tbc|n/?a|ongoing|fast|timely|in time|"
    r"regularly|if possible|at some point|eventually)?\W*)",
    re.IGNORECASE,
)
_AS_POSSIBLE = re.compile(
    r"\b(?:when|whenever|as soon as|as fast as|as quickly as) (?:possible|(?:we|they|you) can)\b",
    re.IGNORECASE,
)


def says_when(text: str) -> bool:
    """Say whether a text holds a time, a rhythm, or the moment after which something is due."""
    return bool(_CLOCK.search(_AS_POSSIBLE.sub("", plain(text))))


def is_no_time(cell: str) -> bool:
    """Say whether a cell that should hold a time is empty or only says soon."""
    return bool(_VAGUE.fullmatch(plain(cell)))
