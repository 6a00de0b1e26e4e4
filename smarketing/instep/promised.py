"""Where the promises of running notes become cards, as sentences for people. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from smarketing.address import kind_of
from smarketing.resolve.desired import Desired
from smarketing.sync.block import Block
from smarketing.text.wording import called, joined


def promised_of(desired: Desired) -> tuple[str, ...]:
    """Return what becomes of promises in all running notes, by their titles in the playbook."""
    titles = {a: str(item.fields.get("title") or "") for a, item in desired.items.items()}
    notes = [f.document for f in desired.agendas.values() if f.document in desired.items]
    return tuple(promised_lines(desired.sync, notes, titles))


def promised_in(desired: Desired, address: str) -> str:
    """Return what becomes of promises in one document, "" where it holds no running notes."""
    lines = [f for f in desired.agendas.values() if f.document == address]
    titles = {a: str(item.fields.get("title") or "") for a, item in desired.items.items()}
    return what_becomes(address, desired.sync, titles) if lines else ""


def promised_lines(
    blocks: Iterable[Block], notes: Iterable[str], titles: Mapping[str, str]
) -> Iterator[str]:
    """Yield what becomes of promises in these running notes; `titles` are by address."""
    found: dict[str, list[str]] = {}
    for each in dict.fromkeys(notes):
        found.setdefault(what_becomes(each, blocks, titles), []).append(each)
    for becomes, here in found.items():
        yield f"A promise in {_named(here, titles)} {becomes}."


def what_becomes(document: str, blocks: Iterable[Block], titles: Mapping[str, str]) -> str:
    """Return what becomes of a promise in running notes, as the end of a sentence."""
    block = next((each for each in blocks if document in each.places), None)
    if block is None:
        return "stays there, because no `sync` of the playbook has a board here"
    to = block.by_rank(block.new.get(document, ()))
    boards = [place for place in to if kind_of(place) == "board"]
    if boards:
        return f"becomes a card on {_named(boards, titles)}"
    return "becomes no card, by what `sync` says of `new`"


def _named(addresses: Collection[str], titles: Mapping[str, str]) -> str:
    return joined([f"“{called(each, titles.get(each, ''))}”" for each in addresses])
