"""What was sent is known again."""

from dataclasses import replace
from pathlib import Path

from smarketing.address import kind_of
from smarketing.testing.conformance.part import Part, skip
from smarketing.testing.samples import (
    MESSAGE,
)
from smarketing.testing.site import Site


class Messages(Part):
    """What was sent is known again."""

    def test_a_message_that_was_sent_is_there_or_told_as_it_was(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        if not site.holds("message"):
            skip("a tool without messages")
        change = site.creation(site.placed(MESSAGE))
        site.do(change)
        sent = site.now[change.address]
        assert (sent.marker, sent.workspace) == (change.address, site.workspace)
        for name, value in change.fields.items():
            assert site.normal(sent)[name] == site.tool.normalise("message", name, value)
        bound = {each: kind_of(address) for address, each in site.ids.items()}
        listing = site.tool.read(replace(site.known(), bound=bound))
        told = {each.id for each in listing.remotes} | listing.unchanged
        assert sent.id in told, "a message that went out counts as gone"

    def test_a_message_that_is_sent_again_can_be_known_again(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        if not site.tool.manifest.forgets:
            skip("what was sent here can be looked for")
        change = site.creation(site.placed(MESSAGE))
        site.do(change)
        first = site.ids[change.address]
        again = Site(replace(site.world, integration=site.world.reopen()))
        again.ids = {site.root: site.ids[site.root]} if site.root in site.ids else {}
        again.do(change)
        assert again.ids[change.address] == first, "nobody can tell that both are the same"
