"""Texts as an earlier run made them, so that a run in which nothing changed need not load what
makes them again: the template library, the start pages.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

FORMAT = 1
"""Raised whenever the same text and values are filled in differently."""

MOST_BYTES = 4_000_000


class Filled:
    """What texts became, by a digest of the text and of every value it could see."""

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._known = dict(known or {})
        self._used: dict[str, str] = {}

    def get(self, source: str, values: Mapping[str, object]) -> str | None:
        """Return what the text became with these values, None if that is not known."""
        return self.kept(_key(source, values))

    def put(self, source: str, values: Mapping[str, object], text: str) -> None:
        """Keep what the text became."""
        self.keep(_key(source, values), text)

    def kept(self, key: str) -> str | None:
        """Return the text that was kept under a key, None if there is none."""
        if key not in self._known:
            return None
        self._used[key] = self._known[key]
        return self._used[key]

    def keep(self, key: str, text: str) -> None:
        """Keep a text under a key that tells everything it was made from."""
        self._used[key] = text

    @property
    def texts(self) -> Sequence[str]:
        """What texts became, as an earlier run kept them."""
        return tuple(self._known.values())

    @classmethod
    def load(cls, path: Path) -> "Filled":
        """Return what an earlier run kept; nothing, if the file is not as we wrote it."""
        try:
            if path.stat().st_size > MOST_BYTES:
                return cls()
            kept = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return cls()
        if not isinstance(kept, dict):
            return cls()
        return cls({k: v for k, v in kept.items() if isinstance(v, str)})

    def save(self, path: Path) -> None:
        """Keep what this run used for the next one; nothing is written if that is the same."""
        if self._used == self._known:
            return
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as opened:
            json.dump(self._used, opened)
        os.replace(name, path)


def _key(source: str, values: Mapping[str, object]) -> str:
    told = json.dumps([FORMAT, source, _told(values)], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _told(value: object) -> object:
    """Return the value with the names of its types: an unknown name is not the same text."""
    name = type(value).__name__
    if isinstance(value, Mapping):
        return [name, {str(key): _told(one) for key, one in value.items()}]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [name, [_told(one) for one in value]]
    return [name, str(value)]
