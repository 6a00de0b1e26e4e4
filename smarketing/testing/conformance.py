"""The conformance suite: what every integration promises, one test per behaviour.

Subclass `Conformance`, and give it the `World` of your integration; pytest does the rest.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from smarketing.address import kind_of
from smarketing.contract import Change, Done, Names, Remote, Scope, Stale
from smarketing.kinds import ARCHIVED, KINDS, THERE, Value
from smarketing.testing.samples import (
    ARCHIVING,
    MESSAGE,
    MOVES,
    OCCURRENCE,
    TEXTS,
    Sample,
    values_of,
)
from smarketing.testing.site import OTHER, Site, World, in_order

NAMES = Names({"document:glossary": "mem:m4"}, {"mem:m4": "document:glossary"})


class Conformance:
    """Every promise of the integration contract."""

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

    def test_check_answers_without_a_secret(self, tmp_path: Path) -> None:
        world = self.world(tmp_path)
        answer = world.integration.check()
        assert answer.strip()
        assert not any(secret in answer for secret in world.secrets)

    def test_the_manifest_narrows_the_table_of_kinds(self, tmp_path: Path) -> None:
        manifest = self.world(tmp_path).integration.manifest
        assert "root" in manifest.kinds
        for kind, fields in manifest.kinds.items():
            assert fields <= frozenset(KINDS[kind].fields), kind
        assert manifest.archives | manifest.unmarked <= frozenset(manifest.kinds)
        assert "root" not in manifest.unmarked
        assert manifest.workers > 0

    def test_the_manifest_says_what_is_done_instead(self, tmp_path: Path) -> None:
        manifest = self.world(tmp_path).integration.manifest
        missing = {kind for kind in KINDS if kind not in manifest.kinds} | {
            f"{kind}.{name}"
            for kind, fields in manifest.kinds.items()
            for name in KINDS[kind].fields
            if name not in fields
        }
        assert missing == set(manifest.instead)
        assert all(sentence.endswith(".") for sentence in manifest.instead.values())

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
        name, value = _another(remote)
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
        name, value = _another(remote)
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

    def test_an_update_leaves_other_fields_alone(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        address = self._a_document(site)
        before = site.now[address]
        name, value = _another(before)
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

    def test_foreign_things_inside_ours_are_told_and_left_alone(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        kind, where = ("card", "board:work/list:week")
        if where not in site.now:
            kind, where = ("document", "folder:home")
        if where not in site.now or not site.world.foreign(kind, site.now[where], "Mine"):
            _skip("no door for a member's own objects")
        site.look()
        foreign = _foreign(site)
        assert [(each.kind, each.marker) for each in foreign] == [(kind, "")]
        site.do(site.alter(self._a_document(site), title="Another title"))
        assert [site.normal(each) for each in _foreign(site)] == [
            site.normal(each) for each in foreign
        ]

    def test_a_stale_change_is_refused_or_tells_what_it_displaced(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        address = self._a_document(site)
        remote = site.now[address]
        name, value = _another(remote)
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
            _skip("a tool for one workspace")
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
            _skip("no slot for a marker")
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
            _skip("no occurrences")
        return site

    def _alter_occurrence(self, site: Site, day: str, start: str) -> None:
        if not site.world.occurrence(site.now["meeting:weekly"], day, start):
            _skip("no door to the occurrences of a series")

    def test_any_text_comes_back(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        for address in list(site.now):
            kind = kind_of(address)
            for name in site.tool.manifest.kinds[kind] & {"body", "description"}:
                for what, text in TEXTS.items():
                    site.do(site.alter(address, **{name: text}))
                    site.look()
                    (wanted,) = site.rendered(kind, {name: text}).values()
                    assert site.normal(site.now[address])[name] == site.tool.normalise(
                        kind, name, wanted
                    ), f"{what} in {address}"

    def test_any_title_comes_back(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        titled = [each for each in site.now if "title" in site.now[each].fields]
        for number, address in enumerate(titled):
            for what in ("emoji", "quotes", "right-to-left"):
                kind, title = kind_of(address), f"{TEXTS[what]} {number}"
                site.do(site.alter(address, title=title))
                site.look()
                assert site.normal(site.now[address])["title"] == site.tool.normalise(
                    kind, "title", title
                ), f"{what} in {address}"

    def test_as_hub_undoes_render(self, tmp_path: Path) -> None:
        tool, names = self.world(tmp_path).integration, self.names()
        for kind, name, value in values_of(tool.manifest.kinds):
            back = tool.as_hub(kind, name, tool.render(kind, name, value, names), names)
            normal = tool.normalise(kind, name, value)
            assert tool.normalise(kind, name, back) == normal, f"{kind}.{name}: {value!r}"

    def test_mappings_are_idempotent(self, tmp_path: Path) -> None:
        tool, names = self.world(tmp_path).integration, self.names()
        for kind, name, value in values_of(tool.manifest.kinds):
            shown = tool.render(kind, name, value, names)
            assert tool.render(kind, name, value, names) == shown
            assert tool.render(kind, name, tool.as_hub(kind, name, shown, names), names) == shown
            hub = tool.as_hub(kind, name, shown, names)
            assert tool.as_hub(kind, name, shown, names) == hub
            normal = tool.normalise(kind, name, value)
            assert tool.normalise(kind, name, normal) == normal, f"{kind}.{name}: {value!r}"

    def test_steps_cover_each_change_once(self, tmp_path: Path) -> None:
        site = Site(self.world(tmp_path))
        changes = [site.creation(each) for each in site.samples()]
        steps = site.tool.steps(changes, site.workspace)
        covered = [change for step in steps for change in step.changes]
        assert sorted(covered, key=repr) == sorted(changes, key=repr)
        keys = [step.key for step in steps]
        assert len(set(keys)) == len(keys)
        assert in_order(steps)
        limits = {limit.name for limit in site.tool.manifest.limits}
        for step in steps:
            assert step.needs <= set(keys) - {step.key}
            assert step.integration == site.tool.manifest.name
            assert set(step.draws) <= limits

    def test_steps_are_pure(self, tmp_path: Path) -> None:
        site = Site(self.world(tmp_path))
        changes = [site.creation(each) for each in site.samples()]
        picture = site.world.picture()
        steps = list(site.tool.steps(changes, site.workspace))
        assert list(site.tool.steps(changes, site.workspace)) == steps
        by_another = site.world.reopen().steps(changes, site.workspace)
        assert [step.key for step in by_another] == [step.key for step in steps]
        assert site.world.picture() == picture

    def test_a_read_writes_nothing(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        picture = site.world.picture()
        site.tool.read(site.known())
        site.read(lost=True, by=site.world.reopen())
        site.tool.changes(site.tool.changes("").cursor)
        site.tool.check()
        assert site.world.picture() == picture

    def test_a_message_that_was_sent_is_there_or_told_as_it_was(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        if not site.holds("message"):
            _skip("a tool without messages")
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
            _skip("what was sent here can be looked for")
        change = site.creation(site.placed(MESSAGE))
        site.do(change)
        first = site.ids[change.address]
        again = Site(replace(site.world, integration=site.world.reopen()))
        again.ids = {site.root: site.ids[site.root]} if site.root in site.ids else {}
        again.do(change)
        assert again.ids[change.address] == first, "nobody can tell that both are the same"

    def test_no_secret_shows(self, tmp_path: Path) -> None:
        site = self._built(tmp_path)
        shown = repr((site.tool, site.tool.manifest, site.read(), site.world.reopen()))
        assert not any(secret in shown for secret in site.world.secrets)

    def _a_document(self, site: Site) -> str:
        for address in ("document:glossary", "board:work/card:agree", "board:work", "channel:team"):
            if address in site.now:
                return address
        if any(map(site.holds, ("document", "board", "channel"))):
            raise AssertionError("the suite needs a document, a card, a board or a channel")
        _skip("a tool for messages alone")

    def _edit(self, site: Site, remote: Remote, fields: Mapping[str, Value]) -> None:
        if not site.world.member(remote, fields):
            _skip("no door for a member's edit")


def _skip(reason: str) -> NoReturn:
    import pytest

    pytest.skip(reason)


def _upwards(site: Site, remote: Remote) -> frozenset[str]:
    """Return the ids of an object and of all that holds it."""
    by_id = {each.id: each for each in site.now.values()}
    found = {remote.id}
    while remote.parent in by_id:
        remote = by_id[remote.parent]
        found.add(remote.id)
    return frozenset(found)


def _another(remote: Remote) -> tuple[str, Value]:
    name = next(name for name in ("body", "description", "title") if name in remote.fields)
    return name, "A member wrote this.\n" if name != "title" else "A member's title"


def _foreign(site: Site) -> list[Remote]:
    return [each for each in site.read() if each.id not in site.ids.values()]


def _children(site: Site, address: str) -> set[str]:
    holder = site.ids[address]
    return {each for each, remote in site.now.items() if remote.parent == holder}
