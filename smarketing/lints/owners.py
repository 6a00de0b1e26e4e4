"""Who answers for a goal: a person, a role, or the team that is said to do it."""

import re

from smarketing.lints.goalwords import COUNT, DATE, NAME, PAST, RATE
from smarketing.lints.measures import is_measured
from smarketing.lints.plainwords import THIRD, VERBS

_NOBODY = re.compile(
    r"(?:the |our )?(?:whole |entire )?(?:all|all of us|any(?:body|one)|both|company|every(?:body|one)|everybody else|"
    r"n/?a|no ?(?:body|one)|none|nobody yet|open|somebody|someone|tba|tbc|tbd|team|to be (?:decided|defined|found|named|agreed)|"
    r"unknown|unclear|us|we|who|[-–—?.]+)\W*",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:owner|owners|owned by|owns|own (?:it|this|that)|(?:person )?responsible|accountable|answers? for|in charge|led by|leads it|"
    r"takes (?:it|this|care)|looks after|has it|runs (?:it|this))\b(?P<who>[^.;]*)",
    re.IGNORECASE,
)
_FIELD = (
    r"(?:sales|marketing|customer success|customer care|support|service|product|finance|content|partners?|events?|"
    r"team|crm|web|brand|communications?|pr|social media|e-?mail|digital|field|growth|regional|key account|account|"
    r"business development|sdr|bdr|campaigns?|community|north|south|east|west|design|seo|demand generation|revenue)"
)
_TEAM = (
    rf"(?:sales|marketing|leadership|customer success|customer care|support|finance|(?:\w+ )?operations|"
    rf"(?:key )?account management|business development|field sales|inside sales|"
    rf"(?:the )?(?:{_FIELD}|\w+) (?:team|desk))"
)
_ROLE = (
    rf"(?:(?:the |our )?(?:deputy )?(?:heads?|leads?|vp|director|chief) of [\w ]+?|(?:the )?c[emorfti]o|"
    rf"(?:the |our )?(?:{_FIELD} ){{1,2}}(?:lead|leader|head|owner)|(?:the |our )?(?:[\w-]+ ){{1,2}}"
    r"(?:manager|director|officer|coordinator|specialist|representative)|both heads|both leads|(?:the )?two heads)"
)
_MODAL = frozenset(["to", "will", "has", "have", "is", "are", "shall", "must", "can"])
_START = rf"(?:^|[.;:,]\s|{DATE}\s)"
_WITH = r"(?P<after>:\s|\s(?:together|and|also|now)\b|\s[\w-]+)"
_TEAM_ACTS = re.compile(
    rf"{_START}(?P<who>(?:{_TEAM}|{_ROLE})(?:(?: and |, ){_TEAM})?(?: together)?){_WITH}",
    re.IGNORECASE,
)
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'-]+"
_NAME = rf"{_CAPITAL}(?: {_CAPITAL})?(?: (?:and|&|\+) {_CAPITAL}(?: {_CAPITAL})?)?"
_PERSON_ACTS = re.compile(rf"{_START}(?P<who>{_NAME}){_WITH}")
_AT_THE_END = re.compile(
    rf"(?:[,;(:]|\s[-–—])\s?(?P<who>{_NAME}|(?i:{_ROLE})|(?i:{_TEAM}))\s?\)?[.\s]*$"
)
_NOT_THE_TEAM = frozenset(["grows", "rises", "falls", "drops", "climbs", "goes"])
_NO_NAMES_TEXT = """
we it this that these those they he she you everybody everyone each every nobody somebody no all
any there our the a an example goal target baseline status date owner today now currently until
by at from in on for more less fewer higher lower average total most some many half team teams
company board customers leads january february march april may june july august september
october november december christmas easter monday tuesday wednesday thursday friday saturday
sunday spring summer autumn winter europe germany france sales marketing what who when where why
how number better new first last twice accepted existing
"""
_NO_NAMES = frozenset(_NO_NAMES_TEXT.split())


def is_owner(cell: str) -> bool:
    """Say whether the words of a cell name somebody who answers for it."""
    return any(c.isalnum() for c in cell) and not _NOBODY.fullmatch(cell.strip())


def names_owner(plain: str, signed: str) -> bool:
    """Say whether a goal, as written and as read, names somebody who answers for it."""
    return (
        any(_says_who(found, plain) for found in _SAID.finditer(plain))
        or any(_acts(found) for found in _TEAM_ACTS.finditer(signed))
        or any(_is_name(found["who"]) and _acts(found) for found in _PERSON_ACTS.finditer(signed))
        or any(_is_name(found["who"]) for found in _AT_THE_END.finditer(signed))
    )


def _says_who(found: re.Match[str], plain: str) -> bool:
    """Say whether `owner: Ana`, `Ana owns it` or `owned by Ana` names somebody."""
    who = found["who"].strip(" :=-–—").removeprefix("is ").strip()
    before = plain[: found.start()].strip(" ,;:-(")
    about_it = who.split(" ")[0].lower() in ("", "this", "it", "that", "by", "for")
    return is_owner(who) or (bool(before) and about_it)


def _acts(found: re.Match[str]) -> bool:
    """Say whether what follows is what somebody does, rather than what somebody wants."""
    after = found["after"].strip().lower()
    if after in (":", "together"):
        return True
    does = after in THIRD or after in _MODAL
    if found["who"].lower().endswith("sales"):
        return does and after not in _NOT_THE_TEAM
    return does or found["who"].lower().endswith("together")


def _is_name(who: str) -> bool:
    """Say whether a capitalised word is more likely a name than the first word of a sentence."""
    if any(sign in who for sign in (COUNT, DATE, NAME, PAST, RATE)):
        return False
    if re.fullmatch(f"(?:{_ROLE}|{_TEAM})", who, re.IGNORECASE):
        return True
    first = who.split(" ")[0].lower()
    known = first in _NO_NAMES or first in VERBS
    return not known and not is_measured(who) and not who.isupper()
