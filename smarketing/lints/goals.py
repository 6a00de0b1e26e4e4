"""Goal without number: what a goal lacks of metric, baseline, target, date and owner."""

import re
from dataclasses import dataclass

from smarketing.lints.goalwords import COUNT, DATE, PAST, read
from smarketing.lints.measures import is_measured, is_quality
from smarketing.lints.owners import is_owner, names_owner

METRIC, BASELINE, TARGET, DAY, OWNER = "metric", "baseline", "target", "date", "owner"
PARTS = (METRIC, BASELINE, TARGET, DAY, OWNER)


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal: a sentence, or a row with its cells; "" where a cell is empty or absent."""

    goal: str
    baseline: str = ""
    target: str = ""
    by: str = ""
    owner: str = ""


_OPEN = re.compile(r"\[to agree:", re.IGNORECASE)
_NOT_YET = re.compile(
    r"\b(?:not (?:yet )?(?:been )?(?:measured|known|counted)|(?:to be|not yet|being|first) (?:measured?|counted?|known)"
    r"|unknown (?:yet|so far|as yet)|starts with the|set (?:after|once|when))\b",
    re.IGNORECASE,
)
_NOW = (
    r"(?:now|today|currently|at present|at the moment|presently|right now|so far|until now|to date|"
    rf"current|baseline|starting point|{PAST})"
)
_BY_GOAL = r"(?<!goal )(?<!target )(?<!aim )(?<!objective )(?<!wanted )(?<!plan )"
_GAP = r"(?:[\s:,]+[\w'%-]+){0,4}?[\s:,]+"
_BASELINES = re.compile(
    rf"{COUNT}(?:\s[\w%-]+){{0,2}}\s?(?:→|->|=>|>)\s?(?={COUNT})"
    rf"|\b(?:up |down |away )?from(?: (?:about|around|roughly|currently|only|just|an?|the|{PAST}))*\s{COUNT}"
    rf"|{_NOW}(?!\s[a-z]+ing){_GAP}{COUNT}"
    rf"|{COUNT}(?:\s(?!and\b|or\b|by\b)[\w%-]+){{0,4}},?\s{_NOW}"
    rf"|\b(?:compared (?:with|to)|instead of|rather than|versus|vs\.?|against|after)\s(?:only |just |about )?{COUNT}"
    rf"|{_BY_GOAL}\b(?:is|are|was|were|stands? at|has been|have been|dropped to|fallen to|fell to|risen to|rose to)"
    rf"\s(?:only |just |about |still |already |down to )*{COUNT}"
    rf"|\bwe (?:had|have|won|got|sold|made|did|start (?:from|at)|[a-z]+ed|answer)(?:\s\w+){{0,2}}?\s{COUNT}"
    rf"|\b[Tt]he\s{COUNT}(?=\s)"
    rf"|\({COUNT}[^)]*(?:{DATE}|{_NOW}|in the first)[^)]*\)",
    re.IGNORECASE,
)
_BY_HOW_MUCH = re.compile(
    r"\b(?:doubles?|doubled|doubling|triples?|tripled|quadruples?|halves?|halve|halved|halving|twice|twofold|threefold|"
    r"tenfold|by half|in half|zero|none|nobody|no one)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?:(?:no|every|each|all)\s(?:of )?(?:our |the )?(?!one\b|longer\b|later\b|doubt\b|matter\b|of us\b|time\b)[a-z-]+)",
    re.IGNORECASE,
)


def lacking(goal: Goal) -> tuple[str, ...]:
    """Return what a goal lacks, in the order of PARTS; what is said to be open lacks nothing."""
    if _OPEN.search(goal.goal):
        return ()
    signed_goal = read(goal.goal)
    text = signed_goal.signed
    is_row = bool(goal.baseline or goal.target)
    measured = is_measured(text) or "{{" in goal.goal or (is_row and not is_quality(text))
    baseline, target = _numbers(text)
    said = {
        METRIC: measured,
        BASELINE: baseline or _is_open(goal.baseline) or _has_number(goal.baseline),
        TARGET: target or (measured and bool(_ALL.search(text))) or _is_target(goal.target),
        DAY: signed_goal.has_date or _is_open(goal.by) or _is_date(goal.by),
        OWNER: _is_open(goal.owner)
        or is_owner(goal.owner)
        or names_owner(signed_goal.plain, signed_goal.signed),
    }
    return tuple(part for part in PARTS if not said[part])


def _numbers(signed: str) -> tuple[bool, bool]:
    """Say whether a goal has a number for where it stands, and one for where it shall go."""
    rest, known = signed, bool(_NOT_YET.search(signed))
    while found := _BASELINES.search(rest):
        known = True
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    return known, COUNT in rest or bool(_BY_HOW_MUCH.search(rest))


def _is_open(cell: str) -> bool:
    """Say whether a cell says that this is not known yet, or comes from a question or role."""
    return bool(_OPEN.search(cell) or _NOT_YET.search(cell)) or "{{" in cell


def _has_number(cell: str) -> bool:
    return COUNT in read(cell).signed or bool(re.search(r"\d", cell))


def _is_target(cell: str) -> bool:
    return _is_open(cell) or bool(
        COUNT in read(cell).signed
        or _BY_HOW_MUCH.search(cell)
        or re.search(r"\b(?:all|every)\b", cell)
    )


def _is_date(cell: str) -> bool:
    signed = read(f"by {cell}").signed
    return DATE in signed or DATE in read(cell).signed
