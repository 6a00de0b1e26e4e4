"""What stands in the tool is told whole, and reading changes nothing."""

from pathlib import Path

from smarketing.contract import Remote
from smarketing.kinds import THERE
from smarketing.testing.conformance.part import Part, another, skip
from smarketing.testing.site import Site


class Readings(Part):
    """What stands in the tool is told whole, and reading changes nothing."""

    def test_what_is_created_is_read_back(self, tmp_path: Path) -> None:
        site = Site(self.world(tmp_path))
        changes = site.build()
        read = {remote.id: remote for remote in site.read()}
        for change in changes:
            there = read[site.ids[change.address]]
            assert site.same(there, site.now[change.address]), change.address
            for name, value in change.fields.items():
                assert site.normal(there)[name] == site.tool.normalise(change.kind, name, value)
            assert there.parent == site.ids.get(change.parent, "")
            assert there.existence == THERE
            assert there.ours

    def test_every_field_the_tool_holds_is_told(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        for address, remote in site.now.items():
            assert set(remote.fields) == site.tool.manifest.kinds[remote.kind], address

    def test_marker_and_workspace_come_back(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        for address, remote in site.now.items():
            unmarked = remote.kind in site.tool.manifest.unmarked
            assert remote.marker == ("" if unmarked else address)
            # What has no slot for a marker is ours by the object that holds it.
            assert remote.workspace in ({"", site.workspace} if unmarked else {site.workspace})

    def test_an_untouched_workspace_is_unchanged_by_its_versions(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        scope = site.known()
        again = site.tool.read(scope)
        versioned = {each for each, version in scope.known.items() if version}
        assert again.unchanged == versioned
        assert {remote.id for remote in again.remotes} == set(scope.known) - versioned

    def test_a_members_edit_is_noticed(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        scope, remote = site.known(), site.now[self._a_document(site)]
        name, value = another(remote)
        self._edit(site, remote, {name: value})
        found = {each.id: each for each in site.tool.read(scope).remotes}
        assert remote.id in found, "a member's edit went unseen"
        there = found[remote.id]
        assert site.normal(there)[name] == site.tool.normalise(remote.kind, name, value)

    def test_the_feed_tells_what_a_member_touched_and_is_silent_else(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        begun = site.tool.changes("")
        assert begun.touched is None, "at the beginning nothing is known"
        idle = site.tool.changes(begun.cursor)
        assert idle.touched == frozenset()
        remote = site.now[self._a_document(site)]
        name, value = another(remote)
        site.world.moment()
        self._edit(site, remote, {name: value})
        for cursor in (begun.cursor, idle.cursor):
            told = site.world.reopen().changes(cursor)
            assert told.touched is not None
            assert told.touched & _upwards(site, remote), "a member's edit is not told"
        assert site.tool.changes(told.cursor).touched == frozenset()

    def test_a_cursor_that_never_was_begins_the_feed_anew(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        for cursor in ("no cursor", "[]", '{"drive": []}'):
            begun = site.tool.changes(cursor)
            assert begun.touched is None
            assert site.tool.changes(begun.cursor).touched == frozenset()

    def test_lost_state_is_found_by_markers(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        found = {each.id: each for each in site.read(lost=True, by=site.world.reopen())}
        assert set(found) == set(site.ids.values())
        for remote in site.now.values():
            assert found[remote.id] == remote

    def test_foreign_things_inside_ours_are_told_and_left_alone(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        kind, where = ("card", "board:work/list:week")
        if where not in site.now:
            kind, where = ("document", "folder:home")
        if where not in site.now or not site.world.foreign(kind, site.now[where], "Mine"):
            skip("no door for a member's own objects")
        site.look()
        foreign = _foreign(site)
        assert [(each.kind, each.marker) for each in foreign] == [(kind, "")]
        site.do(site.alter(self._a_document(site), title="Another title"))
        assert [site.normal(each) for each in _foreign(site)] == [
            site.normal(each) for each in foreign
        ]

    def test_a_read_writes_nothing(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        picture = site.world.picture()
        site.tool.read(site.known())
        site.read(lost=True, by=site.world.reopen())
        site.tool.changes(site.tool.changes("").cursor)
        site.tool.check()
        assert site.world.picture() == picture


def _upwards(site: Site, remote: Remote) -> frozenset[str]:
    """Return the ids of an object and of all that holds it."""
    by_id = {each.id: each for each in site.now.values()}
    found = {remote.id}
    while remote.parent in by_id:
        remote = by_id[remote.parent]
        found.add(remote.id)
    return frozenset(found)


def _foreign(site: Site) -> list[Remote]:
    return [each for each in site.read() if each.id not in site.ids.values()]
