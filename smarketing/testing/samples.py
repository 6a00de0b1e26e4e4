"""The items and values that the conformance suite tries on every tool."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from smarketing.kinds import KINDS, Merge, Value


@dataclass(frozen=True, slots=True)
class Sample:
    """One item to build, in the hub's terms."""

    address: str
    parent: str
    fields: Mapping[str, Value]


ROOT = "root:"
OCCURRENCE = "meeting:weekly/occurrence:2026-12-14"
SAMPLES = (
    Sample(ROOT, "", {"title": "Acme"}),
    Sample("folder:home", ROOT, {"title": "Home"}),
    Sample("folder:shelf", ROOT, {"title": "Shelf"}),
    Sample(
        "document:glossary",
        "folder:home",
        {"title": "Glossary", "body": "# Glossary\n\nA *lead* is a person.\n\n- one\n- two\n"},
    ),
    Sample("document:persona", "folder:home", {"title": "Persona", "body": "Olga runs.\n"}),
    Sample("board:work", "folder:home", {"title": "Work"}),
    Sample("board:work/list:week", "board:work", {"title": "This week"}),
    Sample("board:work/list:done", "board:work", {"title": "Done"}),
    Sample("board:work/label:hot", "board:work", {"title": "Hot", "color": "red"}),
    Sample(
        "board:work/card:agree",
        "board:work/list:week",
        {
            "title": "Agree what a lead is",
            "description": "Ask both teams.\n",
            "owner": "Ana Silva",
            "due": "2026-12-14",
        },
    ),
    Sample("board:work/card:try", "board:work/list:week", {"title": "Try it", "done": False}),
    Sample("board:work/card:agree/check:one", "board:work/card:agree", {"title": "Write it"}),
    Sample("table:tracker", "folder:home", {"title": "Tracker"}),
    Sample("table:tracker/column:title", "table:tracker", {"title": "Title"}),
    Sample("table:tracker/column:status", "table:tracker", {"title": "Status"}),
    Sample(
        "table:tracker/row:first", "table:tracker", {"cells": {"title": "Agree", "status": "open"}}
    ),
    Sample(
        "meeting:weekly",
        ROOT,
        {
            "title": "Weekly",
            "description": "What moved?\n",
            "start": "2026-12-07T10:00",
            "minutes": 45,
            "timezone": "Europe/London",
            "rule": "FREQ=WEEKLY",
        },
    ),
    Sample(
        OCCURRENCE,
        "meeting:weekly",
        {"date": "2026-12-14", "attendees": frozenset({"Ana Silva <ana@acme.example>"})},
    ),
    Sample(
        "channel:team",
        ROOT,
        {
            "title": "team-talk",
            "purpose": "Quick questions between the teams.",
            "topic": "Answers on the same day",
            "bookmarks": "- [Glossary](https://docs.acme.example/glossary)\n",
        },
    ),
)
MESSAGE = Sample(
    "message:hello",
    ROOT,
    {
        "to": "Ana Silva <ana@acme.example>",
        "subject": "Ana, your workspace 🚀",
        "body": "Hello Ana,\n\n- [Glossary](link:document:glossary)\n",
    },
)
MOVES = {
    "board:work/card:agree": "board:work/list:done",
    "document:glossary": "folder:shelf",
    "board:work": "folder:shelf",
    "table:tracker": "folder:shelf",
}
ARCHIVING = (
    "board:work/card:agree/check:one",
    "board:work/card:agree",
    "table:tracker/row:first",
    "document:glossary",
    "meeting:weekly",
    "table:tracker",
    "board:work",
    "channel:team",
)
TEXTS = {
    "emoji": "Ship it 🚀 with Zoë 👩‍👩‍👧",
    "quotes": 'She said "it\'s" and “that’s” `all`',
    "right-to-left": "שלום is peace, مرحبا is hello",
    "line ends": "one\n\ntwo\n",
    "10 kB": "\n\n".join(f"Paragraph {number} says a little more." for number in range(300)),
    "a link": "See [the glossary](link:document:glossary) first.",
    "nothing": "",
}


def values_of(kinds: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str, Value]]:
    """Yield kind, field and value for all that a tool with these kinds can hold."""
    for kind, names in kinds.items():
        for name in sorted(names):
            merge = KINDS[kind].fields[name]
            if merge in (Merge.TEXT, Merge.BLOCKS):
                yield from ((kind, name, text) for text in TEXTS.values())
            elif merge is Merge.SET:
                yield from ((kind, name, value) for value in (frozenset[str](), frozenset("ab")))
            elif merge is Merge.MAP:
                yield from ((kind, name, value) for value in ({}, {"ana": "edit"}))
            elif name == "title":
                yield from ((kind, name, TEXTS[text]) for text in ("emoji", "quotes"))
            elif name == "done":
                yield from ((kind, name, value) for value in (True, False))
