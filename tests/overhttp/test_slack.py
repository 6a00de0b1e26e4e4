"""Channels in Slack: whole runs, crashes, lost state, and who is told."""

import logging
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from smarketing.integrations.slack.sandbox.switches import BOTS_UNARCHIVE, SWITCHES
from smarketing.planning.given import Request

from .miniature import CHAT
from .office import POINTS, REPLIED, Death, Office, office
from .test_crashes import dead_and_finished, titles, undisturbed
from .test_messages import never_twice, team

ANA, BEN = "ana@acme.example", "ben@acme.example"


@pytest.fixture
def built(tmp_path: Path) -> Office:
    """The miniature with its channels, built."""
    made = office(tmp_path, CHAT)
    assert not made.apply().failed
    return made


def channels(made: Office) -> dict[str, Any]:
    """Return the channels by name."""
    return {each["name"]: each for each in made.picture()["slack"]["channels"]}


def hands(made: Office, method: str, **fields: object) -> Any:
    """Call a method as Ana, who is in the channels."""
    from smarketing.contract import Setup
    from smarketing.integrations.slack.account import Account

    class Hers:
        def get(self, name: str) -> str:
            return made.vendors.account("slack", "ana")[name]

        def put(self, name: str, secret: str) -> None: ...

    account = Account(Setup({}, Path(), lambda host: Hers(), made.vendors.transport))
    return account.write(method, **fields)


def store(made: Office) -> Any:
    """Return what the stand-in holds."""
    stand_in: Any = made.vendors.stand_in("slack")
    return stand_in.store


def of(made: Office, name: str) -> str:
    """Return the id of a channel."""
    return str(store(made).named(name).id)


def test_channels_appear_with_purpose_topic_bookmarks_and_members(built: Office) -> None:
    there = channels(built)
    assert set(there) == {"team-talk", "wins"}
    talk = there["team-talk"]
    assert talk["purpose"].startswith("Quick questions between the teams. [smarketing ")
    assert talk["topic"] == "Answers on the same day"
    assert talk["members"] == ["ana", "robot"]
    assert talk["bookmarks"] == [("Wins", f"https://acme.slack.com/archives/{of(built, 'wins')}")]


def test_bookmarks_lead_to_documents_that_another_tool_holds(tmp_path: Path) -> None:
    made = office(tmp_path, ("google", *CHAT))
    assert not made.apply().failed
    (glossary, wins) = channels(made)["team-talk"]["bookmarks"]
    assert glossary[0] == "Glossary"
    assert glossary[1].startswith("https://docs.google.com/document/d/")
    assert wins[0] == "Wins"
    made.settled()


def test_a_second_run_does_nothing(built: Office) -> None:
    built.settled()


def test_a_run_makes_just_the_calls_that_its_plan_counted(tmp_path: Path) -> None:
    made = office(tmp_path, CHAT)
    recap = made.apply()
    writes = [a.path for a in made.writes() if a.path.startswith("/api/")]
    assert Counter(path.removeprefix("/api/") for path in writes) == {
        "conversations.create": 2,
        "conversations.setTopic": 1,
        "conversations.setPurpose": 3,
        "bookmarks.add": 1,
        "conversations.invite": 2,
    }
    steps = [step for step in recap.plan.steps if step.integration == "slack"]
    assert sum(step.calls.write for step in steps) == len(writes)
    reads = Counter(a.path for a in made.asked if a.method == "GET" and "/api/" in a.path)
    assert reads["/api/users.lookupByEmail"] == 1


def test_a_run_that_has_nothing_to_do_reads_each_channel_once(built: Office) -> None:
    built.apply()
    built.asked.clear()
    built.apply()
    asked = Counter(a.path.removeprefix("/api/") for a in built.asked if "/api/" in a.path)
    assert asked == {
        "auth.test": 1,
        "users.conversations": 1,
        "users.list": 1,
        "conversations.members": 2,
        "bookmarks.list": 2,
    }


