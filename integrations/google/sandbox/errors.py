"""How Google says no: an error that is raised, and its JSON form."""

from smarketing.standin import Answer, json_answer

_STATES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    412: "FAILED_PRECONDITION",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    502: "UNAVAILABLE",
    503: "UNAVAILABLE",
}


class Said(Exception):  # noqa: N818 - reads as what it is: what Google said instead
    """Raised where Google answers with an error. `plain` is the form of Docs and Sheets."""

    def __init__(
        self,
        status: int,
        reason: str,
        message: str,
        *,
        domain: str = "global",
        location: str = "",
        plain: bool = False,
    ) -> None:
        super().__init__(f"{status} {reason}: {message}")
        self.status, self.reason, self.message = status, reason, message
        self.domain, self.location, self.plain = domain, location, plain

    def in_plain_form(self) -> "Said":
        """Return the same error as Docs and Sheets say it."""
        return Said(self.status, self.reason, self.message, plain=True)

    def answer(self) -> Answer:
        """Return it as an HTTP reply."""
        error: dict[str, object] = {"code": self.status, "message": self.message}
        if self.plain:
            error["status"] = _STATES.get(self.status, "UNKNOWN")
            return json_answer({"error": error}, self.status)
        one = {"domain": self.domain, "reason": self.reason, "message": self.message}
        if self.location:
            one |= {"locationType": "parameter", "location": self.location}
        error["errors"] = [one]
        return json_answer({"error": error}, self.status)


def invalid(message: str, location: str = "", reason: str = "invalid") -> Said:
    """Return a 400 about a parameter or a body."""
    return Said(400, reason, message, location=location)


def no_file(file_id: str) -> Said:
    """Return the 404 for a file that is not there, or that the caller may not see."""
    return Said(404, "notFound", f"File not found: {file_id}.", location="fileId")


def no_right(words: str = "The user does not have sufficient permissions for this file.") -> Said:
    """Return the 403 for somebody who may see, but not do this."""
    return Said(403, "insufficientFilePermissions", words)


def no_scope() -> Said:
    """Return the 403 for a token whose scopes do not cover the call."""
    return Said(
        403,
        "insufficientPermissions",
        "Insufficient Permission: Request had insufficient authentication scopes.",
    )
