"""What can be counted or measured in sales and marketing, as people name it."""

import re

from smarketing.lints.goalwords import COUNT, NAME

_MEASURES = (
    r"rates?|ratios?|revenues?|turnover|income|profits?|margins?|churn|attrition|pipeline(?: coverage)?|"
    r"conversions?|shares?|costs?|spend(?:ing)?|spends?|budget|price|discounts?|scores?|nps|csat|ratings?|arr|mrr|"
    r"acv|ltv|cac|cpl|roi|roas|returns? on|traffic|sign-?ups?|(?:response|reply|answer|waiting|lead) times?|"
    r"time (?:to|from|between|until)|times? from|(?:sales|buying|order) cycles?|cycle time|backlog|"
    r"(?:deal|order|basket) (?:size|value)s?|order volume|(?:lead|order|sales|call) volumes?|retention|"
    r"attendance|accuracy|numbers? of|percentage|frequency|averages?|quota|bookings?|followers?|"
    r"impressions?|clicks?|opens?|views?|downloads?|hours|sales (?:figures|numbers|volume)|win-rate|"
    r"measured|measure how (?:many|much|often)|survey|index|recall|headcount|no-shows?|referrals?"
)
_THINGS = (
    r"leads?|customers?|clients?|deals?|demos?|calls?|meetings?|orders?|visits?|visitors?|readers?|registrations?|"
    r"registrants?|references?|partners?|dealers?|resellers?|subscribers?|subscriptions?|webinars?|events?|posts?|"
    r"pages?|articles?|guides?|stories|story|case stud(?:y|ies)|interviews?|executives?|hires?|licen[cs]es?|invoices?|"
    r"proposals?|offers?|quotes?|accounts?|opportunit(?:y|ies)|renewals?|complaints?|chats?|refusals?|verdicts?|"
    r"reviews?|mails?|e-?mails?|repl(?:y|ies)|answers?|enquir(?:y|ies)|inquir(?:y|ies)|contracts?|trials?|bounces?|"
    r"logos?|purchases?|invitations?|records?|contacts?|requests?|responses?|users?|members?|prospects?|"
    r"mqls?|sqls?|unsubscribes?|badges?|tickets?|campaigns?|sales"
)
_MEASURE = re.compile(rf"\b(?:{_MEASURES})\b", re.IGNORECASE)
_THING = re.compile(
    rf"(?P<before>[\w¤%'-]*)\s?\b(?P<thing>{_THINGS})\b(?!-)(?!\s(?:{_THINGS})\b)"
    r"(?P<after>\s[\w'¤-]+)?",
    re.IGNORECASE,
)
_QUALITY = re.compile(
    r"\b(?:better|best|great(?:er)?|happy|happier|happiness|satisf\w+|quality|trust\w*|relations?\w*|collaborat\w+|"
    r"cooperat\w+|awareness|efficien\w+|productiv\w+|mood|morale|culture|visib\w+|align\w*|communicat\w+|lov\w+|"
    r"loyal\w*|nurtur\w+|understand\w*|strong\w*|strength\w*|position|closer|fight\w*|stop|manage\w*|team\w*)\b",
    re.IGNORECASE,
)
_PASSING_BY = frozenset(
    [
        "about",
        "with",
        "between",
        "for",
        "to",
        "into",
        "towards",
        "behind",
        "among",
        "our",
        "the",
        "their",
        "your",
        "and",
    ]
)
_NUMBERED = re.compile(
    rf"{COUNT}(?:\s[a-z][a-z-]*){{0,2}}?\s(?!(?:days|hours|weeks|minutes|seconds|months|quarters|years|times|"
    r"points|euros|dollars|pounds|pence|cents|steps|teams|departments)\b)[a-z][a-z-]+(?<![su'])s\b",
    re.IGNORECASE,
)
"""A number and, within three words, what there are so many of."""

_EACH = frozenset(["no", "every", "each", "any", "one", "per", "joint", "another"])
_NOT_SALES = re.compile(
    r"\b(?:head of|in|and|between|gets?|makes?|lead of) sales\b|\bsales (?:and|"
    r"teams?|decks?|approach\w*|reps?|people|staff|managers?|operations|director|heads?|"
    r"leads?|leaders?|process\w*|skills?|tools?|culture|strategy|(?!cycles|figures|numbers|volumes)\w+s\b)",
    re.IGNORECASE,
)
_MORE = re.compile(
    rf"{COUNT}|\b(?:more|fewer|less|no|every|each|all|any|none|zero|many|how many|additional|extra|"
    r"doubles?|triples?|halves?|halve|get|gets|win|wins|sign|close|closes|attract|attracts|generate|book|"
    r"increase|increases|reduce|reduces|grow|grows|raise|raises|lift|boost|up|down)\b",
    re.IGNORECASE,
)


def is_measured(signed: str) -> bool:
    """Say whether a goal, read with signs, names what is counted or measured."""
    said = signed.replace(NAME, "")
    without_team = _NOT_SALES.sub(" ", said)
    if _MEASURE.search(without_team) or _NUMBERED.search(said):
        return True
    counted = _MORE.search(said)
    vague = _QUALITY.search(said)
    if vague and COUNT not in said:
        return False
    for found in _THING.finditer(without_team):
        if found["thing"].lower() == "sales" and not (counted and not vague):
            continue
        before = found["before"].lower()
        if not found["thing"].lower().endswith("s"):
            if before in _EACH:
                return True
        elif counted or before not in _PASSING_BY:
            return True
    return False


def is_quality(signed: str) -> bool:
    """Say whether a goal, read with signs, is about something that nobody counts as it is."""
    return bool(_QUALITY.search(signed))
