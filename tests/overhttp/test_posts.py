"""A message in a channel, through whole runs: posted once, edited when its words change."""

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from smarketing.contract import LAST
from smarketing.plan import Plan, Recap, is_empty
from smarketing.resolve.desired import Desired, Item
from smarketing.run import engine

from .miniature import CHAT
from .office import POINTS, Crash, Death, Office, office
from .test_slack import channels, hands, of, store

DIGEST = "message:digest"


def with_post(desired: Desired, body: str) -> Desired:
    """Return what is asked for, and a message in a channel."""
    fields = {"channel": "link:channel:team", "body": body}
    post = Item(DIGEST, "message", "slack", "root:slack", fields, stage=LAST)
    return replace(desired, items={**desired.items, DIGEST: post})


def apply(made: Office, body: str, death: Death | None = None) -> Recap:
    """Run once with a message."""
    with (
        made._watched(death or Death()),
        made.company._at_home(),
        made.company._opened(made.config) as workspace,
    ):
        return engine.apply(replace(workspace, desired=with_post(workspace.desired, body)))


def plan(made: Office, body: str) -> Plan:
    """Return what a run with a message would do."""
    with made.company._at_home(), made.company._opened(made.config) as workspace:
        return engine.make_plan(replace(workspace, desired=with_post(workspace.desired, body)))


def said(made: Office) -> list[str]:
    """Return what the app posted in the channel."""
    posts: list[dict[str, Any]] = channels(made)["team-talk"]["messages"]
    return [each["text"] for each in posts if each["by"] == "robot"]


@pytest.fixture
def made(tmp_path: Path) -> Office:
    return office(tmp_path, CHAT)


def test_it_is_posted_with_its_channel_and_then_left_alone(made: Office) -> None:
    assert not apply(made, "Week 50: see [Wins](link:channel:wins).").failed
    assert said(made) == ["Week 50: see Wins."]
    (post,) = channels(made)["team-talk"]["messages"]
    link = post["blocks"][0]["elements"][0]["elements"][1]
    assert link == {
        "type": "link",
        "url": f"https://acme.slack.com/archives/{of(made, 'wins')}",
        "text": "Wins",
    }
    assert is_empty(plan(made, "Week 50: see [Wins](link:channel:wins)."))


def test_other_words_edit_it(made: Office) -> None:
    apply(made, "Week 50.")
    (before,) = [each.ts for each in store(made).named("team-talk").messages if not each.subtype]
    assert not apply(made, "Week 50, and one more thing.").failed
    (after,) = [each.ts for each in store(made).named("team-talk").messages if not each.subtype]
    assert said(made) == ["Week 50, and one more thing."]
    assert before == after
    assert is_empty(plan(made, "Week 50, and one more thing."))


def test_after_a_lost_state_it_is_found_and_not_posted_again(made: Office) -> None:
    apply(made, "Week 50.")
    hands(made, "chat.postMessage", channel=of(made, "team-talk"), text="Thanks!")
    made.company.forget()
    apply(made, "Week 50.")
    assert said(made) == ["Week 50."]
    assert is_empty(plan(made, "Week 50."))


@pytest.mark.parametrize("point", POINTS)
def test_whatever_breaks_off_it_is_there_once(tmp_path: Path, point: str) -> None:
    for nth in range(7, 12):
        made = office(tmp_path / str(nth), CHAT)
        with contextlib.suppress(Crash):
            apply(made, "Week 50.", Death(nth, point))
        assert not apply(made, "Week 50.").failed
        assert said(made) == ["Week 50."], f"died at write {nth} {point}"
        assert is_empty(plan(made, "Week 50."))


def test_one_that_somebody_deleted_is_not_posted_again(made: Office) -> None:
    apply(made, "Week 50.")
    messages = store(made).named("team-talk").messages
    messages[:] = [each for each in messages if each.subtype]
    assert not apply(made, "Week 50, again.").failed
    assert said(made) == []
