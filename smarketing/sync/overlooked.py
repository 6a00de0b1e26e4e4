"""What members altered in minutes after their meeting ended: nothing reads it, so it is told. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from smarketing.address import container_of
from smarketing.kinds import Value
from smarketing.record import Seen
from smarketing.sync.action import Action, leads_to
from smarketing.sync.block import Block, Place
from smarketing.sync.days import in_words
from smarketing.sync.lines import Line, fields_of
from smarketing.sync.page import Page
from smarketing.whensaid import say_date
from smarketing.wording import called, joined, shortened


@dataclass(frozen=True, slots=True)
class Overlooked:
    """A line of closed minutes that says otherwise than its card: its address, its words with its
    tick, and a sentence that says where a change counts."""

    address: str
    words: str
    sentence: str


def overlooked_in(
    pages: Mapping[str, Page],
    actions: Mapping[str, Action],
    block: Block,
    titles: Mapping[str, str],
) -> tuple[Overlooked, ...]:
    """Return what these pages' minutes say and nothing reads; `titles` are by address."""
    return tuple(
        Overlooked(address, line.whole, _sentence(page, action, says, titles))
        for page in pages.values()
        if page.is_over
        for action in actions.values()
        if action.is_open(page.document) and (address := action.at[page.document])
        if (line := page.lines.get(address)) and (says := [*_says(line, action, page, block)])
    )


def _says(line: Line, action: Action, page: Page, block: Block) -> Iterator[str]:
    """Yield what somebody let a line say since, and its card says otherwise."""
    before = page.left.get(action.at[page.document])
    if before is None or before == line.whole:
        return
    if line.words.is_struck:
        yield "is crossed out"
        return
    place, then = block.places[page.document], fields_of(before, page.knowing)
    for name, value in line.fields.items():
        if name in place.fields and value != then[name]:
            means = place.as_hub(name, value, Seen(then[name], None), action.unticked)
            if means != action.hub.get(name):
                yield _in_words(name, means, place, page.knowing.said_on)


def _in_words(name: str, means: Value, place: Place, said_on: date) -> str:
    if name == "status":
        return f"is “{place.spoken.vocabulary.word_of(str(means))}”" if means else "has no status"
    if name == "owner":
        return f"is {means}’s" if means else "has no owner"
    if name == "due":
        day = in_words(date.fromisoformat(str(means)), said_on) if means else ""
        return f"is due {day}" if day else "has no day"
    return f"is called “{shortened(str(means or ''))}”"


def _sentence(page: Page, action: Action, says: list[str], titles: Mapping[str, str]) -> str:
    minutes = f"the minutes of {say_date(page.knowing.said_on)}"
    card = leads_to(action)
    board = container_of(card)
    where = f"on “{called(board, titles.get(board, ''))}”" if card else "in the next agenda"
    return (
        f"“{shortened(action.title)}” {joined(says)} in {minutes}, and nowhere else: minutes are "
        f"closed when their meeting ends. Change it {where}, where it counts."
    )
