"""Write what is wanted into running notes: values into their lines, and lines for what is new. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from smarketing.address import container_of
from smarketing.kinds import Value
from smarketing.meetings.running import Running
from smarketing.minutes.asking import asked
from smarketing.minutes.page import Page
from smarketing.minutes.several import unknown
from smarketing.minutes.words import Knowing, Words
from smarketing.state.action import Action, leads_to
from smarketing.state.record import Record, Seen
from smarketing.sync.agreed import Agreed
from smarketing.sync.block import Block
from smarketing.text.wording import either, joined, shortened

_FEW = 6


def pages_of(
    block: Block,
    actions: Mapping[str, Action],
    records: Mapping[str, Record],
    running: Running | None,
    notes: Collection[str],
) -> dict[str, Page]:
    """Return the sections of these running notes that are places of a block now."""
    if running is None or not notes:
        return {}
    taken = {at for action in actions.values() for at in (action.key, *action.at.values())}
    open_ = {
        at: action
        for action in actions.values()
        if not block.vocabulary.is_ticked(str(action.hub.get("status") or ""))
        for place, at in action.at.items()
        if action.is_open(place)
    }
    return running.pages(notes, records, block.vocabulary, taken, open_)


def unclear_in(pages: Mapping[str, Page], people: Mapping[str, str]) -> tuple[str, ...]:
    """Return a sentence for each new line of which it is not plain whose it is, or when it is due.

    `people` are those who are there, key -> name.
    """
    return tuple(
        said
        for page in pages.values()
        for words in page.fresh()
        if (said := _unclear(words, page.knowing, people))
    )


def _unclear(words: Words, knowing: Knowing, people: Mapping[str, str]) -> str:
    title = shortened(words.title)
    if words.also:
        return f"“{title}” names nobody for certain: write {' or '.join(words.also)}."
    if words.beside:
        more = joined([knowing.short(name) for name in words.beside])
        return (
            f"“{title}” is {knowing.short(words.owner or '')}’s, because a card has one owner: "
            f"write another line for {more} if you need one."
        )
    if not words.owner and (name := unknown(words.title, knowing.who)):
        keys = [f"@{key}" for key in people]
        known = either(keys) if 0 < len(keys) <= _FEW else "a first name, or a key from there"
        return f"“{title}” has no owner: {name} is nobody in config.yaml. Write {known}."
    return asked(words, knowing, people.values())


def noted_down(agreed: Agreed, pages: Mapping[str, Page]) -> dict[str, Page]:
    """Return the pages with what their places agreed on."""
    found: dict[str, Page] = {}
    for document, page in pages.items():
        wanted = {a: f for a, f in agreed.wanted.items() if container_of(a) == document}
        born = [
            (each.address, each.fields, leads_to(agreed.actions[each.key]))
            for each in agreed.births
            if each.place == document
        ]
        found[document] = page.with_values(wanted).with_born(born)
    return found


def as_records(pages: Mapping[str, Page], records: Mapping[str, Record]) -> dict[str, Record]:
    """Return the documents whose words differ from before."""
    return {
        document: replace(record, hub={**record.hub, "body": page.body})
        for document, page in pages.items()
        if (record := records[document]).hub.get("body") != page.body
    }


def views_of(agreed: Agreed, pages: Mapping[str, Page]) -> dict[str, Mapping[str, Value]]:
    """Return what the lines that were just set or made say now."""
    touched = agreed.wanted.keys() | {each.address for each in agreed.births}
    return {
        address: line.fields
        for page in pages.values()
        if not page.is_over
        for address, line in page.lines.items()
        if address in touched
    }


def seen_on(actions: Mapping[str, Action], page: Page, block: Block) -> dict[str, Action]:
    """Return the action items as a page that we just wrote shows them."""
    shown = page.lines
    found: dict[str, Action] = {}
    for key, action in actions.items():
        line = shown.get(action.at.get(page.document, ""))
        if line is not None:
            seen = {
                name: Seen(value, action.hub[name])
                for name, value in line.fields.items()
                if name in block.fields and name in action.hub
            }
            found[key] = replace(action, seen={**action.seen, page.document: seen})
    return found
