"""What a merge of a playbook would do, and did, as people and programs read it."""

from collections.abc import Iterator
from difflib import unified_diff
from typing import Any

from smarketing.edition.editions import news_text
from smarketing.edition.merging import PLAYBOOK, MergedPlaybook
from smarketing.playbook.shipped import shipped_editions
from smarketing.text.wording import one_line, plural, shortened
from smarketing.yamlfiles.merging import Open, Taken, shown

_MARKS = {"new": "+", "changed": "~", "taken out": "-", "renamed": "="}
_OWN = (("edition",), ("news",))
"""What every edition changes: nobody has to read of it."""

_MOST = 60


def merge_text(merged: MergedPlaybook, folder: str, verbose: bool = False) -> str:
    """Return what a merge changes in a copy, and where the person's words stand."""
    name, number = merged.playbook, merged.edition
    first = f"Edition {number} of the playbook {name} into {folder}, a copy of edition "
    parts = [f"{first}{merged.before_edition}."]
    if editions := shipped_editions(name):
        parts.append(news_text(editions, merged.before_edition, number))
    parts.append("\n".join(["What changes:", *_files(merged)]))
    if verbose:
        parts.append("\n".join(_differences(merged)))
    elif merged.files:
        parts.append("For every line that changes: -v")
    parts.append(_stands(merged, folder))
    return "\n\n".join(part for part in parts if part)


def _files(merged: MergedPlaybook) -> Iterator[str]:
    for file, content in merged.files.items():
        was = merged.before.get(file)
        if was is None:
            yield f"  {file}: new"
        elif content is None:
            yield f"  {file}: taken out"
        elif file == PLAYBOOK:
            yield f"  {file}:"
            lines = [f"    {_taken(each)}" for each in merged.taken if each.path not in _OWN]
            yield from lines or ["    only the number of the edition"]
        else:
            lines = [line for line in _lines(file, was, content) if line[:3] not in ("+++", "---")]
            new, old = (sum(line.startswith(mark) for line in lines) for mark in "+-")
            yield f"  {file}: {plural(new, 'line', 'lines')} new, {old} taken out"


def _taken(taken: Taken) -> str:
    where = " › ".join(taken.path)
    if taken.verb == "renamed":
        return f"{_MARKS['renamed']} {where}: was {taken.old}"
    if taken.verb == "changed" and not isinstance(taken.new, dict | list):
        old, new = (shortened(one_line(shown(one)), _MOST) for one in (taken.old, taken.new))
        if old != new:
            return f"{_MARKS['changed']} {where}: “{old}” becomes “{new}”"
    return f"{_MARKS[taken.verb]} {where}"


def _differences(merged: MergedPlaybook) -> Iterator[str]:
    for file, content in merged.files.items():
        yield from _lines(file, merged.before.get(file), content)


def _lines(file: str, was: bytes | None, content: bytes | None) -> list[str]:
    before, after = ((raw or b"").decode("utf-8", "replace").splitlines() for raw in (was, content))
    return list(unified_diff(before, after, file, file, lineterm="", n=2))


def _stands(merged: MergedPlaybook, folder: str) -> str:
    if not merged.open:
        return ""
    places = plural(len(merged.open), "place", "places")
    lines = [f"In {places} what you have stays, and the edition has something else:"]
    for file, each in merged.open:
        where = f" {each.where}:" if each.where else ""
        lines.append(f"  {folder}/{file}:{each.line}:{where} {each.why}")
        for words, side in ((each.yours, "yours"), (each.theirs, f"edition {merged.edition}")):
            if words:
                head, *rest = words.splitlines()
                lines.append(f"    {side + ':':<12} {head}")
                lines += [f"    {'':<12} {line}".rstrip() for line in rest]
    return "\n".join(lines)


def merge_json(merged: MergedPlaybook, written: bool) -> dict[str, Any]:
    """Return a merge as data."""
    return {
        "playbook": merged.playbook,
        "from": merged.before_edition,
        "edition": merged.edition,
        "written": written,
        "files": {
            file: "new" if was is None else "taken out" if merged.files[file] is None else "changed"
            for file, was in merged.before.items()
        },
        "taken": [
            {"verb": each.verb, "path": list(each.path), "old": each.old, "new": each.new}
            for each in merged.taken
        ],
        "open": [_open_json(file, each) for file, each in merged.open],
    }


def _open_json(file: str, each: Open) -> dict[str, Any]:
    return {
        "file": file,
        "line": each.line,
        "where": each.where,
        "why": each.why,
        "yours": each.yours,
        "edition": each.theirs,
    }
