"""Bugs planted on purpose: each breaks one rule that the lives must be able to see."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from smarketing.kinds import ARCHIVED, THERE
from smarketing.state.record import Seen
from smarketing.sync import agreeing, folding, pairing
from smarketing.sync.block import Place
from smarketing.sync.statuses import Spoken
from tests.planting import replaced


def write_again_what_was_written() -> Iterator[None]:
    """What was written is not remembered, so that it counts as a member's edit: the loop."""

    def forgetful(real: Any) -> Any:
        def shown(action: Any, said: Any, block: Any) -> Any:
            after, wanted = real(action, said, block)
            written = {said_of.place for said_of in said.values() if said_of.address in wanted}
            seen = {p: action.seen[p] if p in written else s for p, s in after.seen.items()}
            return replace(after, seen=seen), wanted

        return shown

    return replaced(agreeing, "shown", forgetful(folding.shown))


def bring_back_what_was_cleared() -> Iterator[None]:
    """An empty value counts as one that nobody said anything of."""

    def as_hub(real: Any) -> Any:
        def kept(self: Any, name: str, now: Any, before: Any = None, *rest: Any) -> Any:
            means = real(self, name, now, before, *rest)
            return before.hub if means is None and before else means

        return kept

    return replaced(Place, "as_hub", as_hub(Place.as_hub))


def believe_a_short_listing() -> Iterator[None]:
    """What a listing doesn't show is gone, however much it is."""
    return replaced(agreeing, "why_short", lambda *args: "")


def one_base_for_all_places() -> Iterator[None]:
    """What is held true counts as what every place agreed to."""

    def forgetful(real: Any) -> Any:
        def done(self: Any) -> Any:
            folded = real(self)
            hub = folded.action.hub
            seen = {
                place: {n: Seen(each.value, hub.get(n, each.hub)) for n, each in fields.items()}
                for place, fields in folded.action.seen.items()
            }
            return replace(folded, action=replace(folded.action, seen=seen))

        return done

    return replaced(folding._Folding, "done", forgetful(folding._Folding.done))


def make_what_two_wrote_down_twice() -> Iterator[None]:
    """What two members wrote down at two places is two things."""
    return replaced(pairing._Pairing, "_by_title", lambda self, place, things: things)


def make_again_what_was_removed() -> Iterator[None]:
    """What is gone at a place is as if it had never been there."""

    def forgetful(real: Any) -> Any:
        def with_existence(action: Any, said: Any, places: Any, day: str) -> Any:
            gone = {p for p in action.at if p in places and p not in said} | {
                p for p, one in said.items() if one.existence != THERE
            }
            at = {p: address for p, address in action.at.items() if p not in gone}
            seen = {p: each for p, each in action.seen.items() if p not in gone}
            return replace(action, at=at, seen=seen)

        return with_existence

    return replaced(agreeing, "with_existence", forgetful(folding.with_existence))


def match_by_the_title_alone() -> Iterator[None]:
    """Two things that are called alike are one."""
    return replaced(pairing, "_likeness", lambda mine, theirs: 1)


def untick_to_the_first_status() -> Iterator[None]:
    """A tick taken away loses the status that was there before it."""

    def forgetful(real: Any) -> Any:
        return lambda self, now, before, unticked: real(self, now, before, "")

    return replaced(Spoken, "as_hub", forgetful(Spoken.as_hub))


def say_nothing_of_what_yields() -> Iterator[None]:
    """Of two edits one stands, and nobody hears of the other."""
    return replaced(folding._Folding, "_yield", lambda *args: None)


def let_the_last_one_stand() -> Iterator[None]:
    """Of two edits that stands which was heard last, whatever the playbook prefers."""
    return replaced(folding, "_stands", lambda *args: "now")


def pull_back_from_a_members_list() -> Iterator[None]:
    """A place that has no such list shows its first one instead of leaving the card alone."""

    def shown(real: Any) -> Any:
        def first(self: Any, status: Any, now: Any = None) -> Any:
            value = real(self, status, now)
            return value if value is not None or not self.shows else next(iter(self.shows))

        return first

    return replaced(Spoken, "render", shown(Spoken.render))


def remove_everywhere_unasked() -> Iterator[None]:
    """What is archived at one place is archived at all."""

    def hasty(real: Any) -> Any:
        def settle(self: Any, key: str, answers: Any) -> None:
            real(self, key, answers)
            action = self.actions[key]
            if ARCHIVED in {one.existence for one in self._of(action).values()}:
                self.actions[key] = self._put_away(action)

        return settle

    return replaced(agreeing._Agreeing, "settle", hasty(agreeing._Agreeing.settle))


def take_a_copy_for_a_new_thing() -> Iterator[None]:
    """What a copy carries of its origin is not looked at."""
    return replaced(pairing, "_origin", lambda thing: "")


BUGS = (
    write_again_what_was_written,
    bring_back_what_was_cleared,
    believe_a_short_listing,
    one_base_for_all_places,
    make_what_two_wrote_down_twice,
    make_again_what_was_removed,
    match_by_the_title_alone,
    untick_to_the_first_status,
    say_nothing_of_what_yields,
    let_the_last_one_stand,
    pull_back_from_a_members_list,
    remove_everywhere_unasked,
    take_a_copy_for_a_new_thing,
)
