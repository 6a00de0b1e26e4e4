"""Several boards that are known, each whole, in one batch of reads.

A part of the batch that brings no board is asked for by itself: only then Trello says in full why.
"""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote, urlencode

from smarketing.web import Refused

from ..account import LONGEST_QUERY, Account, text_of
from ..remotes import Json

MOST = 10
"""Reads that Trello takes in one batch."""

_NOT_TOGETHER = frozenset({400, 404, 405, 413, 414, 449})
"""What Trello may say of a batch that it would not say of each read."""


def read_together(
    account: Account, identities: Sequence[str], query: Mapping[str, object]
) -> Iterator[tuple[str, Json]]:
    """Yield those of these boards that came; what did not has to be asked for by itself."""
    routes = {each: _route(f"/boards/{each}", query) for each in identities}
    for some in _batches(routes):
        if len(some) > 1:
            answers = _answers(account, ",".join(routes[each] for each in some))
            for identity, answer in zip(some, answers, strict=False):
                board = answer.get("200") if isinstance(answer, dict) else None
                if isinstance(board, dict) and board.get("id") == identity:
                    yield identity, board


def _answers(account: Account, urls: str) -> Sequence[Json]:
    try:
        answers = account.get("batch", urls=urls)
    except Refused as error:
        if error.status not in _NOT_TOGETHER:
            raise
        return ()
    return answers if isinstance(answers, list) else ()


def _route(path: str, query: Mapping[str, object]) -> str:
    """Return a read as a batch takes it: commas in it would part it from the next."""
    said = {name: text_of(value) for name, value in query.items()}
    return f"{path}?{urlencode(said, quote_via=quote)}"


def _batches(routes: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the boards of each batch: as many as it takes, and an address has room for."""
    some: list[str] = []
    length = 0
    for identity, route in routes.items():
        needs = len(quote(route, safe="")) + 3
        if some and (len(some) == MOST or length + needs > LONGEST_QUERY):
            yield some
            some, length = [], 0
        some.append(identity)
        length += needs
    if some:
        yield some
