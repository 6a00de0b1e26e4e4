"""How Slack says no: `ok: false` in a reply of success, or a status of its own where it is too much."""

from typing import Any

from smarketing.standin import Answer, json_answer


class No(Exception):  # noqa: N818 - reads as what it is
    """Raised where Slack answers with an error."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error, self.more = error, more

    def answer(self) -> Answer:
        """Return it as an HTTP reply."""
        return json_answer({"ok": False, "error": self.error, **self.more})


class TooFast(Exception):  # noqa: N818 - reads as what it is
    """Raised where a method is called more often than its tier allows."""

    def __init__(self, after: int) -> None:
        super().__init__(f"wait {after}")
        self.after = after

    def answer(self) -> Answer:
        """Return it as an HTTP reply."""
        return json_answer({"ok": False, "error": "ratelimited"}, 429, Retry_After=str(self.after))


_PAGES = {
    "unavailable": (503, "Service Unavailable"),
    "error": (500, "Server Error"),
    "gateway": (502, "Bad Gateway"),
    "timeout": (504, "Gateway Timeout"),
}


def trouble(why: str) -> Answer:
    """Return Slack's way of refusing, for one of the sandbox's REFUSALS."""
    if why == "rate limit":
        return TooFast(30).answer()
    if why == "long limit":
        return TooFast(300).answer()
    if why == "forbidden rate":
        return json_answer({"ok": False, "error": "ratelimited"}, 429)
    if why in _PAGES:
        status, title = _PAGES[why]
        return Answer(status, {"Content-Type": "text/html"}, f"<h1>{title}</h1>".encode())
    raise ValueError(f"Slack has no refusal {why!r}")
