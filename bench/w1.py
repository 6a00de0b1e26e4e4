"""W1, the workspace whose calls are counted, as a playbook and a config; W100 is a hundred of them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

LISTS, LABELS, CARDS, CHECKS = 6, 12, 40, 5
MEMBERS, FOLDERS, DOCUMENTS, SERIES = 12, 8, 10, 3
ROWS, COLUMNS = 60, 8
GROUP = "everybody@acme.example"

_PARAGRAPHS = 12
_SENTENCES = (
    "Sales and marketing agree on what a good lead is before they argue about how many there are.",
    "Whoever hands a lead over says in one line why now is the time to call.",
    "Whoever takes it over answers within a day, and says what was wrong when it was refused.",
    "Numbers are read together on Monday, so that nobody hears them from somebody else.",
    "What we do not know yet is written down as a question with a name beside it.",
)


def write(
    folder: Path,
    *,
    number: int = 1,
    use: Mapping[str, str] | None = None,
    integrations: Mapping[str, Mapping[str, str]] | None = None,
    template: bool = False,
) -> Path:
    """Write playbook and config of one such workspace; return the config's path."""
    playbook = folder / "playbook"
    (playbook / "documents").mkdir(parents=True, exist_ok=True)
    (playbook / "playbook.yaml").write_text(_playbook(), encoding="utf-8")
    for each in range(1, DOCUMENTS + 1):
        text = _two_pages(each)
        (playbook / "documents" / f"d{each}.md").write_text(text, encoding="utf-8")
    config = folder / f"config-{number}.yaml"
    config.write_text(_config(number, use or {}, integrations or {}, template), encoding="utf-8")
    return config


def _config(
    number: int,
    use: Mapping[str, str],
    integrations: Mapping[str, Mapping[str, str]],
    template: bool,
) -> str:
    people = {f"p{n}": f"Person {_letter(n)} <p{n}@acme.example>" for n in range(1, MEMBERS + 1)}
    team = {
        "title": "Everybody",
        "plays": ["sales", "marketing"],
        "lead": "p1",
        "members": list(people),
        "group": GROUP,
    }
    return _yaml(
        {
            "id": f"w{number:03d}-0000-0000".replace("0", "b").replace("1", "c"),
            "workspace": f"Acme {number}",
            "playbook": "./playbook",
            "start": "2026-12-07",
            "timezone": "Europe/London",
            "domains": ["acme.example"],
            "people": people,
            "teams": {"everybody": team},
            "use": dict(use),
            "integrations": {name: dict(given) for name, given in integrations.items()},
            "template": template,
        }
    )


def _playbook() -> str:
    folders: dict[str, dict[str, object]] = {
        f"f{n}": {"title": f"Folder {n}", "in": "f1"} for n in range(2, FOLDERS)
    }
    folders["f1"] = {"title": "Folder 1", "share": {"sales": "edit"}}
    cards = {
        f"c{n}": {
            "title": f"Card number {n}",
            "list": f"l{n % LISTS + 1}",
            "labels": [f"t{n % LABELS + 1}"],
            "checklist": [f"Step {_letter(check)} of card {n}" for check in range(1, CHECKS + 1)],
        }
        for n in range(1, CARDS + 1)
    }
    board = {
        "title": "Work",
        "share": {"sales": "edit"},
        "lists": {f"l{n}": f"List {n}" for n in range(1, LISTS + 1)},
        "labels": {f"t{n}": f"Label {n}" for n in range(1, LABELS + 1)},
        "cards": cards,
    }
    columns = {f"k{n}": f"Column {n}" for n in range(1, COLUMNS + 1)}
    rows = {
        f"r{n}": {column: f"Row {n}, {title}" for column, title in columns.items()}
        for n in range(1, ROWS + 1)
    }
    days = ("Monday", "Tuesday", "Wednesday")
    return _yaml(
        {
            "playbook": "w1",
            "title": "W1",
            "roles": {"sales": "required", "marketing": "required"},
            "folders": folders,
            "boards": {"work": board},
            "documents": {
                f"d{n}": {
                    "title": f"Document {n}",
                    "in": f"f{n % (FOLDERS - 1) + 1}",
                    "text": f"documents/d{n}.md",
                }
                for n in range(1, DOCUMENTS + 1)
            },
            "tables": {"sheet": {"title": "Sheet", "in": "f1", "columns": columns, "rows": rows}},
            "meetings": {
                f"m{n}": {
                    "title": f"Meeting {n}",
                    "when": f"every {days[n % 3]} at 10:00 for 45 minutes",
                    "invite": ["sales"],
                }
                for n in range(1, SERIES + 1)
            },
        }
    )


def _two_pages(number: int) -> str:
    parts = [f"# Document {number}\n"]
    for paragraph in range(_PARAGRAPHS):
        if paragraph % 4 == 0:
            parts.append(f"## Part {paragraph // 4 + 1}\n")
        chosen = [_SENTENCES[(paragraph + n) % len(_SENTENCES)] for n in range(3)]
        parts.append(" ".join(chosen) + f" This is paragraph {paragraph + 1}.\n")
        if paragraph % 3 == 2:
            parts.append("- one thing\n- *another* thing\n- a **third** thing\n")
    parts.append("| What | Who |\n| --- | --- |\n| Agree | Ana |\n| Try | Ben |\n")
    return "\n".join(parts)


def _letter(number: int) -> str:
    return chr(ord("A") + number - 1)


def _yaml(data: Mapping[str, object] | Sequence[object]) -> str:
    # JSON is YAML.
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"
