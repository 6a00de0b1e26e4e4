"""Bugs planted on purpose: each breaks one rule that the lives must be able to see."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from smarketing.contract import Later, Outcome, Step
from smarketing.integrations.google.sandbox.docs.document import Doc
from smarketing.integrations.google.writing import document as write_document
from smarketing.integrations.trello.writing import altering
from smarketing.run.run import Performer
from tests.histories.bugs import one_base_for_all_places, repeat_a_lost_create, skip_the_merge
from tests.planting import Bug, replaced


def look_at_no_log() -> Iterator[None]:
    """What a write to Trello replaced is not asked."""
    return replaced(altering, "_replaced", lambda *_: {})


def forget_what_stands_beside() -> Iterator[None]:
    """Text, owner and mark are written as one, whatever a member wrote beside."""
    return replaced(altering, "_beside", lambda *_: "")


def write_documents_over_anything() -> Iterator[None]:
    """A document is written whatever its revision and its text."""

    def both() -> Iterator[None]:
        for _ in replaced(Doc, "_check", lambda *_: None):
            yield from replaced(write_document, "_is_stale", lambda *_: False)

    return both()


def send_a_whole_batch_again() -> Iterator[None]:
    """Where a tool puts off a part of a batch, all of it is sent again."""

    def perform(self: Any, step: Step) -> Sequence[Outcome]:
        while True:
            outcomes: Sequence[Outcome] = self.integrations[step.integration].perform(
                step, self.ids
            )
            if not (later := [each.after for each in outcomes if isinstance(each, Later)]):
                return outcomes
            self.clock.sleep(max(later))

    return replaced(Performer, "_perform", perform)


OF_ALL = (skip_the_merge, one_base_for_all_places, repeat_a_lost_create)

BUGS: Mapping[str, Sequence[Bug]] = {
    "trello": (
        *OF_ALL,
        look_at_no_log,
        forget_what_stands_beside,
    ),
    "google": (
        *OF_ALL,
        write_documents_over_anything,
        send_a_whole_batch_again,
    ),
}
