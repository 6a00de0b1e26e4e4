"""The start pages as they follow from all the rest. They are made anew only where something that
they are made from is no longer the same; else a run need not even load what makes them.
"""

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from smarketing.kinds import Value, Values
from smarketing.resolve.desired import Desired
from smarketing.template.filled import Filled

START_PAGES = ("document:start-here", "page:start-here")


def derived_pages(desired: Desired, values: Values, filled: Filled) -> dict[str, dict[str, Value]]:
    """Return what the start pages say about all the rest."""
    key = _key(desired, values)
    markdown, html = filled.kept(f"{key}.md"), filled.kept(f"{key}.html")
    if markdown is None or html is None:
        from smarketing.startpage.startpage import start_page

        page = start_page(desired, values)
        markdown, html = page.markdown, page.html
        filled.keep(f"{key}.md", markdown)
        filled.keep(f"{key}.html", html)
    document, page_itself = START_PAGES
    return {
        document: {"title": "Start here", "body": markdown},
        page_itself: {"title": "Start here", "content": html},
    }


def _key(desired: Desired, values: Values) -> str:
    told = hashlib.sha256(_program().encode())
    for part in _parts(desired, values):
        told.update(part.encode("utf-8", "surrogatepass"))
        told.update(b"\0")
    return told.hexdigest()


def _parts(desired: Desired, values: Values) -> Iterator[str]:
    """Yield all that the pages are made from."""
    yield desired.title
    yield repr(sorted(desired.goals))
    yield repr(sorted(desired.purposes.items()))
    for address, item in desired.items.items():
        yield address
        yield item.parent
    for address, fields in values.items():
        if address in START_PAGES:
            continue
        yield address
        for name, value in fields.items():
            yield name
            yield repr(sorted(value)) if isinstance(value, frozenset) else repr(value)


@cache
def _program() -> str:
    """Return what tells this program from another version of it."""
    modules = [
        os.stat(os.path.join(folder, name))
        for folder, _, names in os.walk(Path(__file__).parents[1])
        for name in names
        if name.endswith(".py")
    ]
    return repr(sorted((stat.st_mtime_ns, stat.st_size) for stat in modules))
