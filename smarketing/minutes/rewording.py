"""Write a value into the words of a line, and touch nothing else. Pure.

What could not be read back as just this value, with all else as before, is not written; nor is what would
take a thing of the tool's own, such as a drop-down, out of the line.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date

from smarketing.calendar.days import in_words
from smarketing.kinds import Value
from smarketing.minutes.shown import CHOICE, LINKED, escaped
from smarketing.minutes.words import (
    CARRIED,
    DUE,
    LEADS,
    LEFT_DOT,
    OWNER,
    STATUS,
    TITLE,
    Knowing,
    Span,
    Words,
    read,
)

_DOT = re.compile(r"\s+·\s+$")
_LEAD = re.compile(r"(?:,?\s+|^)?(?:by|due(?:\s+(?:by|on))?)\s+", re.IGNORECASE)


def reworded(text: str, wanted: Mapping[str, Value], knowing: Knowing) -> str:
    """Return the words of a line with these values; `status` is a word, "" for none."""
    for name in (TITLE, OWNER, DUE, STATUS):
        if name in wanted:
            text = _with(text, name, str(wanted[name] or ""), knowing)
    return text


def composed(
    said: Mapping[str, Value], knowing: Knowing, target: str = "", about: Mapping[str, str] = {}
) -> str:
    """Return the words of a new line.

    `target` is the address that its title links to; `about` what stands behind the day ("late")
    and behind a dot ("carried").
    """
    title = escaped(str(said.get(TITLE) or ""))
    text = f"[{title}](link:{target})" if target else title
    if owner := str(said.get(OWNER) or ""):
        text = f"{escaped(knowing.short(owner))}: {text}"
    if due := said.get(DUE):
        late = f", {about['late']}" if about.get("late") else ""
        text += f" · due {in_words(date.fromisoformat(str(due)), knowing.said_on)}{late}"
    if carried := about.get(CARRIED):
        text += f" · {carried}"
    return f"{text} · {escaped(str(word))}" if (word := said.get(STATUS)) else text


def _with(text: str, name: str, value: str, knowing: Knowing) -> str:
    now = read(text, knowing)
    if now.is_struck or _values(now)[name] == value:
        return text
    changed = _FORMS[name](text, now, value, knowing)
    then = read(changed, knowing)
    if _handles(changed) != _handles(text):
        return text
    return changed if _values(then) == {**_values(now), name: value} else text


def _handles(text: str) -> list[str]:
    return [found["handle"] for found in CHOICE.finditer(text)]


def _values(words: Words) -> dict[str, str]:
    return {
        TITLE: words.title,
        OWNER: words.owner or "",
        DUE: words.due or "",
        STATUS: words.status,
        CARRIED: str(words.carried),
        "target": words.target,
    }


def _title(text: str, now: Words, value: str, knowing: Knowing) -> str:
    span = now.spans[TITLE]
    linked = LINKED.fullmatch(span.core.strip())
    words = f"[{escaped(value)}]({linked['to']})" if linked else escaped(value)
    if value and now.beside:  # whose line it is was said by the title that goes
        words = f"{escaped(knowing.short(now.owner or ''))}: {words}"
    return _put(text, span, span.core.replace(span.core.strip(), words, 1) if value else "")


def _owner(text: str, now: Words, value: str, knowing: Knowing) -> str:
    span, title = now.spans.get(OWNER), now.spans[TITLE]
    if span is None and not value:
        return text  # several are named in the title: it is for people to say who is not
    if span is None:
        named = f"{escaped(knowing.short(value))}: "
        return text[: title.start] + named + text[title.start :]
    if not value:
        return _without(text, span)
    was = text[span.start : span.end]
    named = f"@{knowing.key(value)}" if "@" in was else escaped(knowing.short(value))
    around = re.fullmatch(rf"(\s*)@?.*?((?:[:,]|{LEADS})?\s*)", was, re.DOTALL)
    before, after = around.groups() if around else ("", " ")
    return _put(text, span, f"{before}{named}{after}")


def _due(text: str, now: Words, value: str, knowing: Knowing) -> str:
    span = now.spans.get(DUE)
    if span is not None and not value:
        return _without(text, span)
    day = in_words(date.fromisoformat(value), knowing.said_on)
    if span is None:
        ends = [each.end for name, each in now.spans.items() if name in (TITLE, OWNER)]
        shown = now.spans.get(STATUS)
        if shown and not _DOT.search(text[: shown.start]):
            ends.append(shown.end)
        at = max(ends)
        return f"{text[:at].rstrip()} · due {day}{text[at:]}"
    lead = _LEAD.match(text, span.start)
    first = ", by " if text[span.start] == "," else "due "
    return _put(text, span, f"{lead.group() if lead else first}{day}")


def _status(text: str, now: Words, value: str, knowing: Knowing) -> str:
    span = now.spans.get(STATUS)
    if span is None:
        end = LEFT_DOT.sub("", text).rstrip()
        return f"{end} · {escaped(value)}{text[len(text.rstrip()) :]}"
    if chosen := CHOICE.fullmatch(text[span.start : span.end].strip()):
        return _put(text, span, f"![{value}]({chosen['handle']})") if value else text
    return _put(text, span, escaped(value)) if value else _without(text, span)


_FORMS: Mapping[str, Callable[[str, Words, str, Knowing], str]] = {
    TITLE: _title,
    OWNER: _owner,
    DUE: _due,
    STATUS: _status,
}


def _put(text: str, span: Span, words: str) -> str:
    return text[: span.start] + words + text[span.end :]


def _without(text: str, span: Span) -> str:
    """Take a part out, and the dot before it."""
    before = _DOT.sub("", text[: span.start])
    return before + text[span.end :]
