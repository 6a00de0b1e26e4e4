"""Markdown and Google documents: each as the other, and the smallest edit between them. Pure.

What a Google document changes by itself is taken away by `normal`; what Markdown can't say is
kept in the document, and in Markdown by a handle such as `![image](doc:kix.abc)`.
"""

from functools import lru_cache

from .choices import Choosing, choosing
from .edits import edits
from .parse import parsed
from .read import body_of
from .upload import import_text
from .write import markdown

__all__ = ["Choosing", "choices", "edits", "holds_things", "import_text", "markdown_of", "normal"]


def markdown_of(document: dict) -> str:  # type: ignore[type-arg]
    """Return a document, as `documents.get` gives it with inline suggestions, as Markdown."""
    return markdown(body_of(document).parts)


def holds_things(text: str) -> bool:
    """Say whether Markdown names things that only a document holds."""
    return "](doc:" in text


def choices(document: dict, wanted: str, *, is_able: bool = True) -> Choosing:  # type: ignore[type-arg]
    """Return which words drop-downs have to show; the document was read with its tabs."""
    if not holds_things(wanted):
        return Choosing()
    return choosing(document, parsed(wanted), is_able=is_able)


# A run asks this several times of each text.
@lru_cache(maxsize=256)
def normal(text: str) -> str:
    """Return Markdown as it comes back from a Google document."""
    return markdown(parsed(text))
