"""The history as people read it, on lines of at most 80 columns, and as JSON."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

from smarketing.kinds import Value, as_plain
from smarketing.state.history import KEPT, Run, Write
from smarketing.text.wording import called, joined, one_line, shortened

_DONE = {
    "create": "new",
    "update": "brought up to date",
    "move": "moved",
    "rename": "renamed",
    "archive": "archived",
    "grant": "let in",
    "revoke": "no longer let in",
}
_MARKS = {"create": "+", "move": ">", "rename": "=", "archive": "-", "grant": "+", "revoke": "-"}
_NAMES = {"parent": "in", "existence": "is", "access": "may enter"}
_MOST = 80
_BROKEN_OFF = "broken off"


def runs_text(runs: Sequence[Run], looked: float | None, zone: str, most: int = 0) -> str:
    """Return the runs, the newest first; `looked` is when a run last looked."""
    shown = runs[:most] if most else runs
    lines = [line for run in shown for line in _run_lines(run, zone)]
    if more := len(runs) - len(shown):
        lines.append(f"and {more} earlier ones: smarketing history --all")
    if not runs:
        lines = ["No run has written anything yet."]
    if looked is not None:
        lines.append(f"Last looked at on {when(looked, zone)}.")
    return "\n".join(lines)


def run_text(run: Run, writes: Sequence[Write], zone: str, tools: Mapping[str, str]) -> str:
    """Return one run with all that it wrote. `tools` are the names of integrations for people."""
    head = [*_run_lines(run, zone), *_cut("", f"playbook {run.playbook}", 4)]
    for place, account in sorted(run.accounts.items()):
        if account:
            head += _cut("", f"{_tool(place, tools)}: {account}", 4)
    some = any(write.is_kept for write in writes)
    if writes and not some:
        head.append(f"    The values are kept for the last {KEPT} runs only,")
        head.append("    and not where they named somebody who was forgotten.")
    titles = {write.address: write.title for write in writes if write.title}
    blocks = [
        _write_lines(write, zone, tools, titles)
        + (
            ["    its values named somebody who was forgotten"]
            if some and not write.is_kept
            else []
        )
        for write in writes
    ]
    return "\n\n".join("\n".join(block) for block in [head, *blocks])


def words_for(run: Run, zone: str) -> str:
    """Return the sentence that says which run is taken back."""
    command = one_line(run.command) or "a run"
    return (
        f"This takes back run {run.number}, `{command}` of {when(run.start, zone)}, by {run.who}."
    )


def when(at: float, zone: str) -> str:
    """Return a moment as `14 Dec 2026, 09:00`."""
    return datetime.fromtimestamp(at, ZoneInfo(zone)).strftime("%d %b %Y, %H:%M")


def runs_json(runs: Iterable[Run], looked: float | None) -> dict[str, Any]:
    """Return the runs as JSON holds them; times are in seconds since 1970."""
    return {"runs": [run_json(run) for run in runs], "looked": looked}


def run_json(run: Run, writes: Sequence[Write] | None = None) -> dict[str, Any]:
    """Return one run as JSON holds it, with what it wrote if that is given."""
    told: dict[str, Any] = {
        "run": run.number,
        "command": run.command,
        "who": run.who,
        "accounts": dict(run.accounts),
        "playbook": run.playbook,
        "start": run.start,
        "end": run.end,
        "outcome": run.outcome or _BROKEN_OFF,
        "counts": dict(run.counts),
        "undoes": run.undoes or None,
    }
    return told if writes is None else {**told, "writes": [_write_json(run, w) for w in writes]}


def _write_json(run: Run, write: Write) -> dict[str, Any]:
    return {
        "at": write.at,
        "verb": write.verb,
        "address": write.address,
        "title": write.title,
        "integration": write.place,
        "account": run.accounts.get(write.place, ""),
        "id": write.id,
        "asked_for_at": write.source,
        "was": write.was,
        "before": as_plain(write.before) if write.is_kept else None,
        "after": as_plain(write.after) if write.is_kept else None,
    }


def _run_lines(run: Run, zone: str) -> list[str]:
    counts = [f"{count} {_DONE.get(verb, verb)}" for verb, count in run.counts.items()]
    undoes = f" takes back run {run.undoes}:" if run.undoes else ""
    end = run.outcome or _BROKEN_OFF
    return [
        *_cut(f"{run.number:>4}  ", f"{when(run.start, zone)} · {run.who} · {run.command}", 6),
        *_cut("     ", f"{undoes} {joined(counts)}; {end}", 6),
    ]


def _write_lines(
    write: Write, zone: str, tools: Mapping[str, str], titles: Mapping[str, str]
) -> list[str]:
    name = called(write.address.partition("~")[0], write.title)
    verb = _DONE.get(write.verb, write.verb)
    at = datetime.fromtimestamp(write.at, ZoneInfo(zone)).strftime("%H:%M:%S")
    lines = [f"  {_MARKS.get(write.verb, '~')} “{shortened(name, 50)}” {verb}"]
    lines += _cut("    ", f"{write.address}, {at} in {_tool(write.place, tools)}", 6)
    lines += _cut("    ", write.source, 6) if write.source else []
    lines += [f"    was {shortened(write.was, _MOST - 8)}"] if write.was else []
    if write.verb == "create":
        return lines
    if write.verb == "update" and write.is_kept and not write.changed:
        lines.append("    its links, our notes in it, or what is made from the rest")
    return lines + [_value_line(write, field, titles) for field in write.changed]


def _value_line(write: Write, field: str, titles: Mapping[str, str]) -> str:
    before, after = write.before.get(field), write.after.get(field)
    one, other = (_words(field, value, titles) for value in (before, after))
    label = f"    {_NAMES.get(field, field)}: "
    most = (_MOST - len(label) - len(" → ")) // 2 - len("“… ”")
    return f"{label}{_quoted(one, other, most)} → {_quoted(other, one, most)}"


def _words(field: str, value: Value, titles: Mapping[str, str]) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    if isinstance(value, Mapping):
        return ", ".join(f"{who}: {said}" for who, said in value.items())
    if field == "parent" and isinstance(value, str) and ":" in value:
        return called(value, titles.get(value, ""))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _quoted(text: str, other: str, most: int) -> str:
    """Return the text from shortly before the first word that the other one has not."""
    words = one_line(text).split()
    if not words:
        return "nothing"
    pairs = zip(words, one_line(other).split(), strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    start = min(same, len(words) - 1) - 1 if same > 2 else 0
    shown = " ".join(words[start:])
    return f"“{'… ' if start > 0 else ''}{shortened(shown, most)}”"


def _tool(place: str, tools: Mapping[str, str]) -> str:
    return one_line(tools.get(place) or place)


def _cut(first: str, text: str, indent: int) -> list[str]:
    """Return the text on lines of at most 80 columns; nothing in it is lost."""
    from textwrap import wrap

    plain = one_line(text)
    if not first:
        first = " " * indent
    found = wrap(
        plain, _MOST, initial_indent=first, subsequent_indent=" " * indent, break_on_hyphens=False
    )
    return found or [first.rstrip()]
