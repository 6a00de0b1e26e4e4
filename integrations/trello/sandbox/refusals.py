"""How Trello says no: a status with a line of plain text, or a small JSON object."""

from smarketing.standin import Answer, json_answer


class Refusal(Exception):  # noqa: N818 - reads as what it is
    """Ends a request. With `error` the body is JSON, else plain text."""

    def __init__(self, status: int, text: str, error: str = "") -> None:
        super().__init__(text)
        self.status, self.text, self.error = status, text, error

    def answer(self) -> Answer:
        """Return it as a reply."""
        if self.error:
            return json_answer({"message": self.text, "error": self.error}, self.status)
        return plain(self.status, self.text)


def plain(status: int, text: str) -> Answer:
    """Return a reply of plain text."""
    return Answer(status, {"Content-Type": "text/plain; charset=utf-8"}, text.encode())


def invalid(name: str) -> Refusal:
    """Return the refusal of a parameter."""
    return Refusal(400, f"invalid value for {name}")


def not_found(kind: str) -> Refusal:
    """Return the refusal of an id that nothing has."""
    return Refusal(404, f"{kind} not found")


def not_permitted() -> Refusal:
    """Return the refusal of what somebody may not see or do."""
    return Refusal(401, "unauthorized permission requested")


def too_fast(error: str) -> Refusal:
    """Return the refusal that asks to wait."""
    return Refusal(429, "Rate limit exceeded", error)


def too_many(what: str, error: str) -> Refusal:
    """Return the refusal of one object more than Trello holds."""
    return Refusal(403, f"The limit of {what} is reached", error)


_TOO_FAST = {
    "rate limit": "API_TOKEN_LIMIT_EXCEEDED",
    "forbidden rate": "API_KEY_LIMIT_EXCEEDED",
    "long limit": "API_TOKEN_DB_LIMIT_EXCEEDED",
}
_PAGES = {"gateway": (502, "502 Bad Gateway"), "timeout": (504, "504 Gateway Time-out")}


def trouble(why: str) -> Answer:
    """Return Trello's way of refusing, for one of the sandbox's REFUSALS."""
    if why in _TOO_FAST:
        return too_fast(_TOO_FAST[why]).answer()
    if why == "unavailable":
        return plain(503, "Service Unavailable")
    if why == "error":
        return plain(500, "Internal Server Error")
    if why in _PAGES:
        status, title = _PAGES[why]
        page = f"<html><head><title>{title}</title></head><body></body></html>"
        return Answer(status, {"Content-Type": "text/html"}, page.encode())
    raise ValueError(f"Trello has no refusal {why!r}")
