"""What the integration does at Slack: messages, members, names that are taken, and what goes wrong."""

import json
from urllib.parse import urlsplit
from urllib.request import Request

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from smarketing.contract import (
    Busy,
    Change,
    Done,
    Failed,
    Later,
    Lost,
    Outcome,
    Remote,
    Stale,
    Unreachable,
)
from smarketing.integrations.slack.sandbox.switches import BOTS_UNARCHIVE, INVITES_THE_REST
from smarketing.kinds import ARCHIVED, THERE
from smarketing.standin import Answer, Asked, json_answer, query_of
from tests.vendors.desk import creation

from .desk import ANA, BEN, NEWS, ROOT, TEAM, US, Desk, Team, channel, grant, message

ANA_BOX, BEN_BOX = f"{ANA.name} <{ANA.mail}>", f"{BEN.name} <{BEN.mail}>"


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def team(desk: Desk) -> Team:
    """A workspace with one channel."""
    made = Team(desk)
    made.build(*channel())
    return made


def posted(desk: Desk) -> list[dict[str, object]]:
    """Return the messages in the channel as the stand-in holds them."""
    return list(desk.vendor.picture()["channels"][0]["messages"])


def refusing(method: str, answer: Answer) -> object:
    """Return what answers one method itself, for `Desk.before`."""

    def before(asked: Asked) -> Answer | None:
        return answer if asked.path == f"/api/{method}" else None

    return before


# Messages


def test_a_message_is_posted_once_and_edited_afterwards(desk: Desk, team: Team) -> None:
    team.build(message("Week 50: [Glossary](https://docs.acme.example/g) is agreed."))
    desk.calls()
    assert isinstance(team.write(NEWS, body="Week 50, corrected."), Done)
    assert [each["text"] for each in posted(desk)] == ["Week 50, corrected."]
    assert [each for each in desk.calls() if each.startswith("chat.")] == ["chat.update"]
    assert team.now(NEWS).fields["body"] == "Week 50, corrected."


def test_a_message_comes_back_as_it_was_written(team: Team) -> None:
    body = "Two *stars* & <tags>\n\n- [Glossary](https://docs.acme.example/g): new\n@here https://x.example"
    team.build(message(body))
    assert team.now(NEWS).fields["body"] == body


def test_after_a_lost_state_a_message_is_found_by_its_metadata(desk: Desk, team: Team) -> None:
    team.build(message("Hello"))
    for number in range(250):  # members go on talking
        desk.vendor.store.post(desk.channel("team-talk"), desk.vendor.user("ana"), f"{number}")
    again = Team(desk)
    found = {each.marker: each for each in again.read()}
    assert found[NEWS].id == team.ids[NEWS]
    assert found[NEWS].fields["body"] == "Hello"


def test_what_members_write_is_never_read_as_ours(desk: Desk, team: Team) -> None:
    hands = desk.joined(team.ids[TEAM])
    metadata = {
        "event_type": "smarketing",
        "event_payload": {"workspace": team.workspace, "address": NEWS},
    }
    hands.write(
        "chat.postMessage", channel=team.ids[TEAM], text="copied", metadata=json.dumps(metadata)
    )
    assert [each for each in Team(desk).read() if each.kind == "message"] == []


def test_old_messages_are_not_read_again(desk: Desk, team: Team) -> None:
    team.build(message("Old", "message:old"))
    for number in range(210):
        desk.vendor.store.post(desk.channel("team-talk"), desk.vendor.user("ana"), f"{number}")
    team.build(message("New", "message:new"))
    known = {each.id: each.version for each in team.read()}
    desk.calls()
    listing = team.listing(known=known, cursor="channels")
    assert listing.unchanged == {team.ids["message:old"]}
    assert desk.calls().count("conversations.history") == 1


def test_nothing_in_a_members_words_comes_alive(desk: Desk, team: Team) -> None:
    words = "<!channel> <@U00000001> <https://evil.example|Glossary> @here *bold* https://x.example"
    team.build(message(words))
    (held,) = posted(desk)
    assert held["text"] == words.replace("<", "&lt;").replace(">", "&gt;")
    assert held["blocks"] == [
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
            ],
        }
    ]
    asked = next(each for each in desk.asked if each.path == "/api/chat.postMessage")
    for quiet in (b"unfurl_links=false", b"unfurl_media=false", b"link_names=false", b"parse=none"):
        assert quiet in asked.body


def test_a_purpose_calls_nobody(desk: Desk) -> None:
    made = Team(desk)
    made.build(*channel(purpose="Ask <!channel> & <@U00000001>", topic="<!here>"))
    held = desk.channel("team-talk")
    assert "<" not in held.purpose.value + held.topic.value
    assert made.now(TEAM).fields["purpose"] == "Ask <!channel> & <@U00000001>"


def test_a_message_that_is_too_long_is_not_posted(desk: Desk, team: Team) -> None:
    (outcome,) = team.apply(message("word " * 3000))
    assert isinstance(outcome, Failed)
    assert "shorten" in outcome.error
    assert posted(desk) == []


