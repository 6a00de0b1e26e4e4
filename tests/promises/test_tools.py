"""A tool that can't hold what `use:` gives it is refused before anything is looked at."""

import pytest

from .desk import Desk


@pytest.mark.parametrize("command", [("validate",), ("plan",), ("apply", "--yes"), ("status",)])
def test_a_section_in_a_tool_that_holds_nothing_of_the_kind(acme: Desk, command: str) -> None:
    acme.write("config.yaml", acme.read("config.yaml") + "use: {boards: google}\n")
    before = acme.files()
    told = acme.run(*command, code=1)
    line = acme.read("config.yaml").count("\n")
    assert f"config.yaml:{line}:" in told.said
    assert "Google Drive holds no boards." in told.said
    assert acme.files() == before


def test_a_folder_that_cannot_be_made_is_said_so_and_where_to_change_it(acme: Desk) -> None:
    acme.write("taken", "a file")
    acme.edit("config.yaml", "folder: ./acme", "folder: ./taken/acme")
    acme.edit("config.yaml", "id: k3v9", "id: k3v8")
    for command in (("plan",), ("apply", "--yes")):
        told = acme.run(*command, code=1)
        assert "taken/acme can't be made" in told.said
        assert "integrations.local.folder" in told.said
        assert "Our own notes" not in told.said


DIGEST = """\
digest:
  week:
    title: The week
    when: every Monday at 8:30
    to: [sales, channel:leads-today]
"""


def test_a_chat_for_messages_says_what_it_sends_to_nobody(acme: Desk) -> None:
    acme.write("config.yaml", acme.read("config.yaml") + "use: {messages: slack}\n")
    acme.edit("config.yaml", "parts: [essentials]", "parts: [essentials, channels, teams]")
    acme.playbook("\nmeetings:\n", f"\n{DIGEST}\nmeetings:\n")
    said = (
        "Slack takes messages in channels alone, so nobody gets one of their own: no welcome, no "
        "word to the guest of a meeting and no digest; the digest for leads-today goes there all "
        "the same. For these name a tool that mails under `use:`, or write `messages: local`"
    )
    assert said in acme.run("validate").out
    (told,) = [each for each in acme.plan()["instead"] if "nobody gets" in each]
    assert told.startswith(said)
    acme.edit("config.yaml", "messages: slack", "messages: local")
    assert "nobody gets" not in acme.run("validate").out + str(acme.plan()["instead"])
