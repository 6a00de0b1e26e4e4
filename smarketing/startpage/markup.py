"""The pieces of HTML that the start page is made of; what a stranger wrote is escaped here."""

from collections.abc import Iterable
from html import escape

from smarketing.startpage.overview import Link


def text(words: str) -> str:
    """Return the words as text, whatever stands in them."""
    return escape(words, quote=True)


def anchor(link: Link) -> str:
    """Return a link by its address."""
    return f'<a href="link:{text(link.address)}">{text(link.title)}</a>'


def small(markup: str) -> str:
    """Return a line that says more about the one above it."""
    return f'<p class="small">{markup}</p>'


def section(name: str, title: str, inside: Iterable[str], tag: str = "section") -> str:
    """Return a part of the page under a heading of its own."""
    body = "\n".join(inside)
    return f'<{tag} class="part" aria-labelledby="{name}">\n<h2 id="{name}">{title}</h2>\n{body}\n</{tag}>'


def bar(done: int, total: int) -> str:
    """Draw how much is done; it is silent, because the words beside it say the same."""
    share = round(100 * done / total) if total else 0
    return (
        '<svg class="bar" aria-hidden="true" focusable="false" viewBox="0 0 100 4" '
        'preserveAspectRatio="none"><rect class="way" width="100" height="4"/>'
        f'<rect class="gained" width="{share}" height="4"/></svg>'
    )