# Members


def test_people_are_invited_by_their_address_in_one_call(desk: Desk, team: Team) -> None:
    desk.calls()
    team.build(*grant(ANA_BOX, BEN_BOX))
    assert desk.inside("team-talk") == {"robot", "ana", "ben"}
    assert desk.calls() == [
        "users.lookupByEmail",
        "users.lookupByEmail",
        "conversations.invite",
    ]
    assert desk.mails() == [
        (ANA.mail, "You were added to #team-talk"),
        (BEN.mail, "You were added to #team-talk"),
    ]


@pytest.mark.parametrize("switches", [(), (INVITES_THE_REST,)])
def test_who_is_in_already_is_not_invited_again(switches: tuple[str, ...]) -> None:
    desk = Desk(switches=frozenset(switches))
    team = Team(desk)
    team.build(*channel())
    desk.joined(team.ids[TEAM])
    team.build(*grant(ANA_BOX, BEN_BOX))
    assert desk.inside("team-talk") == {"robot", "ana", "ben"}
    assert desk.mails() == [(BEN.mail, "You were added to #team-talk")]


def test_who_is_not_in_slack_yet_is_named_and_the_others_are_let_in(desk: Desk, team: Team) -> None:
    outcomes = team.apply(*grant(ANA_BOX, "Zoë New <zoe@acme.example>"))
    assert isinstance(outcomes[0], Done)
    assert isinstance(outcomes[1], Failed)
    assert "invite them to your Slack workspace" in outcomes[1].error
    assert desk.inside("team-talk") == {"robot", "ana"}


def test_who_leaves_is_taken_out_even_if_their_account_is_closed(desk: Desk, team: Team) -> None:
    team.build(*grant(ANA_BOX))
    team.read()
    desk.vendor.user("ana").deleted = True
    team = Team(desk, ids=team.ids)
    now = team.now(TEAM)
    team.build(Change("revoke", TEAM, "channel", {"access": {ANA_BOX: "member"}}, before=now))
    assert desk.inside("team-talk") == {"robot"}


# Names that are taken


def test_a_create_that_was_cut_off_is_gone_on_with(desk: Desk) -> None:
    team = Team(desk)
    desk.before = refusing("bookmarks.add", Answer(502, {}, b"Bad Gateway"))  # type: ignore[assignment]
    assert isinstance(team.apply(*channel())[1], Lost)
    desk.before = None
    assert team.read() == () or {each.kind for each in team.read()} == {"root"}
    team.build(channel()[1])
    assert len(desk.vendor.store.channels) == 1
    assert team.now(TEAM).fields["bookmarks"] == (
        "- [Glossary](https://docs.acme.example/glossary)\n"
    )


def taken(desk: Desk, team: Team) -> Outcome:
    """Try to make the channel by a state that knows nothing."""
    return Team(desk, team.workspace).apply(*channel())[1]


def test_an_archived_channel_with_our_mark_is_taken_out_of_the_archive() -> None:
    desk = Desk(switches=frozenset({BOTS_UNARCHIVE}))
    team = Team(desk)
    team.build(*channel())
    team.build(Change("archive", TEAM, "channel", before=team.now(TEAM)))
    assert isinstance(taken(desk, team), Stale)  # it is looked at before anything is written
    assert not desk.channel("team-talk").archived
    assert team.now(TEAM).existence == THERE


def test_where_slack_lets_no_app_unarchive_a_person_is_told_how(desk: Desk, team: Team) -> None:
    team.build(Change("archive", TEAM, "channel", before=team.now(TEAM)))
    assert team.now(TEAM).existence == ARCHIVED
    outcome = taken(desk, team)
    assert isinstance(outcome, Failed)
    url = f"https://acme.slack.com/archives/{desk.channel('team-talk').id}"
    assert (
        f"somebody of your Slack who is no guest opens {url}, clicks 'Unarchive'" in outcome.error
    )
    assert "/invite @smarketing" in outcome.error


def test_another_workspaces_channel_is_left_alone(desk: Desk, team: Team) -> None:
    before = desk.vendor.picture()
    other = Team(desk, "p8d2-4w6n-b7zc")
    outcome = other.apply(*channel())[1]
    assert isinstance(outcome, Failed)
    assert "'existing:'" in outcome.error
    assert desk.vendor.picture() == before
    assert [each for each in other.read() if each.kind == "channel"] == []


def test_two_workspaces_share_one_slack(desk: Desk, team: Team) -> None:
    other = Team(desk, "p8d2-4w6n-b7zc")
    other.build(*channel("their-talk"))
    for each, name in ((team, "team-talk"), (other, "their-talk")):
        lost = Team(desk, each.workspace).read()
        assert [one.fields["title"] for one in lost if one.kind == "channel"] == [name]


