"""Each behaviour of the conformance suite turns red when an integration breaks it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from smarketing.contract import (
    Change,
    Changes,
    Done,
    Failed,
    Listing,
    Names,
    Outcome,
    Remote,
    Scope,
    Step,
)
from smarketing.kinds import ARCHIVED, THERE, Value
from smarketing.testing.awkward import Awkward
from smarketing.testing.conformance import Conformance
from smarketing.testing.memory import Memory
from smarketing.testing.memory_things import Thing
from smarketing.testing.memory_tool import Tool
from smarketing.testing.memory_world import memory_world
from smarketing.testing.site import World


class TellsItsToken(Memory):
    def __repr__(self) -> str:
        return f"Memory({self._token})"

    def check(self) -> str:
        return f"signed in with {self._token}"


class InventsAField(Memory):
    def __init__(self, tool: Tool, name: str = "memory", token: str = "") -> None:
        super().__init__(tool, name, token)
        kinds = {**self.manifest.kinds, "card": frozenset({"title", "mood"})}
        self.manifest = replace(self.manifest, kinds=kinds)


class LeavesOutInSilence(Memory):
    def __init__(self, tool: Tool, name: str = "memory", token: str = "") -> None:
        super().__init__(tool, name, token)
        kinds = {kind: each for kind, each in self.manifest.kinds.items() if kind != "label"}
        self.manifest = replace(self.manifest, kinds=kinds)


class EchoesWhatItWasAskedFor(Memory):
    """It says what was wanted, not what the tool holds now."""

    def _create(self, step: Step, change: Change, ids: Mapping[str, str]) -> Done:
        done = super()._create(step, change, ids)
        return Done(replace(done.remote, fields=dict(change.fields)))


class ForgetsTheMarker(Memory):
    def _create(self, step: Step, change: Change, ids: Mapping[str, str]) -> Done:
        done = super()._create(step, change, ids)
        self.tool.member.unmark(done.remote.id)
        return Done(self.tool.remote(self.tool.find(done.remote.id)))


class ChangedOnRead(Memory):
    """It overwrites what a read has found."""

    def read(self, scope: Scope) -> Listing:
        listing = super().read(scope)
        return replace(listing, remotes=tuple(self.changed(each) for each in listing.remotes))

    def changed(self, remote: Remote) -> Remote:
        raise NotImplementedError


class HidesEmptyFields(ChangedOnRead):
    def changed(self, remote: Remote) -> Remote:
        return replace(remote, fields={name: each for name, each in remote.fields.items() if each})


class ClaimsWhatItFinds(ChangedOnRead):
    def changed(self, remote: Remote) -> Remote:
        return replace(remote, marker=remote.marker or f"{remote.kind}:{remote.id}")


class AlwaysReadsEverything(Memory):
    def read(self, scope: Scope) -> Listing:
        return super().read(replace(scope, known={}))


class TrustsWhatIsKnown(Memory):
    def read(self, scope: Scope) -> Listing:
        listing = super().read(scope)
        remotes = tuple(each for each in listing.remotes if each.id not in scope.known)
        return Listing(remotes, frozenset(scope.known))


class NeedsStateToSee(Memory):
    def read(self, scope: Scope) -> Listing:
        return super().read(scope) if scope.roots or scope.known else Listing()


class MixesWorkspaces(Memory):
    def read(self, scope: Scope) -> Listing:
        everything = tuple(self.tool.things)
        return super().read(replace(scope, roots=everything))


class WritesWhileReading(Memory):
    def read(self, scope: Scope) -> Listing:
        for thing in self.tool.things.values():
            self.tool.touch(thing)
        return super().read(scope)


class WipesOtherFields(Memory):
    def _write(self, change: Change, thing: Thing, ids: Mapping[str, str]) -> None:
        assert change.before is not None
        bare = dict.fromkeys(change.before.fields, None)
        super()._write(replace(change, fields={**bare, **change.fields}), thing, ids)


class SkipsEmptyValues(Memory):
    def _write(self, change: Change, thing: Thing, ids: Mapping[str, str]) -> None:
        filled = {name: value for name, value in change.fields.items() if value}
        super()._write(replace(change, fields=filled), thing, ids)


class AltersInItsOwnWay(Memory):
    """It does something of its own before or instead of a write."""

    def perform(self, step: Step, ids: Mapping[str, str]) -> Sequence[Outcome]:
        altered = tuple(self.altered(change, ids) for change in step.changes)
        return super().perform(replace(step, changes=altered), ids)

    def altered(self, change: Change, ids: Mapping[str, str]) -> Change:
        raise NotImplementedError


class IgnoresVersions(AltersInItsOwnWay):
    def altered(self, change: Change, ids: Mapping[str, str]) -> Change:
        if change.before is None:
            return change
        return replace(change, before=self.tool.remote(self.tool.find(ids[change.address])))


class TouchesForeignThings(AltersInItsOwnWay):
    def altered(self, change: Change, ids: Mapping[str, str]) -> Change:
        for thing in self.tool.things.values():
            if not thing.marker:
                self.tool.fill(thing, {"title": "tidied up"})
        return change


class MovesByCopying(AltersInItsOwnWay):
    """It makes a new object in the new place and leaves the children behind."""

    def altered(self, change: Change, ids: Mapping[str, str]) -> Change:
        if change.verb != "move":
            return change
        old = self.tool.find(ids[change.address])
        self.tool.member.unmark(old.id)
        return replace(change, verb="create", before=None, fields=old.fields)


class ArchivesByDeleting(Memory):
    def perform(self, step: Step, ids: Mapping[str, str]) -> Sequence[Outcome]:
        outcomes = super().perform(step, ids)
        for thing in list(self.tool.things.values()):
            if thing.existence == ARCHIVED and thing.id in self.tool.things:
                self.tool.member.delete(thing.id)
        return outcomes


class RefusesToArchiveTwice(Memory):
    def perform(self, step: Step, ids: Mapping[str, str]) -> Sequence[Outcome]:
        for change in step.changes:
            if change.before is not None and change.before.existence == ARCHIVED:
                return [Failed("It is archived already.")]
        return super().perform(step, ids)


class KeepsTheOldMarker(AltersInItsOwnWay):
    def altered(self, change: Change, ids: Mapping[str, str]) -> Change:
        return replace(change, verb="update") if change.verb == "rename" else change


class GoesByThePlannedIds(Memory):
    def perform(self, step: Step, ids: Mapping[str, str]) -> Sequence[Outcome]:
        planned = {each.address: each.before.id for each in step.changes if each.before}
        return super().perform(step, {**ids, **planned})


class TakesCancelledForThere(ChangedOnRead):
    def changed(self, remote: Remote) -> Remote:
        is_one = remote.kind == "occurrence"
        return replace(remote, existence=THERE) if is_one else remote


class TellsOnlyItsOwnOccurrences(Memory):
    def read(self, scope: Scope) -> Listing:
        listing = super().read(scope)
        ours = [each for each in listing.remotes if each.kind != "occurrence" or each.marker]
        return replace(listing, remotes=tuple(ours))


class PutsOccurrencesBack(Memory):
    """It writes the day of the series again with each invitation."""

    def _write(self, change: Change, thing: Thing, ids: Mapping[str, str]) -> None:
        start = {"start": f"{thing.fields['date']}T10:00"} if thing.kind == "occurrence" else {}
        super()._write(replace(change, fields={**change.fields, **start}), thing, ids)


class MakesAnOccurrenceTwice(Memory):
    def _has_its_day(self, change: Change, ids: Mapping[str, str]) -> bool:
        return False


class KnowsAsciiOnly(AltersInItsOwnWay):
    def altered(self, change: Change, ids: Mapping[str, str]) -> Change:
        return replace(change, fields={name: _ascii(each) for name, each in change.fields.items()})


def _ascii(value: Value) -> Value:
    return value.encode("ascii", "replace").decode() if isinstance(value, str) else value


class LeavesUrlsInTexts(Memory):
    def as_hub(self, kind: str, name: str, value: Value, names: Names) -> Value:
        return value


class NormalisesMoreEachTime(Memory):
    def normalise(self, kind: str, name: str, value: Value) -> Value:
        return value[:-1] if isinstance(value, str) else value


class DropsTheLastStep(Memory):
    def steps(self, changes: Sequence[Change], workspace: str) -> Sequence[Step]:
        return super().steps(changes, workspace)[:-1]


class WaitsForNobody(Memory):
    def steps(self, changes: Sequence[Change], workspace: str) -> Sequence[Step]:
        nobody = frozenset({"nobody"})
        return [replace(step, needs=nobody) for step in super().steps(changes, workspace)]


class LosesItsMessages(Memory):
    """It takes what it can't find again for gone."""

    def read(self, scope: Scope) -> Listing:
        listing = super().read(scope)
        remotes = tuple(each for each in listing.remotes if each.kind != "message")
        sent = {each for each, kind in scope.bound.items() if kind == "message"}
        return replace(listing, remotes=remotes, unchanged=listing.unchanged - sent)


