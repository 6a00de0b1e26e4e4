"""One checklist item of a card, with the deeper lines below it. Pure."""

import re
from dataclasses import dataclass

from .line import struck

CHECK_LINE = re.compile(
    r"(?P<indent>[ \t]+)- \[(?P<tick>.)\][ \t]+(?P<text>[^\r\n]*)(?P<end>\r?\n?)"
)


@dataclass(slots=True)
class Check:
    """One checklist item with the deeper lines below it."""

    lines: list[str]

    @property
    def text(self) -> str:
        """What the item says, also when it is struck through."""
        text = self._parts()["text"].strip()
        return text if struck(text) is None else str(struck(text))

    @property
    def done(self) -> bool:
        """Whether it is ticked."""
        return self._parts()["tick"] in "xX"

    @property
    def dropped(self) -> bool:
        """Whether it is struck through."""
        return struck(self._parts()["text"].strip()) is not None

    def say(self, text: str | None = None, done: bool | None = None) -> None:
        """Change the text, the tick, or both."""
        parts = self._parts()
        tick = parts["tick"] if done is None or done == self.done else tick_of(done)
        words = parts["text"] if text is None else text
        self.lines[0] = f"{parts['indent']}- [{tick}] {words}{parts['end']}"

    def _parts(self) -> re.Match[str]:
        found = CHECK_LINE.fullmatch(self.lines[0])
        if found is None:
            raise ValueError(f"not a checklist item: {self.lines[0]!r}")
        return found


def tick_of(done: bool) -> str:
    """Return what stands in the box."""
    return "x" if done else " "