def test_a_mark_that_a_member_copied_makes_no_channel_ours(desk: Desk, team: Team) -> None:
    hands = desk.member()
    made = hands.write("conversations.create", name="copy")["channel"]["id"]
    whole = desk.channel("team-talk").purpose.value
    hands.write("conversations.setPurpose", channel=made, purpose=whole)
    found = {each.id: each.ours for each in Team(desk).read() if each.kind == "channel"}
    assert found == {team.ids[TEAM]: True, made: False}


def test_a_mark_that_a_member_took_away_is_not_put_back(desk: Desk, team: Team) -> None:
    hands = desk.joined(team.ids[TEAM])
    hands.write("conversations.setPurpose", channel=team.ids[TEAM], purpose="Ours now")
    team.write(TEAM, topic="Another day")
    assert desk.channel("team-talk").purpose.value == "Ours now"
    assert team.now(TEAM).marker == ""


# What goes wrong


def test_a_refusal_for_pace_is_waited_for_as_slack_says(desk: Desk, team: Team) -> None:
    answer = json_answer({"ok": False, "error": "ratelimited"}, 429, Retry_After="17")
    desk.before = refusing("conversations.setTopic", answer)  # type: ignore[assignment]
    assert team.write(TEAM, topic="Another") == Later(17.0)
    desk.before = refusing("users.conversations", answer)  # type: ignore[assignment]
    with pytest.raises(Busy) as waiting:
        team.read(cursor="channels")
    assert waiting.value.after == 17.0


def test_the_tiers_refuse_what_comes_too_fast() -> None:
    desk = Desk(limits=True)
    desk.clock.tick = 0.0
    team = Team(desk)
    outcomes = [
        team.apply(creation(f"channel:c{number}", ROOT, title=f"c{number}"))[0]
        for number in range(21)
    ]
    assert all(isinstance(each, Done) for each in outcomes[:20])
    assert outcomes[20] == Later(61.0)


def test_an_unsure_reply_counts_as_lost_and_a_clear_no_as_failed(desk: Desk, team: Team) -> None:
    for error, expected in (("internal_error", Lost), ("restricted_action", Failed)):
        answer = json_answer({"ok": False, "error": error})
        desk.before = refusing("conversations.setTopic", answer)  # type: ignore[assignment]
        assert isinstance(team.write(TEAM, topic="Another"), expected), error


def test_a_token_that_was_revoked_is_told_with_what_to_do(desk: Desk) -> None:
    tool = desk.integration()
    desk.vendor.store.tokens.clear()
    with pytest.raises(Unreachable, match="smarketing login slack"):
        tool.check()


def test_the_token_goes_into_the_header_alone(desk: Desk, team: Team) -> None:
    team.build(message("Hello"), *grant(ANA_BOX))
    team.read()
    for asked in desk.asked:
        assert US.token not in asked.path + str(asked.query) + asked.body.decode()
        assert asked.headers["authorization"] == f"Bearer {US.token}"


# Read back by Slack's own client


def test_slacks_own_client_sees_what_came_out(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    team.build(message("Week 50: [Glossary](https://docs.acme.example/g)"), *grant(ANA_BOX))
    client = served(team.desk, monkeypatch, ANA.token)
    (found,) = client.conversations_list(types="public_channel")["channels"]
    assert (found["name"], found["is_archived"]) == ("team-talk", False)
    assert found["purpose"]["value"] == "Quick questions. [smarketing k3v9-7q2m-x4dt channel:team]"
    (kept,) = client.bookmarks_list(channel_id=found["id"])["bookmarks"]
    assert (kept["title"], kept["link"]) == ("Glossary", "https://docs.acme.example/glossary")
    history = client.conversations_history(channel=found["id"], include_all_metadata=True)
    (post,) = [each for each in history["messages"] if not each.get("subtype")]
    assert post["metadata"]["event_payload"]["address"] == NEWS
    (block,) = post["blocks"]
    assert [each["type"] for each in block["elements"][0]["elements"]] == ["text", "link"]
    with pytest.raises(SlackApiError, match="cant_update_message"):
        client.chat_update(channel=found["id"], ts=post["ts"], text="mine")


def served(desk: Desk, monkeypatch: pytest.MonkeyPatch, token: str) -> WebClient:
    """Return Slack's own client, whose requests the stand-in serves."""

    def perform(self: WebClient, url: str, request: Request) -> dict[str, object]:
        headers = {name.lower(): value for name, value in request.header_items()}
        parts, body = urlsplit(url), request.data
        assert isinstance(body, bytes | None)
        asked = Asked("POST", parts.path, query_of(parts.query), headers, body or b"")
        answer = desk.vendor.answer(asked)
        told = dict(answer.headers)
        return {"status": answer.status, "headers": told, "body": answer.body.decode()}

    monkeypatch.setattr(WebClient, "_perform_urllib_http_request_internal", perform)
    return WebClient(token=token)


def test_the_remotes_of_a_channel_say_where_people_find_it(team: Team) -> None:
    now: Remote = team.now(TEAM)
    assert now.url == f"https://acme.slack.com/archives/{team.ids[TEAM]}"
