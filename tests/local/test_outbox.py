"""The outbox of a folder: messages to be sent, and channels to be made."""

from pathlib import Path

import pytest

from smarketing.integrations.local.document import Mark
from smarketing.integrations.local.notices import Notice, parse_notice

MARK = Mark("k3v9-7q2m-x4dt", "channel:team")


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("message", {"to": "Ana <a@b.example>", "channel": None, "subject": "Hi", "body": "a\n"}),
        ("message", {"to": None, "channel": "Team.txt", "subject": None, "body": ""}),
        (
            "channel",
            {"title": "Team: talk", "purpose": None, "topic": "x", "bookmarks": "- [a](b)\n"},
        ),
    ],
)
def test_what_is_written_is_read_back(kind: str, fields: dict[str, str | None]) -> None:
    notice = Notice(kind, MARK, fields)
    assert parse_notice(notice.text()) == notice
    assert parse_notice(notice.text().replace("\n", "\r\n")) == notice


def test_another_text_is_none_of_ours(tmp_path: Path) -> None:
    assert parse_notice("To: Ana\nSubject: Hi\n\nHello") is None
    assert parse_notice("") is None


def test_a_page_for_a_channel_reads_well() -> None:
    fields = {
        "title": "leads-today",
        "purpose": "This lead, now",
        "topic": "Two hours",
        "bookmarks": "- [Board](../Work.md)\n",
    }
    assert Notice("channel", MARK, fields).text() == (
        "smarketing: k3v9-7q2m-x4dt channel:team\n"
        "Channel: leads-today\n"
        "Purpose: This lead, now\n"
        "Topic: Two hours\n"
        "\n"
        "- [Board](../Work.md)\n"
    )
