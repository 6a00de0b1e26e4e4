"""A write alters what it names, and nothing of anybody else."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from smarketing.address import kind_of
from smarketing.contract import Change, Done, Stale
from smarketing.kinds import ARCHIVED
from smarketing.testing.conformance.part import Part, another, skip
from smarketing.testing.samples import (
    ARCHIVING,
    MOVES,
)
from smarketing.testing.site import OTHER, Site


class Writings(Part):
    """A write alters what it names, and nothing of anybody else."""

    def test_an_update_leaves_other_fields_alone(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        address = self._a_document(site)
        before = site.now[address]
        name, value = another(before)
        site.do(site.alter(address, **{name: value}))
        others = {other.id: site.normal(other) for other in site.now.values()}
        site.look()
        wanted = site.normal(before) | {name: site.tool.normalise(before.kind, name, value)}
        assert site.normal(site.now[address]) == wanted
        others[before.id] = wanted
        assert {each.id: site.normal(each) for each in site.read()} == others

    def test_a_cleared_field_reads_as_empty(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        cleared = {"document:glossary": ("body", ""), "board:work/card:agree": ("owner", None)}
        for address, (name, value) in cleared.items():
            if address in site.now and name in site.now[address].fields:
                site.do(site.alter(address, **{name: value}))
                site.look()
                assert site.now[address].fields[name] == value

    def test_a_stale_change_is_refused_or_tells_what_it_displaced(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        address = self._a_document(site)
        remote = site.now[address]
        name, value = another(remote)
        self._edit(site, remote, {name: value})
        (outcome,) = site.attempt(site.alter(address, **{name: "Ours\n"}))
        edit = site.tool.normalise(remote.kind, name, value)
        if isinstance(outcome, Done):
            assert outcome.displaced is not None, "a member's words were overwritten"
            assert site.normal(outcome.displaced)[name] == edit
        else:
            assert isinstance(outcome, Stale)
            site.look()
            assert site.normal(site.now[address])[name] == edit

    def test_other_workspaces_are_left_alone(self, tmp_path: Path) -> None:
        ours = Site(self.world(tmp_path))
        if not ours.world.shared:
            skip("a tool for one workspace")
        theirs = Site(ours.world, OTHER)
        ours.build()
        theirs.build()
        ours.look()
        theirs.look()
        ours.do(ours.alter(self._a_document(ours), title="Another title"))
        for site in (ours, theirs):
            assert {each.id for each in site.read(lost=True)} == set(site.ids.values())
            assert {each.id for each in site.read()} == set(site.ids.values())
        assert {each.id: each for each in theirs.read()} == {
            each.id: each for each in theirs.now.values()
        }

    def test_a_move_keeps_content_and_children(self, tmp_path: Path) -> None:
        for address, parent in MOVES.items():
            site = self._built(tmp_path / address.replace("/", "-").replace(":", "-"))
            if address not in site.now or parent not in site.now:
                continue
            before, was = dict(site.now), _children(site, address)
            site.do(Change("move", address, kind_of(address), {}, parent, site.now[address]))
            site.look()
            assert site.now[address].parent == site.ids[parent]
            assert site.normal(site.now[address]) == site.normal(before[address])
            assert _children(site, address) == was
            for child in was:
                assert site.normal(site.now[child]) == site.normal(before[child])
            assert len(site.read()) == len(before)

    def test_a_rename_writes_the_new_address(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        address = self._a_document(site)
        if kind_of(address) in site.tool.manifest.unmarked:
            skip("no slot for a marker")
        before, new = site.now[address], f"{address}-x"
        site.ids[new] = site.ids.pop(address)
        site.do(Change("rename", new, before.kind, {}, before=before))
        site.look()
        assert site.now[new].marker == new
        assert site.normal(site.now[new]) == site.normal(before)

    def test_the_ids_of_this_run_are_right(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        address = self._a_document(site)
        change = site.alter(address, title="Another title")
        assert change.before is not None
        former = replace(change.before, id="nowhere")
        site.do(replace(change, before=former))
        site.look()
        wanted = site.tool.normalise(change.kind, "title", "Another title")
        assert site.normal(site.now[address])["title"] == wanted

    def test_archived_is_not_deleted(self, tmp_path: Path) -> None:
        for address, site in self._archivable(tmp_path):
            before = site.now[address]
            site.do(Change("archive", address, before.kind, before=before))
            site.look()
            assert address in site.now, f"{address} is lost"
            assert site.now[address].existence == ARCHIVED
            assert site.normal(site.now[address]) == site.normal(before)

    def test_archiving_twice_is_quiet(self, tmp_path: Path) -> None:
        for address, site in self._archivable(tmp_path):
            change = Change("archive", address, kind_of(address), before=site.now[address])
            site.do(change)
            site.look()
            picture = site.world.picture()
            site.do(replace(change, before=site.now[address]))
            assert site.world.picture() == picture

    def _archivable(self, tmp_path: Path) -> Iterator[tuple[str, Site]]:
        for number, address in enumerate(ARCHIVING):
            site = self._built(tmp_path / str(number))
            if address in site.now and kind_of(address) in site.tool.manifest.archives:
                yield address, site


def _children(site: Site, address: str) -> set[str]:
    holder = site.ids[address]
    return {each for each, remote in site.now.items() if remote.parent == holder}
