"""Small English for reading goals: what numbers, periods and names look like in a sentence."""

import re

_UNITS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_LARGE = "hundred|thousand|million|billion|dozen"
_WORDS = rf"(?:a |one |half a )?(?:(?:{_TENS})(?:-(?:one|{_UNITS}))?|{_UNITS}|{_LARGE})(?:[ -](?:{_LARGE}))*"
_DIGITS = (
    r"[£$€+±-]?\s?\d+(?:[.,:]\d+)*(?:\s?[-–]\s?\d+(?:[.,]\d+)*)?"
    r"(?:\s?(?:%|[£$€]|k\b|m\b|bn\b|x\b|million\b|thousand\b|billion\b|hundred\b|dozen\b|eur\b|euros?\b))*"
)
NUMBER = rf"(?:{_DIGITS}|\b(?:{_WORDS}|zero)\b(?:\s?%)?)"
"""One number: digits with what belongs to them, or words."""

_COUNT = rf"(?:{NUMBER}|\bone\b|\ba\b)"
RATIO = (
    rf"(?:{_COUNT}\s(?:in|of|out of)\s(?:every |each |the |all |our )*{NUMBER}"
    rf"|(?:\ba |\bone |\btwo |\bthree )?(?:third|quarter|fifth|tenth)s?\b(?! of the (?:year|month))"
    r"|\bhalf (?:of|the|our|as)\b|\bone (?:in|of) \w+)"
)
"""A share, told as a ratio or a fraction."""

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
PERIOD = r"(?:week|month|quarter|year|half-year|half|decade|season|sprint)"
SEASON = (
    r"(?:spring|summer|autumn|fall|winter|christmas|easter|whitsun|new year(?:'s eve)?|"
    r"thanksgiving|black friday|ramadan|diwali|pentecost|carnival)"
)
YEAR = r"20\d\d"
QUARTER = r"(?:q[1-4]|h[12]|fy\s?\d{2,4}(?:/\d\d)?)\b"
EVENT = (
    r"(?:fair|launch|meeting|conference|kick-off|kickoff|anniversary|review|summit|opening|"
    r"holidays?|break|event|show|audit|congress|offsite|retreat|closing|deadline)"
)

_VERBS_TEXT = """
accept achieve acquire add agree answer arrange ask attend attract average beat become begin
book boost bring build call carry change check choose clean clear close coach collect complete
conduct contact convert create cut decide decrease deliver develop discover do double draft
drive drop earn enter expand extend fill find finish fix follow gain gather generate get give go
grow halve hand have help hire hit hold host improve increase interview introduce invite keep
land launch lead learn lift list look lower maintain make manage meet measure migrate move
negotiate nurture offer onboard open optimise optimize organise organize outperform own pass pay
pitch place plan prepare present produce promise prove publish pull push put qualify quadruple
raise reach read rebuild record recruit redesign reduce refresh refuse remove renew repair
repeat reply report respond review revive rework run save schedule see sell send serve set share
shorten show sign slash source speak spend start stop streamline strengthen supply take talk
teach tell test train trial trim triple try turn update use visit win work write
"""
VERBS = frozenset(_VERBS_TEXT.split())
"""What people say they do about a goal, in the base form."""

_THIRD = {"have": "has", "do": "does", "go": "goes"}


def _third(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in "aeo":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x")) else f"{verb}s"


THIRD = frozenset(_THIRD.get(verb) or _third(verb) for verb in VERBS)
"""The same, as somebody does it: raises, wins."""


def plain(text: str) -> str:
    """Return the text on one line, with one kind of quote, blank and percent sign."""
    text = text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
    text = re.sub(r"(?i)\bper ?cent\b", "%", text)
    return " ".join(text.split())
