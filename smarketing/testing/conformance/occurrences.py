"""What a member made of a meeting's day is told, and left as it is."""

from pathlib import Path

from smarketing.contract import Scope, Stale
from smarketing.kinds import ARCHIVED, THERE, Value
from smarketing.testing.conformance.part import Part, skip
from smarketing.testing.samples import (
    OCCURRENCE,
    Sample,
)
from smarketing.testing.site import Site


class Occurrences(Part):
    """What a member made of a meeting's day is told, and left as it is."""

    def test_what_a_member_made_of_an_occurrence_is_told(self, tmp_path: Path) -> None:
        for start, existence in (("2026-12-22T15:00", THERE), ("", ARCHIVED)):
            site = self._with_an_occurrence(tmp_path / existence)
            scope = site.known()
            self._alter_occurrence(site, "2026-12-21", start)
            listing = site.tool.read(scope)
            there = [each for each in listing.remotes if each.fields.get("date") == "2026-12-21"]
            assert len(there) == 1, "what a member made of an occurrence went unseen"
            told = there[0]
            assert (told.kind, told.existence) == ("occurrence", existence)
            assert told.parent == site.ids["meeting:weekly"]
            assert not start or told.fields["start"] == start
            assert site.world.reopen().read(Scope(site.workspace)).remotes.count(told) == 1

    def test_an_invitation_leaves_an_occurrence_where_a_member_put_it(self, tmp_path: Path) -> None:
        site = self._with_an_occurrence(tmp_path)
        self._alter_occurrence(site, "2026-12-14", "2026-12-16T09:30")
        site.look()
        guest = frozenset({"Zoë Young <zoe@acme.example>"})
        site.do(site.alter(OCCURRENCE, attendees=guest))
        site.look()
        there = site.now[OCCURRENCE]
        assert there.fields["start"] == "2026-12-16T09:30"
        (invited,) = site.rendered("occurrence", {"attendees": guest}).values()
        assert site.normal(there)["attendees"] == site.tool.normalise(
            "occurrence", "attendees", invited
        )

    def test_an_occurrence_that_a_member_altered_is_not_made_anew(self, tmp_path: Path) -> None:
        for number, start in enumerate(("2026-12-22T15:00", "")):
            site = self._with_an_occurrence(tmp_path / str(number))
            self._alter_occurrence(site, "2026-12-21", start)
            picture = site.world.picture()
            fields: dict[str, Value] = {"date": "2026-12-21", "attendees": frozenset()}
            address = "meeting:weekly/occurrence:2026-12-21"
            (outcome,) = site.attempt(site.creation(Sample(address, "meeting:weekly", fields)))
            assert isinstance(outcome, Stale)
            assert site.world.picture() == picture

    def _with_an_occurrence(self, tmp_path: Path) -> Site:
        site = self._built(tmp_path)
        if OCCURRENCE not in site.now:
            skip("no occurrences")
        return site

    def _alter_occurrence(self, site: Site, day: str, start: str) -> None:
        if not site.world.occurrence(site.now["meeting:weekly"], day, start):
            skip("no door to the occurrences of a series")
