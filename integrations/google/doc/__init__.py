"""Markdown and Google documents: each as the other, and the smallest edit between them. Pure.

What a Google document changes by itself is taken away by `normal`; what Markdown can't say is
kept in the document, and in Markdown by a handle such as `![image](doc:kix.abc)`.
"""

from functools import lru_cache

from .choices import Choosing, choosing, offer_of
from .edits import edits
from .offer import Choices, Offer
from .parse import parsed
from .read import body_of
from .upload import import_text
from .write import markdown

__all__ = [
    "Choices", "Choosing", "Offer", "choices", "edits", "import_text", "markdown_of", "normal", "offer_of",
]  # fmt: skip


def markdown_of(document: dict) -> str:  # type: ignore[type-arg]
    """Return a document, as `documents.get` gives it with inline suggestions, as Markdown."""
    return markdown(body_of(document).parts)


def choices(
    document: dict,  # type: ignore[type-arg]
    wanted: str,
    said: Choices = (),
    offer: Offer | None = None,
    *,
    is_able: bool = True,
) -> Choosing:
    """Return which words members' drop-downs have to show; the document was read with its tabs.
    `said` are the words of today, each with others of the same meaning."""
    if "](doc:" not in wanted:
        return Choosing()
    return choosing(document, parsed(wanted), said, offer, is_able=is_able)


# A run asks this several times of each text.
@lru_cache(maxsize=256)
def normal(text: str) -> str:
    """Return Markdown as it comes back from a Google document."""
    return markdown(parsed(text))
