"""Times as Google writes them."""

from datetime import UTC, datetime


def written(seconds: float) -> str:
    """Return a time in RFC 3339 with thousandths, in UTC."""
    then = datetime.fromtimestamp(seconds, UTC)
    return then.strftime("%Y-%m-%dT%H:%M:%S.") + f"{then.microsecond // 1000:03d}Z"


def read(text: str) -> float:
    """Return the seconds since 1970 of a time in RFC 3339; raise ValueError where it is none."""
    then = datetime.fromisoformat(text)
    return (then if then.tzinfo else then.replace(tzinfo=UTC)).timestamp()
