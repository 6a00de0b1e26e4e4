"""The smallest workspace with one of everything, to be built, broken and built again."""

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

TRELLO, BOTH = ("trello",), ("trello", "google")
CHAT = ("slack",)

SECTIONS = ("folders", "documents", "tables", "meetings")
"""What Google holds."""

MOST_WRITES = 25

PLAYBOOK: Mapping[str, Any] = {
    "playbook": "miniature",
    "title": "Miniature",
    "roles": {"sales": "required"},
    "folders": {"home": {"title": "Home", "share": {"sales": "edit"}}},
    "boards": {
        "work": {
            "title": "Work",
            "share": {"sales": "edit"},
            "lists": {"week": "This week", "done": "Done"},
            "labels": {"hot": {"title": "Hot", "color": "red"}, "cold": "Cold"},
            "cards": {
                "agree": {
                    "title": "Agree what a lead is",
                    "list": "week",
                    "labels": ["hot"],
                    "text": "One sentence that both would defend. It takes a quarter of an hour.",
                    "due": "day 7",
                    "checklist": ["Write it", "Try it on ten leads"],
                },
                "call": {"title": "Call who waits", "list": "done", "labels": ["cold"]},
            },
        }
    },
    "documents": {
        "glossary": {"title": "Glossary", "in": "home", "text": "documents/glossary.md"},
        "rule": {"title": "Hand-off rule", "in": "home", "text": "documents/rule.md"},
    },
    "tables": {
        "tracker": {
            "title": "Tracker",
            "in": "home",
            "columns": {"what": "What", "now": "Now", "goal": "Goal"},
            "rows": {
                "first": {"what": "Leads", "now": "Not measured yet", "goal": "Ten"},
                "second": {"what": "Calls", "now": "Not measured yet", "goal": "Twenty"},
                "third": {"what": "Orders", "now": "Not measured yet", "goal": "Two"},
            },
        }
    },
    "meetings": {
        "weekly": {
            "title": "Weekly",
            "when": "every Monday at 10:00 for 45 minutes",
            "invite": ["sales"],
        }
    },
    "channels": {
        "team": {
            "title": "Team talk",
            "purpose": "Quick questions between the teams.",
            "topic": "Answers on the same day",
            "invite": ["sales"],
            "bookmarks": ["document:glossary", "channel:wins"],
        },
        "wins": {"title": "Wins", "invite": ["sales"]},
    },
}

GLOSSARY = """\
# Glossary

A *lead* is a person who may buy. The [hand-off rule](link:document:rule) says who calls.

- one word
- another word
"""
RULE = """\
# Hand-off rule

Whoever hands a lead over says why. The words are in the [glossary](link:document:glossary).

The work is on the [board](link:board:work). Answer within a day.
"""

CONFIG: Mapping[str, Any] = {
    "id": "k3v9-7q2m-x4dt",
    "workspace": "Acme",
    "playbook": "./playbook",
    "start": "2026-12-07",
    "timezone": "Europe/London",
    "domains": ["acme.example"],
    "people": {"ana": "Ana Silva <ana@acme.example>"},
    "teams": {
        "north": {"title": "Sales North", "plays": "sales", "lead": "ana", "members": ["ana"]}
    },
}


def use(vendors: Collection[str]) -> dict[str, str]:
    """Return which vendor holds which section."""
    google = dict.fromkeys(SECTIONS[1:], "google") if "google" in vendors else {}
    others = {"boards": "trello", "channels": "slack"}
    return google | {section: name for section, name in others.items() if name in vendors}


def write(
    folder: Path, vendors: Collection[str], integrations: Mapping[str, Mapping[str, str]]
) -> Path:
    """Write playbook and config, without what none of these vendors holds; return the config."""
    absent = set(SECTIONS if "google" not in vendors else ())
    absent |= {name for name in ("boards", "channels") if name not in use(vendors)}
    playbook = {name: it for name, it in PLAYBOOK.items() if name not in absent}
    if "channels" in playbook and "documents" not in playbook:
        playbook["channels"] = without_documents(playbook["channels"])
    documents = folder / "playbook" / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    (documents / "glossary.md").write_text(GLOSSARY, encoding="utf-8")
    rule = RULE if "boards" in playbook else RULE.replace("[board](link:board:work)", "board")
    (documents / "rule.md").write_text(rule, encoding="utf-8")
    write_yaml(folder / "playbook" / "playbook.yaml", playbook)
    config = folder / "config.yaml"
    write_yaml(config, {**CONFIG, "use": use(vendors), "integrations": integrations})
    return config


def without_documents(channels: Mapping[str, Any]) -> dict[str, Any]:
    """Return the channels with bookmarks of channels alone."""
    text = json.dumps(channels).replace('"document:glossary", ', "")
    found: dict[str, Any] = json.loads(text)
    return found


def write_yaml(path: Path, data: Mapping[str, Any]) -> None:
    """Write data as YAML, of which JSON is a part."""
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
