"""The checklist of an action item, line by line: a line taken out at one place stays at the others.

A checklist maps the key of each line to its text, and `done_of(key)` to "yes" or "no". Two places
may know one line by different keys: `lines` maps those of a place to ours. Pure.
"""

from collections.abc import Iterable, Mapping

Lines = Mapping[str, str]

_DONE = " done"


def done_of(key: str) -> str:
    """Return the name under which a checklist holds whether its line is done."""
    return f"{key}{_DONE}"


def keys_of(checklist: Lines) -> list[str]:
    """Return the keys of the lines, in their order."""
    return [key for key in checklist if not key.endswith(_DONE)]


def same_lines(now: Lines, hub: Lines, known: Lines) -> dict[str, str]:
    """Return which line of a place is which of ours: by its key, else by its text alone."""
    found = dict(known)
    ours = set(keys_of(hub)) - set(found.values()) - set(keys_of(now))
    by_text = _by_text(hub, ours)
    for text, theirs in _by_text(now, set(keys_of(now)) - set(found) - set(hub)).items():
        if len(theirs) == len(by_text.get(text, ())) == 1:
            found[theirs[0]] = by_text[text][0]
    return found


def as_hub(now: Lines, before: Lines, lines: Lines) -> dict[str, str]:
    """Return our checklist as a place says it; what it doesn't show stands as `before`."""
    return {**before, **_renamed(now, lines)}


def render(hub: Lines, shown: Lines | None, stood_for: Lines, lines: Lines) -> dict[str, str]:
    """Return what a place shows: all of ours but what was taken out of it before.

    `shown` is what it was last seen to show, which stood for `stood_for`; None if nothing yet.
    What nobody changed since stays as it is shown: after an undo a tick may stand at one place alone.
    """
    here = {} if shown is None else _renamed(shown, lines)
    out = set() if shown is None else stood_for.keys() - here.keys()
    back = {ours: theirs for theirs, ours in lines.items()}
    wanted = {
        key: here.get(key, value) if stood_for.get(key) == value else value
        for key, value in hub.items()
        if key not in out
    }
    return _renamed(wanted, back)


def _renamed(checklist: Lines, names: Lines) -> dict[str, str]:
    if not names:
        return dict(checklist)
    full = {**names, **{done_of(old): done_of(new) for old, new in names.items()}}
    return {full.get(key, key): value for key, value in checklist.items()}


def _by_text(checklist: Lines, keys: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key in sorted(keys):
        found.setdefault(" ".join(checklist[key].split()).casefold(), []).append(key)
    return found
