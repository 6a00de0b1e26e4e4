"""How the Docs stand-in says no inside; the routes turn it into Google's answer."""


class Declined(Exception):  # noqa: N818 - an answer, not an error
    """A request that the vendor would not carry out, and why."""

    def __init__(self, why: str, status: int = 400, code: str = "INVALID_ARGUMENT") -> None:
        super().__init__(why)
        self.why = why
        self.status = status
        self.code = code


def not_served(name: str) -> Declined:
    """Return the answer for what the vendor can do and this stand-in can not."""
    return Declined(f"The stand-in does not serve {name}.", 501, "UNIMPLEMENTED")
