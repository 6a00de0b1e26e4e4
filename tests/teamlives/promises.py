"""The promises that hold at every moment of a life, and those that hold at its end."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from smarketing import engine
from smarketing.given import Request
from smarketing.kinds import THERE
from smarketing.plan import Recap
from smarketing.sync.action import Action
from smarketing.sync.block import as_map
from smarketing.testing.memory_things import Thing

from .papers import BEGINS, NOTES, WORD
from .team import Team


class Promised(Team):
    """A team that is watched: what members did is known, and nothing of how sync goes about it."""

    # At every moment

    def ends(self, notes: str, day: date) -> datetime:
        """Return when the meeting ends whose minutes bear this day."""
        members = self.members
        starts = {d: at for (where, d), at in members.moved.items() if where == notes}
        moved = starts.get(day) or next((at for at in starts.values() if at.date() == day), None)
        begin = moved or datetime(day.year, day.month, day.day, BEGINS[notes][1])
        return begin + timedelta(minutes=45)

    def past(self) -> Mapping[tuple[str, date], str]:
        """Return the minutes of all meetings that are over."""
        found = {}
        for notes in NOTES:
            if self.has(notes):
                body = self.members.body(notes)
                for day, start, end in self.members.sections(notes):
                    over = self.ends(notes, day) <= self.now
                    if over and (
                        (notes, day) not in self.members.cancelled or day < self.now.date()
                    ):
                        found[notes, day] = body[start:end]
        return found

    def has(self, notes: str) -> bool:
        return any(t.marker == notes for t in self.tools["google"].things.values())

    def agendas_are_single(self, deleted: set[tuple[str, date]]) -> None:
        """Hold that no meeting has two agendas, nor one that a member took away."""
        for notes in filter(self.has, NOTES):
            there = Counter(day for day, _, _ in self.members.sections(notes))
            assert all(times == 1 for times in there.values()), f"{notes}: {there}"
            back = {day for where, day in deleted if where == notes} & there.keys()
            assert not back, f"{notes}: an agenda that was deleted came back: {back}"

    def agendas_are_there(self, recap: Recap) -> None:
        """Hold that after a good run the meeting of this day has its agenda."""
        if recap.failed or recap.plan.unreachable or self.was_lost:
            return
        day, members = self.now.date(), self.members
        for notes, (weekday, hour) in BEGINS.items():
            touched = {*members.moved, *members.cancelled, *members.deleted, *self.unsure}
            is_due = day.weekday() == weekday and 8 <= self.now.hour < hour and self.now.minute
            if is_due and (notes, day) not in touched:
                self.mix["agenda"] += 1
                there = {each for each, _, _ in members.sections(notes)}
                assert day in there, f"{notes}: no agenda of {day}"

    def nobody_was_told_twice(self) -> None:
        """Hold that each message went once."""
        post = self.tools["smtp"]
        sent = [t for t in (*post.things.values(), *post.deleted.values()) if t.kind == "message"]
        told = Counter((str(t.fields["to"]), str(t.fields["subject"])) for t in sent)
        back = self.mix["take somebody on"]  # who comes back is welcome once more
        # A lost state does not know who was asked before a member put somebody else there.
        swapped = self.was_lost and self.mix["member swap guest"]
        twice = {
            each: times
            for each, times in told.items()
            if times > 1
            and not (back and "shared workspace" in each[1])
            and not (swapped and "you are the guest" in each[1])
        }
        assert not twice, f"told twice: {twice}"

    # At the end

    def is_quiet(self) -> None:
        """Hold that nothing is left to do, for sync and for apply."""
        before = [tool.picture() for tool in self.tools.values()]
        for sync in (True, False, True):
            request = Request(sync=sync)
            plan = engine.make_plan(self.workspace, request)
            assert plan.changes == (), [(c.verb, c.address, dict(c.fields)) for c in plan.changes]
            recap = engine.apply(self.workspace, request)
            assert (recap.done, recap.failed) == ((), ())
        assert [tool.picture() for tool in self.tools.values()] == before

    def no_word_is_lost(self) -> None:
        tools = self.tools.values()
        held = [*(tool.text() for tool in tools), *self.told]
        held += [str(t.fields) for tool in tools for t in tool.deleted.values()]
        lost = self.members.words - set(WORD.findall("\n".join(held)))
        assert not lost, f"lost: {sorted(lost)}"

    def is_in_step(self, action: Action) -> None:
        """Hold that all places show the same title and owner, and that open work has an owner who is there."""
        shown = {
            place: fields
            for place in action.at
            if action.is_open(place) and (fields := self.shown_at(action, place))
        }
        titles = {" ".join(one["title"].split()) for one in shown.values()}
        assert len(titles) <= 1, f"{action.key}: {titles}"
        left = {
            str(one["name"]).partition(" <")[0]
            for one in self.config["people"].values()
            if "left" in one
        }
        done = any("ticked" in one for one in shown.values())
        if shown and not done and action.hub.get("status") != "done":
            assert action.hub.get("owner") not in left, f"{action.key}: {action.hub['owner']} left"

    def shown_at(self, action: Action, place: str) -> dict[str, str]:
        """Return what a card or row really shows, {} where it is no card or row."""
        record = self.state.load().records.get(action.at[place])
        if record is None or not record.binding:
            return {}
        thing = self._thing(record.place, record.binding.id)
        if thing is None or thing.existence != THERE:
            return {}
        if thing.kind == "row":
            return {"title": str(as_map(thing.fields["cells"]).get("title", ""))}
        ticked = {"ticked": "yes"} if thing.fields.get("done") else {}
        return {"title": str(thing.fields.get("title") or ""), **ticked}

    def _thing(self, place: str, which: str) -> Thing | None:
        return self.tools[place].things.get(which)