def test_what_members_write_stays_and_what_the_playbook_changes_comes(built: Office) -> None:
    hands(
        built, "conversations.setTopic", channel=of(built, "team-talk"), topic="On Mondays & later"
    )
    hands(
        built,
        "bookmarks.add",
        channel_id=of(built, "team-talk"),
        title="Our wiki",
        type="link",
        link="https://wiki.acme.example/",
    )
    built.playbook("Quick questions between the teams.", "Any question between the teams.")
    built.apply()
    talk = channels(built)["team-talk"]
    assert talk["purpose"].startswith("Any question between the teams. [smarketing ")
    assert unescape(talk["topic"]) == "On Mondays & later"
    assert [title for title, _ in talk["bookmarks"]] == ["Wins", "Our wiki"]
    built.settled()


def test_a_bookmark_that_a_member_took_away_stays_away(built: Office) -> None:
    (first, *_) = store(built).named("team-talk").bookmarks
    hands(built, "bookmarks.remove", channel_id=of(built, "team-talk"), bookmark_id=first)
    built.apply()
    assert channels(built)["team-talk"]["bookmarks"] == []
    built.settled()


def test_a_channel_that_a_member_renamed_keeps_its_name(built: Office) -> None:
    hands(built, "conversations.rename", channel=of(built, "wins"), name="our-wins")
    (followed,) = {change.address.partition(":")[2] for change in built.apply().done}
    assert followed == "start-here"
    built.settled()
    assert set(channels(built)) == {"team-talk", "our-wins"}


def test_who_comes_is_invited_once_and_who_leaves_is_taken_out(built: Office) -> None:
    team(built, "ana", "ben")
    built.apply()
    assert channels(built)["wins"]["members"] == ["ana", "ben", "robot"]
    told = built.mails()
    team(built, "ben")
    built.apply()
    assert channels(built)["wins"]["members"] == ["ben", "robot"]
    assert built.mails() == told
    built.settled()


def test_each_person_is_told_once_of_each_channel_whatever_happens(built: Office) -> None:
    team(built, "ana", "ben")
    built.apply()
    built.company.forget()
    built.apply()
    told = [mail for mail in built.mails() if mail[0] == "slack"]
    assert Counter(to for _, to, _ in told) == {ANA: 2, BEN: 2}
    never_twice(built)


def test_nobody_hears_of_it_while_invitations_are_held(tmp_path: Path) -> None:
    made = office(tmp_path, CHAT)
    made.apply(request=Request(hold_invitations=True))
    assert not [mail for mail in made.mails() if mail[0] == "slack"]
    assert channels(made)["wins"]["members"] == ["robot"]


def test_a_lost_state_is_rebuilt_from_the_marks(built: Office) -> None:
    before = built.picture()
    built.company.forget()
    built.settled()
    assert built.picture() == before


def test_a_channel_of_this_name_that_is_not_ours_is_proposed_for_existing(tmp_path: Path) -> None:
    made = office(tmp_path, CHAT)
    hands(made, "conversations.create", name="team-talk")
    (failure, *_) = [each for each in made.apply().failed if each.address == "channel:team"]
    url = f"https://acme.slack.com/archives/{of(made, 'team-talk')}"
    assert f"'channel:team: {url}' under 'existing:'" in failure.error
    app = next(one.id for one in store(made).users.values() if one.is_app)
    hands(made, "conversations.invite", channel=of(made, "team-talk"), users=app)
    made.change_config(existing={"channel:team": url})
    assert not made.apply().failed
    assert channels(made)["team-talk"]["by"] == "ana"
    assert set(channels(made)) == {"team-talk", "wins"}
    made.settled()


def test_channels_move_from_a_folder_to_slack_with_what_members_wrote(tmp_path: Path) -> None:
    made = office(tmp_path, CHAT)
    config = made.config_data()
    folder = {"local": {"folder": str(tmp_path / "acme")}}
    made.change_config(use={}, integrations={**config["integrations"], **folder})
    made.apply()
    page = tmp_path / "acme" / "Outbox" / "Team talk.txt"
    text = page.read_text("utf-8")
    assert "Purpose: Quick questions between the teams.\n" in text
    assert "- [Wins](Wins.txt)\n" in text
    page.write_text(text.replace("Answers on the same day", "Answers within an hour"), "utf-8")
    assert "for whoever makes the channel" in " ".join(made.plan().instead)
    made.change_config(use={"channels": "slack"})
    assert not made.apply().failed
    talk = channels(made)["team-talk"]
    assert talk["topic"] == "Answers within an hour"
    assert [title for title, _ in talk["bookmarks"]] == ["Wins"]
    assert "This moved. Go on in" in page.read_text("utf-8")
    made.settled()


