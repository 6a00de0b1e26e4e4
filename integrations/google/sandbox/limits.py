"""How much each account may ask of Google, and how Google says that it was too much."""

from collections import defaultdict

from smarketing.standin import Answer, Asked, World

from .errors import Said

WITHOUT_BURST = "google-drive-writes-without-burst"

DRIVE_RATE, DRIVE_BURST = 3.0, 10
"""Writes per second that Drive takes for long, and how many more it takes at once."""

_A_MINUTE = {
    "drive": (1_000_000, 325_000),
    "docs.read": (3000, 300),
    "docs": (600, 60),
    "sheets.read": (300, 60),
    "sheets": (300, 60),
    "calendar": (10_000, 600),
}
"""Units in a minute: of the whole project, and of one person in it."""

_SHEETS_READS = (":getByDataFilter", "values:batchGetByDataFilter", "developerMetadata:search")


class Limits:
    """Counts what was asked. Minutes begin as those of the world's clock do."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._minute = -1
        self._spent: dict[tuple[str, str], int] = defaultdict(int)
        self._bucket: dict[str, tuple[float, float]] = {}

    def count(self, asked: Asked, api: str, client: str, mail: str) -> None:
        """Take a call into account; raise 403 or 429 where it is too much."""
        if not self._world.limits:
            return
        if api == "drive" and asked.method != "GET":
            self._pour(client + mail)
        name = api if api in ("drive", "calendar") or _is_write(asked) else f"{api}.read"
        minute = int(self._world.now() // 60)
        if minute != self._minute:
            self._minute = minute
            self._spent.clear()
        cost = units(asked) if api == "drive" else 1
        project, person = _A_MINUTE[name]
        keys = ((name, client), project), ((name, client + mail), person)
        if any(self._spent[key] + cost > most for key, most in keys):
            raise over(api)
        for key, _ in keys:
            self._spent[key] += cost

    def _pour(self, account: str) -> None:
        """Let one write of Drive through, at the rate that it takes."""
        burst = DRIVE_RATE if WITHOUT_BURST in self._world.switches else DRIVE_BURST
        now = self._world.now()
        left, then = self._bucket.get(account, (float(burst), now))
        left = min(float(burst), left + (now - then) * DRIVE_RATE)
        if left < 1 - 1e-6:
            self._bucket[account] = (left, now)
            words = "User Rate Limit Exceeded"
            raise Said(403, "userRateLimitExceeded", words, domain="usageLimits")
        self._bucket[account] = (left - 1, now)


def units(asked: Asked) -> int:
    """Return what a call of Drive costs."""
    if asked.method == "GET":
        if asked.path.endswith("/export") or asked.one("alt") == "media":
            return 200
        return 100 if asked.path.rsplit("/", 1)[-1] in ("files", "changes", "drives") else 5
    return 50 if "/files" in asked.path else 5


def over(api: str) -> Said:
    """Return how an API says that it was too much."""
    if api == "calendar":
        return Said(403, "rateLimitExceeded", "Rate Limit Exceeded", domain="usageLimits")
    words = f"Quota exceeded for quota metric of {api} per minute per user."
    return Said(429, "rateLimitExceeded", words, domain="usageLimits", plain=api != "drive")


def refusal(why: str, path: str) -> Answer:
    """Return how Google refuses a request to this path, by one of the sandbox's REFUSALS."""
    api = _api_of(path)
    if why == "rate limit" or (why in ("forbidden rate", "long limit") and path == "/token"):
        return over(api).answer()
    if why == "forbidden rate":
        return _forbidden(api).answer()
    if why == "long limit":
        return _for_long(api, path).answer()
    if why == "unavailable":
        words = "The service is currently unavailable."
        return Said(503, "backendError", words, plain=api in _PLAIN).answer()
    if why in ("gateway", "timeout"):
        status = 502 if why == "gateway" else 504
        html = f"<!DOCTYPE html><title>Error {status} (Server Error)!!1</title>"
        return Answer(status, {"Content-Type": "text/html; charset=UTF-8"}, html.encode())
    return Said(500, "internalError", "Internal Error", plain=api in _PLAIN).answer()


_PLAIN = ("docs", "sheets")


def _api_of(path: str) -> str:
    """Return the API that serves a path, or a batch to it."""
    if path.startswith("/v1/documents"):
        return "docs"
    if path.startswith("/v4/spreadsheets"):
        return "sheets"
    return "calendar" if "/calendar/" in path else "drive"


def _forbidden(api: str) -> Said:
    """Return the 403 of a rate. Docs and Sheets know a 429 alone."""
    if api in _PLAIN:
        return over(api)
    return Said(403, "userRateLimitExceeded", "User Rate Limit Exceeded", domain="usageLimits")


def _for_long(api: str, path: str) -> Said:
    """Return the refusal of a limit that lasts for hours."""
    if api in _PLAIN:
        return over(api)
    if "/permissions" in path:
        return Said(403, "sharingRateLimitExceeded", "Sharing rate limit exceeded.")
    if api == "calendar":
        return Said(403, "quotaExceeded", "Calendar usage limits exceeded.", domain="usageLimits")
    return Said(403, "dailyLimitExceeded", "Daily Limit Exceeded", domain="usageLimits")


def _is_write(asked: Asked) -> bool:
    return asked.method != "GET" and not asked.path.endswith(_SHEETS_READS)
