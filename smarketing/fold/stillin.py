"""Who has left and can still enter, with rights that we did not give and so never take. Pure."""

from collections.abc import Iterable, Iterator, Mapping

from smarketing.config.handover import Roster, once_there
from smarketing.fold.access import given_by_others, names_of
from smarketing.kinds import Value
from smarketing.recognising.lastseen import as_last_seen
from smarketing.recognising.look import Look
from smarketing.reorganisation.naming import Known, in_words_of
from smarketing.state.record import Record
from smarketing.text.mentions import FORGOTTEN

Gone = Mapping[str, tuple[str, ...]]
"""By the name of each who has left, the mailboxes and names that they ever had."""

StillIn = Mapping[str, Mapping[str, tuple[str, ...]]]
"""By name and place, the addresses of what somebody who has left can still enter."""


def gone_people(known: Known, former: Roster, now: Roster) -> Gone:
    """Return who has left, by config or by what state remembers; who was forgotten has no name."""
    names = {*once_there(former, now).values(), *now.left.values()} - {FORGOTTEN}
    here = {_mail(mailbox) for mailbox in now.mailboxes}
    gone: dict[str, tuple[str, ...]] = {}
    for mail, called in known.items():
        if mail.lower() not in here and names & set(called):
            gone[called[-1]] = tuple(f"{name} <{mail}>" for name in called)
    with_address = {name for called in known.values() for name in called}
    return gone | {name: (name,) for name in sorted(names - with_address)}


def still_in(
    records: Mapping[str, Record], looks: Mapping[str, Look], gone: Gone, now: Roster
) -> StillIn:
    """Return what of these items who has left can still enter, without our having let them in.

    A name that a tool shows alone is that of who is there now, where somebody is called so.
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    here = (*now.mailboxes, *now.people.values())
    for address, record in records.items() if gone else ():
        if (look := looks.get(record.place)) is None or not (others := _others(record, look)):
            continue
        theirs = _names(record, look, (_in_words(each, look) for each in here))
        for who, mailboxes in gone.items():
            if others & _names(record, look, mailboxes) - theirs:
                places = found.setdefault(who, {})
                places[record.place] = (*places.get(record.place, ()), address)
    return found


def _in_words(mailbox: str, look: Look) -> str:
    """Return a mailbox with the name under which the tool knows its owner."""
    said: Value = in_words_of({mailbox: ""}, look.called)
    return next(iter(said)) if isinstance(said, Mapping) else mailbox


def _others(record: Record, look: Look) -> frozenset[str]:
    if record.gone:
        return frozenset()
    unchanged = record.address in look.matched.unchanged
    remote = as_last_seen(record) if unchanged else look.matched.found.get(record.address)
    return given_by_others(record, remote, look.terms) if remote else frozenset()


def _names(record: Record, look: Look, mailboxes: Iterable[str]) -> frozenset[str]:
    def each() -> Iterator[str]:
        for mailbox in mailboxes:
            yield from names_of(record.kind, mailbox, look.terms)

    return frozenset(each())


def _mail(mailbox: str) -> str:
    return mailbox.rpartition("<")[2].removesuffix(">").lower()
