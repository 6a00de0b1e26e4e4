"""Signing in to Slack and out again, and what the doctor says about it."""

from collections.abc import Callable
from email.utils import formatdate

import pytest

from smarketing.integrations.slack.manifest import SCOPES
from smarketing.integrations.slack.sandbox import stand_in
from smarketing.standin import Answer, Asked, Person, World
from tests.vendors.sandboxes import validated

from .desk import Desk

APP = Person("robot", "Acme Robot", "robot@acme.example", "xoxb-000000000001-app")
ANA = Person("ana", "Ana Silva", "ana@acme.example", "xoxp-000000000002-ana")


class Slack:
    """The stand-in with a Date header; `without` are scopes that the app lacks."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.inner = validated(stand_in(World(now, (APP, ANA))))
        self.now = now
        self.without: frozenset[str] = frozenset()

    def __call__(self, asked: Asked) -> Answer:
        answer = self.inner.answer(asked)
        scopes = ",".join(scope for scope in SCOPES if scope not in self.without)
        date = formatdate(self.now(), usegmt=True)
        told = {**answer.headers, "Date": date, "X-OAuth-Scopes": scopes}
        return Answer(answer.status, told, answer.body)


@pytest.fixture
def slack(desk: Desk) -> Slack:
    made = Slack(desk.clock.now)
    desk.vendors["slack"] = made
    return made


def signed_in(desk: Desk) -> str:
    return desk.run("login", "slack", "--no-browser", typed=f"{APP.token}\n").all


def test_signing_in_says_as_whom_and_never_shows_the_token(desk: Desk, slack: Slack) -> None:
    said = signed_in(desk)
    assert "robot in Acme" in said
    assert "https://api.slack.com/apps" in said
    assert APP.token not in said


def test_a_token_that_slack_does_not_know_is_not_kept(desk: Desk, slack: Slack) -> None:
    said = desk.run("login", "slack", "--no-browser", typed="xoxb-000000000009-no\n", code=1)
    assert "Slack does not know this token" in said.err
    assert ("who", "person") in [each[:2] for each in found(desk)]


def test_what_is_no_token_is_told_at_once(desk: Desk, slack: Slack) -> None:
    said = desk.run("login", "slack", "--no-browser", typed="my token\n", code=1)
    assert "This is no token" in said.err
    assert desk.asked == []


def found(desk: Desk) -> list[tuple[str, str, str]]:
    """Return what the doctor finds."""
    import json

    data = json.loads(desk.run("doctor", "slack", "--json", code=None).out)
    (account,) = data["accounts"]
    return [(one["about"], one["grade"], one["words"]) for one in account["findings"]]


def test_the_doctor_tells_every_scope_with_its_reason(desk: Desk, slack: Slack) -> None:
    signed_in(desk)
    told = found(desk)
    assert ("who", "fine", "Signed in as robot in Acme.") in told
    scopes = [words for about, grade, words in told if (about, grade) == ("scope", "fine")]
    assert scopes == [f"{name}: {why}." for name, why in SCOPES.items()]


def test_a_scope_that_is_missing_is_named(desk: Desk, slack: Slack) -> None:
    slack.without = frozenset({"bookmarks:write"})
    assert "The app lacks bookmarks:write" in signed_in(desk)
    (lacks,) = [words for about, grade, words in found(desk) if grade == "person"]
    assert "bookmarks:write" in lacks


def test_signing_out_revokes_the_token(desk: Desk, slack: Slack) -> None:
    signed_in(desk)
    assert "revoked at Slack" in desk.run("logout", "slack").all
    assert APP.token not in slack.inner.store.tokens
