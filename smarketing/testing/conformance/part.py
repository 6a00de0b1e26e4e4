"""What all parts of the suite have in common: a tool with the sample workspace in it."""

from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from smarketing.contract import Names, Remote
from smarketing.kinds import Value
from smarketing.testing.site import Site, World

NAMES = Names({"document:glossary": "mem:m4"}, {"mem:m4": "document:glossary"})


class Part:
    """A part of the suite. `world` is what each integration gives it."""

    def world(self, tmp_path: Path) -> World:
        """Return a fresh integration on an empty tool."""
        raise NotImplementedError

    def names(self) -> Names:
        """Return names as they look in the tool, with `document:glossary` among them."""
        return NAMES

    def _built(self, tmp_path: Path) -> Site:
        tmp_path.mkdir(parents=True, exist_ok=True)
        site = Site(self.world(tmp_path))
        site.build()
        site.look()
        return site

    def _a_document(self, site: Site) -> str:
        for address in ("document:glossary", "board:work/card:agree", "board:work", "channel:team"):
            if address in site.now:
                return address
        if any(map(site.holds, ("document", "board", "channel"))):
            raise AssertionError("the suite needs a document, a card, a board or a channel")
        skip("a tool for messages alone")

    def _edit(self, site: Site, remote: Remote, fields: Mapping[str, Value]) -> None:
        if not site.world.member(remote, fields):
            skip("no door for a member's edit")


def skip(reason: str) -> NoReturn:
    import pytest

    pytest.skip(reason)


def another(remote: Remote) -> tuple[str, Value]:
    name = next(name for name in ("body", "description", "title") if name in remote.fields)
    return name, "A member wrote this.\n" if name != "title" else "A member's title"
