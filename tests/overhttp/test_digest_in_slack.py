"""A digest in a channel of Slack, through whole runs: one message a week, edited, never repeated."""

import contextlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from smarketing.plan import Recap
from smarketing.planning.given import Request

from . import miniature
from .members import in_trello
from .office import POINTS, Crash, Death, Office, office
from .test_slack import channels, hands, of, store

DIGEST = {
    "weekly": {"title": "Your week", "when": "every Monday at 8:30", "to": "channel:team"},
}


def set_clock(made: Office, day: int, hour: int = 9) -> None:
    clock, moment = made.vendors.clock, datetime(2026, 12, day, hour, tzinfo=UTC)
    clock.move(moment.timestamp() - clock.now())


def sync(made: Office, death: Death | None = None) -> Recap:
    return made.apply(death, Request(sync=True))


def said(made: Office) -> list[str]:
    """Return what the app posted in the channel."""
    posts = channels(made)["team-talk"]["messages"]
    return [str(each["text"]) for each in posts if each["by"] == "robot"]


def stamps(made: Office) -> list[str]:
    return [each.ts for each in store(made).named("team-talk").messages if not each.subtype]


@pytest.fixture
def make(tmp_path: Path) -> Callable[[str], Office]:
    """Make a team that has built its board in Trello and its channels in Slack."""

    def made(name: str) -> Office:
        team = office(tmp_path / name, ("trello", "slack"))
        path = team.folder / "playbook" / "playbook.yaml"
        playbook = json.loads(path.read_text(encoding="utf-8"))
        miniature.write_yaml(path, playbook | {"digest": DIGEST})
        assert not team.apply().failed
        set_clock(team, 14)
        return team

    return made


def test_it_is_posted_once_a_week_and_edited_when_more_happened(
    make: Callable[[str], Office],
) -> None:
    made = make("team")
    assert len(sync(made).done) == 1
    (first,) = said(made)
    assert first.startswith("Your week, Mon 14 Dec 2026\n\n")
    assert "Nobody's: Agree what a lead is (due" in first
    assert first.endswith("Where it all is\n- Start here\n")  # a file: Slack leads nowhere
    before = stamps(made)
    assert not sync(made).done
    in_trello(made.vendors).change_card("Agree what a lead is", dueComplete="true")
    edited = [change.verb for change in sync(made).done if change.kind == "message"]
    assert edited == ["update"]
    (second,) = said(made)
    assert "Kept since the last digest (1)" in second
    assert stamps(made) == before
    assert not sync(made).done
    in_trello(made.vendors).change_card("Agree what a lead is", dueComplete="false")
    set_clock(made, 21)
    sync(made)
    assert [each.splitlines()[0] for each in said(made)] == [
        f"Your week, Mon {day} Dec 2026" for day in (14, 21)
    ]


def test_after_a_lost_state_this_weeks_is_not_posted_again(make: Callable[[str], Office]) -> None:
    made = make("team")
    sync(made)
    hands(made, "chat.postMessage", channel=of(made, "team-talk"), text="Thanks!")
    made.company.forget()
    made.apply()
    for _ in range(2):
        sync(made)
    assert len(said(made)) == 1


def test_at_night_it_waits(make: Callable[[str], Office]) -> None:
    made = make("team")
    set_clock(made, 14, 20)
    assert not sync(made).done
    set_clock(made, 15, 9)
    sync(made)
    assert len(said(made)) == 1


@pytest.mark.parametrize("point", POINTS)
def test_wherever_a_run_dies_it_is_there_once(make: Callable[[str], Office], point: str) -> None:
    made = make("team")
    with contextlib.suppress(Crash):
        sync(made, Death(1, point))
    assert not sync(made).failed
    assert len(said(made)) == 1
    assert not sync(made).done


def test_who_comes_later_is_still_told_what_they_were_let_into(tmp_path: Path) -> None:
    made = office(tmp_path, ("google", "slack"))
    path = made.folder / "playbook" / "playbook.yaml"
    playbook = json.loads(path.read_text(encoding="utf-8"))
    miniature.write_yaml(path, playbook | {"digest": DIGEST})
    made.change_config(use=miniature.use(("google", "slack")) | {"messages": "slack"})
    assert not made.apply().failed
    set_clock(made, 14)
    sync(made)
    assert len(said(made)) == 1
    config = made.config_data()
    people = config["people"] | {"ben": "Ben Okoye <ben@acme.example>"}
    north = config["teams"]["north"] | {"members": ["ana", "ben"]}
    made.change_config(people=people, teams={"north": north})
    notes = [change.note for change in made.apply().done if change.verb == "grant"]
    assert any(note.startswith("Hello Ben") for note in notes)
