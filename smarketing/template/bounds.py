"""What a text may ask for: its length and its work, and what is wrong where it asks for more."""

from smarketing.template.filled import Filled

MOST_SOURCE = 256_000
MOST_MARKUP = 1_000
MOST_OUTPUT = 1_000_000
"""Characters of a text with markup, of one piece of markup, and of a text that is filled."""


class Trouble(Exception):  # noqa: N818 - it becomes a Problem once its place is known
    """Something wrong in a text, at an offset from its start."""

    def __init__(self, offset: int, message: str, instead: str = "") -> None:
        super().__init__(message)
        self.offset, self.message, self.instead = max(0, offset), message, instead


class Work:
    """How much work is left: characters handled while texts are filled in.

    One may be shared by many texts, so that all of them together are bounded as well.
    """

    def __init__(self, left: int, filled: Filled | None = None) -> None:
        self.left = left
        self.filled = filled

    def spend(self, work: int) -> bool:
        """Take from what is left; say whether it was enough."""
        self.left -= work
        return self.left >= 0


def too_long() -> Trouble:
    """Return what is wrong with a text that grows beyond all documents."""
    return Trouble(0, "This text becomes far too long when it is filled in.", "Shorten it.")


def too_much_work() -> Trouble:
    """Return what is wrong with texts that ask for more work than any document needs."""
    return Trouble(0, "This text repeats far too much.", "Use fewer loops inside each other.")
