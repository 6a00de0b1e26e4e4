"""Messages whose fate nobody knows: the tool can't be asked, so they count as sent, and are told.

A reply was lost, or a run died while it waited for one. Sending again could tell somebody twice.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from smarketing.contract import Change, Integration, Remote
from smarketing.kinds import THERE
from smarketing.plan import Failure, Keep, whose
from smarketing.recognising.matched import Matched
from smarketing.state.record import Entry, Intent, Record
from smarketing.text.wording import one_line

FIELD = "sent"
_UNKNOWN = "unknown:"


def with_unknown(
    records: Mapping[str, Record],
    intents: Iterable[Intent],
    matched: Mapping[str, Matched],
    terms: Mapping[str, Integration],
) -> tuple[Mapping[str, Record], dict[str, Matched]]:
    """Return the records and what was found, with each message that may have gone out among both."""
    known, found = dict(records), dict(matched)
    for intent in intents:
        look = found.get(intent.place)
        if look is None or not terms[intent.place].manifest.forgets:
            continue
        for entry in intent.entries:
            if entry.kind == "message" and entry.verb == "create":
                known.setdefault(entry.address, _record(entry, intent.place))
                remote = _as_sent(entry, look, f"root:{intent.place}")
                look = replace(look, found={**look.found, entry.address: remote})
        found[intent.place] = look
    return known, found


def _record(entry: Entry, place: str) -> Record:
    return Record(entry.address, entry.kind, place, {**entry.hub, "existence": THERE})


def _as_sent(entry: Entry, look: Matched, root: str) -> Remote:
    parent = look.found[root].id if root in look.found else ""
    which = f"{_UNKNOWN}{entry.address}"
    return Remote(which, entry.kind, entry.written, parent, marker=entry.address)


def is_unknown(record: Record) -> bool:
    """Say whether nobody knows if this message was sent."""
    return record.binding is not None and is_id_of_unknown(record.binding.id)


def is_id_of_unknown(which: str) -> bool:
    """Say whether an id stands for a message of which nobody knows whether it was sent."""
    return which.startswith(_UNKNOWN)


def newly_unknown(before: Mapping[str, Record], records: Mapping[str, Record]) -> Iterator[Keep]:
    """Yield what there is to tell of messages that an earlier run may have sent."""
    for address, record in records.items():
        earlier = before.get(address)
        if is_unknown(record) and not (earlier and is_unknown(earlier)):
            yield Keep(address, FIELD, record.place, f"{sentence(record)}: {ADVICE}")


ADVICE = "it is not sent again, so ask them"


def sentence(record: Record) -> str:
    """Return what is not known of a message, without its full stop."""
    to = one_line(str(record.hub.get("to") or "somebody"))
    return f"went to {to} or did not: no answer came from the mail server"


def in_doubt(
    lost: Iterable[Change], places: Mapping[str, str], terms: Mapping[str, Integration]
) -> list[Failure]:
    """Return what there is to tell of messages that went without an answer, and can't be looked for."""
    words = (
        "no answer came from the mail server, so nobody knows whether it was sent. It is not sent "
        "a second time: ask them whether they have it"
    )
    return [
        Failure(change.address, change.verb, words, whose(change))
        for change in lost
        if change.kind == "message" and terms[places[change.address]].manifest.forgets
    ]


def forgetful(
    lost: Collection[str], reached: Iterable[str], known: Mapping[str, Record],
    terms: Mapping[str, Integration],
) -> frozenset[str]:  # fmt: skip
    """Return the places whose messages went with the state: where another place tells that state
    was lost, they can't tell what they sent."""
    mine = {record.place for record in known.values()}
    return frozenset(
        place for place in reached if lost and terms[place].manifest.forgets and place not in mine
    )
