"""What tools refuse and what stands instead: each such sentence is told once in a workspace's life."""

import json
from collections.abc import Iterable, Mapping

FACT = "asides"


def not_told(sentences: Iterable[str], facts: Mapping[str, str]) -> list[str]:
    """Return the sentences that no run has told yet."""
    known = _told(facts)
    return [each for each in dict.fromkeys(sentences) if each and each not in known]


def asides_fact(new: Iterable[str], facts: Mapping[str, str]) -> dict[str, str]:
    """Return what the next run is told of what was told, nothing if there is nothing new."""
    new = list(new)
    return {FACT: json.dumps([*_told(facts), *new], ensure_ascii=False)} if new else {}


def _told(facts: Mapping[str, str]) -> list[str]:
    return list(map(str, json.loads(facts.get(FACT) or "[]")))
