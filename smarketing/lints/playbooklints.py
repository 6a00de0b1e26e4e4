"""All advice on one playbook."""

from collections.abc import Iterator, Mapping

from smarketing.lints.advice import Advice
from smarketing.lints.glossary import Glossary, read_glossary
from smarketing.lints.personas import persona_without_owner
from smarketing.lints.promises import promises_without_clock
from smarketing.lints.said import prose, text_lines, titles
from smarketing.lints.vaguegoals import vague_goals
from smarketing.lints.words import labels_outside_glossary, words_to_avoid, words_used_twice
from smarketing.playbook.playbook import Playbook


def advice_on(playbook: Playbook, values: Mapping[str, str]) -> tuple[Advice, ...]:
    """Return all advice on a playbook, by file and line, without what it says to ignore.

    `values` are the answers to its questions by name: they may hold the time of a promise.
    """
    found = {one: None for one in _all(playbook, values) if one.lint not in playbook.ignore}
    return tuple(sorted(found))


def _all(playbook: Playbook, values: Mapping[str, str]) -> Iterator[Advice]:
    glossary = _glossary(playbook)
    named = tuple(titles(playbook))
    yield from vague_goals(playbook)
    yield from words_used_twice(named, glossary)
    if glossary is not None:
        yield from labels_outside_glossary(named, glossary)
        yield from words_to_avoid(named, prose(playbook), glossary)
    for key, document in playbook.documents.items():
        lines = text_lines(playbook, ("documents", key, "text"), document.text)
        if document.holds == "promises":
            yield from promises_without_clock(lines, tuple(playbook.roles), values)
        elif document.holds == "persona":
            yield from persona_without_owner(document.title, lines)


def _glossary(playbook: Playbook) -> Glossary | None:
    """Return the glossary, of several documents that hold one all together."""
    lines = [
        line
        for key, document in playbook.documents.items()
        if document.holds == "glossary"
        for line in text_lines(playbook, ("documents", key, "text"), document.text)
    ]
    return read_glossary(lines) if lines else None