class SendsUnderAnotherName(Memory):
    """What it sent can't be looked for, and the same message never has the same name."""

    def __init__(self, tool: Tool, name: str = "memory", token: str = "") -> None:
        super().__init__(tool, name, token)
        self.manifest = replace(self.manifest, forgets=True)


_numbers = count()


class CountsItsSteps(Memory):
    def steps(self, changes: Sequence[Change], workspace: str) -> Sequence[Step]:
        steps = super().steps(changes, workspace)
        return [
            replace(step, key=f"{step.key} {next(_numbers)}", needs=frozenset()) for step in steps
        ]


class TellsOfNothing(Memory):
    def changes(self, cursor: str) -> Changes:
        told = super().changes(cursor)
        return told if told.touched is None else replace(told, touched=frozenset())


class TellsEverythingAgain(Memory):
    def changes(self, cursor: str) -> Changes:
        told = super().changes(cursor)
        return told if told.touched is None else replace(told, touched=frozenset(self.tool.things))


class TakesAnyCursor(Memory):
    def changes(self, cursor: str) -> Changes:
        told = super().changes(cursor)
        return told if cursor == "" else replace(told, touched=told.touched or frozenset())


FAULTS: Sequence[tuple[type[Memory], str]] = (
    (TellsItsToken, "test_check_answers_without_a_secret"),
    (TellsItsToken, "test_no_secret_shows"),
    (InventsAField, "test_the_manifest_narrows_the_table_of_kinds"),
    (LeavesOutInSilence, "test_the_manifest_says_what_is_done_instead"),
    (EchoesWhatItWasAskedFor, "test_what_is_created_is_read_back"),
    (KnowsAsciiOnly, "test_any_text_comes_back"),
    (KnowsAsciiOnly, "test_any_title_comes_back"),
    (HidesEmptyFields, "test_every_field_the_tool_holds_is_told"),
    (SkipsEmptyValues, "test_a_cleared_field_reads_as_empty"),
    (ForgetsTheMarker, "test_marker_and_workspace_come_back"),
    (ForgetsTheMarker, "test_lost_state_is_found_by_markers"),
    (NeedsStateToSee, "test_lost_state_is_found_by_markers"),
    (AlwaysReadsEverything, "test_an_untouched_workspace_is_unchanged_by_its_versions"),
    (TellsOfNothing, "test_the_feed_tells_what_a_member_touched_and_is_silent_else"),
    (TellsEverythingAgain, "test_the_feed_tells_what_a_member_touched_and_is_silent_else"),
    (TakesAnyCursor, "test_a_cursor_that_never_was_begins_the_feed_anew"),
    (TrustsWhatIsKnown, "test_a_members_edit_is_noticed"),
    (WipesOtherFields, "test_an_update_leaves_other_fields_alone"),
    (ClaimsWhatItFinds, "test_foreign_things_inside_ours_are_told_and_left_alone"),
    (TouchesForeignThings, "test_foreign_things_inside_ours_are_told_and_left_alone"),
    (IgnoresVersions, "test_a_stale_change_is_refused_or_tells_what_it_displaced"),
    (MixesWorkspaces, "test_other_workspaces_are_left_alone"),
    (MovesByCopying, "test_a_move_keeps_content_and_children"),
    (KeepsTheOldMarker, "test_a_rename_writes_the_new_address"),
    (GoesByThePlannedIds, "test_the_ids_of_this_run_are_right"),
    (ArchivesByDeleting, "test_archived_is_not_deleted"),
    (TakesCancelledForThere, "test_what_a_member_made_of_an_occurrence_is_told"),
    (TellsOnlyItsOwnOccurrences, "test_what_a_member_made_of_an_occurrence_is_told"),
    (PutsOccurrencesBack, "test_an_invitation_leaves_an_occurrence_where_a_member_put_it"),
    (MakesAnOccurrenceTwice, "test_an_occurrence_that_a_member_altered_is_not_made_anew"),
    (RefusesToArchiveTwice, "test_archiving_twice_is_quiet"),
    (LeavesUrlsInTexts, "test_as_hub_undoes_render"),
    (NormalisesMoreEachTime, "test_mappings_are_idempotent"),
    (DropsTheLastStep, "test_steps_cover_each_change_once"),
    (WaitsForNobody, "test_steps_cover_each_change_once"),
    (CountsItsSteps, "test_steps_are_pure"),
    (WritesWhileReading, "test_a_read_writes_nothing"),
    (LosesItsMessages, "test_a_message_that_was_sent_is_there_or_told_as_it_was"),
    (SendsUnderAnotherName, "test_a_message_that_is_sent_again_can_be_known_again"),
)


class Suite(Conformance):
    """The suite on an easy tool whose integration has one fault."""

    __test__ = False

    def __init__(self, fault: type[Memory]) -> None:
        self.fault = fault

    def world(self, tmp_path: Path) -> World:
        return memory_world(Awkward(), self.fault)


@pytest.mark.parametrize(
    ("fault", "behaviour"), FAULTS, ids=[f"{fault.__name__}-{name}" for fault, name in FAULTS]
)
def test_a_planted_fault_turns_its_test_red(
    fault: type[Memory], behaviour: str, tmp_path: Path
) -> None:
    with pytest.raises(AssertionError):
        getattr(Suite(fault), behaviour)(tmp_path)


def test_every_behaviour_has_a_planted_fault() -> None:
    behaviours = {name for name in dir(Conformance) if name.startswith("test_")}
    assert behaviours == {behaviour for _, behaviour in FAULTS}
