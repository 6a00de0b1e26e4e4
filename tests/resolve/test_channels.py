"""Channels as a playbook asks for them."""

from .conftest import World

TEAMS = """\
    people: {ana: Ana Silva <ana@acme.example>}
    teams: {north: {title: North, plays: sales, lead: ana, members: [ana]}}
"""
PLAYBOOK = """\
    roles: {sales: required}
    inputs:
      company: {default: Acme}
      personas: {default: {ops: Olga, cfo: "Fin [CFO]"}}
    documents:
      persona: {for-each: personas, title: "{{ item.title }}", text: Words.}
      later: {title: Later, text: Words.}
    parts: {more: [document:later]}
    channels:
      talk:
        title: "{{ company }} talk"
        purpose: >
          Any question
          at {{ company }}
        topic: Same day
        invite: [sales]
        bookmarks: [document:persona, document:later, channel:wins]
      wins: Wins
"""


def test_a_channel_has_all_that_a_chat_needs(world: World) -> None:
    playbook = PLAYBOOK.replace("wins: Wins", "wins: {title: Wins}")
    items = world.resolve(playbook, TEAMS + "    parts: []\n").items
    assert items["channel:talk"].fields == {
        "title": "Acme talk",
        "purpose": "Any question at Acme",
        "topic": "Same day",
        "access": {"Ana Silva <ana@acme.example>": "edit"},
        "bookmarks": (
            "- [Olga](link:document:persona.ops)\n"
            "- [Fin (CFO)](link:document:persona.cfo)\n"
            "- [Wins](link:channel:wins)\n"
        ),
    }
    assert items["channel:wins"].fields == {"title": "Wins"}
    assert items["channel:wins"].parent == "root:local"


def test_a_channel_may_be_one_title(world: World) -> None:
    assert world.resolve("    channels: {wins: Wins}\n").items["channel:wins"].fields == {
        "title": "Wins"
    }


def test_what_is_wrong_in_a_channel_is_told_with_its_place(world: World) -> None:
    found = world.problems(
        """\
        roles: {sales: required}
        channels:
          talk: {title: Talk, invite: [sails], bookmarks: [document:none]}
        """
    )
    assert len(found) == 2
    assert any("There is no role 'sails'" in each for each in found)
    assert any("There is no item 'document:none'" in each for each in found)


def test_a_purpose_that_no_chat_shows_whole_is_told(world: World) -> None:
    long = "word " * 40
    (found,) = world.problems(f"    channels: {{talk: {{title: Talk, purpose: {long}}}}}\n")
    assert "160 at most" in found
    assert "one short sentence" in found
