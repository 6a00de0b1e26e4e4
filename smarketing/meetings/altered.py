"""Single occurrences that members altered in their calendar: which is which, and their records. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from smarketing.address import container_of, key_of
from smarketing.calendar.occurrences import Altered, altered_of
from smarketing.recognising.matched import Matched
from smarketing.state.record import PLAYBOOK, Record, Seen

KIND = "occurrence"


def address_of(meeting: str, day: date | str) -> str:
    """Return the address of a meeting's occurrence, by its original date."""
    return f"{meeting}/{KIND}:{day}"


def by_their_dates(matched: Matched) -> Matched:
    """Return what was found with each occurrence under the address that its date gives it.

    An occurrence bears no marker: a calendar tells of which series it is, and its original date.
    """
    series = {r.id: address for address, r in matched.found.items() if r.kind == "meeting"}
    named = {
        address_of(series[each.parent], str(each.fields["date"])): each
        for each in reversed(matched.others)
        if each.kind == KIND and each.parent in series and _is_day(each.fields.get("date"))
    }
    fresh = {address: each for address, each in named.items() if address not in matched.found}
    if not fresh:
        return matched
    taken = {each.id for each in fresh.values()}
    others = tuple(each for each in matched.others if each.id not in taken)
    found = {**matched.found, **fresh}
    return replace(matched, found=found, others=others, gone=matched.gone - fresh.keys())


def _is_day(said: object) -> bool:
    try:
        return bool(date.fromisoformat(str(said)))
    except ValueError:
        return False


def with_altered(
    records: Mapping[str, Record], matched: Mapping[str, Matched]
) -> dict[str, Record]:
    """Return the records with one for each occurrence that a member altered, still to be heard.

    Until we ask for a guest, the playbook wants there whom it wants in the series.
    """
    result = dict(records)
    for place, look in matched.items():
        for address, remote in look.found.items():
            if remote.kind == KIND and address not in result:
                result[address] = _fresh(address, place, records.get(container_of(address)))
    return result


def _fresh(address: str, place: str, series: Record | None) -> Record:
    invited = series.hub.get("attendees") if series else None
    if not isinstance(invited, frozenset):
        return Record(address, KIND, place, released=True)
    seen = {PLAYBOOK: {"attendees": Seen(invited, invited)}}
    return Record(address, KIND, place, {"attendees": invited}, seen, released=True)


def altered_in(records: Mapping[str, Record], meeting: str) -> dict[date, Altered]:
    """Return what members made of the occurrences of a meeting, by original date."""
    return {
        date.fromisoformat(key_of(address)): altered_of(record.hub)
        for address, record in records.items()
        if record.kind == KIND and container_of(address) == meeting
    }