def test_a_chat_that_shall_send_messages_sends_none_to_a_person(tmp_path: Path) -> None:
    made = office(tmp_path, CHAT)
    made.change_config(use={"channels": "slack", "messages": "slack"})
    recap = made.apply()
    assert not recap.failed
    assert not [change for change in recap.plan.changes if change.kind == "message"]
    made.settled()


def test_what_was_archived_is_archived_and_not_deleted(built: Office) -> None:
    request = Request(archive=frozenset({"channel:wins"}))
    built.apply(request=request)
    assert channels(built)["wins"]["archived"]
    built.settled()


def test_an_archived_channel_of_ours_is_taken_up_again(tmp_path: Path) -> None:
    made = office(tmp_path, CHAT, switches=[BOTS_UNARCHIVE])
    made.apply()
    made.apply(request=Request(archive=frozenset({"channel:wins"})))
    made.apply(request=Request(restore=frozenset({"channel:wins"})))
    assert not channels(made)["wins"]["archived"]
    assert len(channels(made)) == 2


@pytest.mark.parametrize("point", POINTS)
def test_a_run_that_dies_at_a_write_is_finished_by_the_next(tmp_path: Path, point: str) -> None:
    whole = undisturbed(tmp_path / "whole", CHAT)
    for nth in range(1 + POINTS.index(point) % 2, whole.writes + 1, 2):
        dead_and_finished(tmp_path / str(nth), CHAT, Death(nth, point), whole)


def test_the_state_lost_with_the_process_makes_nothing_twice(tmp_path: Path) -> None:
    whole = undisturbed(tmp_path / "whole", CHAT)
    for nth in range(1, whole.writes + 1, 2):
        killed = office(tmp_path / str(nth), CHAT)
        killed.dies(Death(nth, REPLIED))
        killed.company.forget()
        assert not killed.apply().failed
        assert titles(killed.picture()) == titles(whole.picture), f"died at write {nth}"
        never_twice(killed)
        killed.settled()


def test_the_token_is_in_no_byte_that_a_run_writes_says_or_logs(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    made = office(tmp_path, CHAT)
    with caplog.at_level(logging.DEBUG):
        said = repr((made.plan(), made.apply(), made.apply()))
        made.vendors.sandbox.storm({"error": 0.5, "drop after": 0.3}, 1)
        team(made, "ana", "ben")
        said += repr(made.apply())
    token = made.vendors.account("slack")["token"]
    assert any(token in asked.headers["authorization"] for asked in made.asked)
    assert not any(token in f"{asked.path}{asked.query}{asked.body!r}" for asked in made.asked)
    assert token not in said + caplog.text
    holding = [
        p.name
        for p in tmp_path.rglob("*")
        if p.is_file() and token in p.read_text("utf-8", "replace")
    ]
    assert holding == ["accounts.json"]


@pytest.mark.parametrize("seed", range(5))
def test_a_storm_while_it_is_built_leaves_the_same_behind(tmp_path: Path, seed: int) -> None:
    whole = undisturbed(tmp_path / "whole", CHAT)
    made = office(tmp_path / "stormy", CHAT)
    rates = {"drop after": 0.1, "drop before": 0.1, "rate limit": 0.1, "error": 0.1, "cut": 0.1}
    made.vendors.sandbox.storm(rates, seed, vendor="slack")
    for _ in range(3):
        made.apply()
        made.vendors.clock.move(600)
    made.vendors.sandbox.calm()
    made.apply()
    whole.equals(made, f"storm {seed}")
    made.settled()


@pytest.mark.parametrize("switch", sorted(SWITCHES))
def test_every_unsure_behaviour_may_be_the_other_way_round(tmp_path: Path, switch: str) -> None:
    made = office(tmp_path, CHAT, switches=[switch])
    team(made, "ana", "ben")
    assert not made.apply().failed
    made.settled()
    made.playbook("Answers on the same day", "Answers & questions <soon>")
    assert not made.apply().failed
    made.settled()
