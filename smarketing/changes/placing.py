"""Where things stand: what is made, renamed, moved and put into the archive. Pure."""

from dataclasses import replace

from smarketing.changes.drawing import Drawing
from smarketing.contract import BUILD, FINISH, Change, Remote
from smarketing.kinds import ARCHIVED, THERE, Value
from smarketing.plan import Keep
from smarketing.recognising.look import Look
from smarketing.state.record import Record, Seen, is_joined
from smarketing.text.wording import called


def count_item(work: Drawing, record: Record) -> None:
    look = work.looks.get(record.place)
    if look is None or record.kind not in look.terms.manifest.kinds:
        return
    container = _container(record)
    work.sizes[container] = work.sizes.get(container, 0) + 1


def place_item(work: Drawing, record: Record) -> None:
    look = work.looks.get(record.place)
    if look is None or record.kind not in look.terms.manifest.kinds:
        return
    if record.existence == ARCHIVED:
        _archive(work, record, look)
    elif record.existence == THERE and record.binding is None:
        if not work.is_left_alone(record):
            _create(work, record, look)
    elif record.existence == THERE and not work.is_left_alone(record):
        _restand(work, record, look)
    elif record.existence == THERE and _is_on_its_way_back(record):
        _move(work, record, look, work.remote(record, look))


def _is_on_its_way_back(record: Record) -> bool:
    """Say whether an undo that was broken off has still to take it out of the archive."""
    seen = record.seen.get(record.place, {}).get("existence")
    return record.binding is not None and seen is not None and seen.value == ARCHIVED


def _container(record: Record) -> str:
    """Return what a removal is a share of: the cards of a board, apart from its lists."""
    return f"{record.kind}s of {record.address.rpartition('/')[0]}"


def _archive(work: Drawing, record: Record, look: Look) -> None:
    seen = record.seen.get(record.place, {}).get("existence")
    if record.binding is None or (seen and seen.value == ARCHIVED):
        return
    remote = work.remote(record, look)
    if remote is None or remote.existence != THERE:
        return
    if record.kind in look.terms.manifest.archives:
        merged = is_joined(record)  # what it held has moved, so nothing is taken out of sight
        stage = FINISH if merged else BUILD
        change = Change("archive", record.address, record.kind, before=remote, stage=stage)
        work.add(record, change)
        _expect(work, record, look, change)
        if not merged:
            work.removals.append((_container(record), record.address))
    else:
        work.records[record.address] = replace(
            work.shown(record, "existence", Seen(ARCHIVED, ARCHIVED)), released=True
        )


def _create(work: Drawing, record: Record, look: Look) -> None:
    if work.stages.get(record.address, BUILD) != BUILD and work.hold:
        work.held += _told_by(work, record)
        return
    if rivals := look.matched.doubtful.get(record.address):
        why = f"is not made: {_how_many(len(rivals))}. Give each another title, or make it one"
        work.keeps.append(Keep(record.address, "title", record.place, why))
        return
    parent = str(record.hub.get("parent", ""))
    if not _will_stand(work, parent):
        _keep_without_parent(work, record, parent)
        return
    work.creates.add(record.address)
    title = work.rendered(record, look, "title", {})
    change = Change(
        "create",
        record.address,
        record.kind,
        {"title": title} if title is not None else {},
        parent,
    )
    _expect(work, record, look, change)


def _told_by(work: Drawing, record: Record) -> list[str]:
    """Return who would hear of it: a person, a channel, or those who come to an occurrence."""
    if record.hub.get("to"):
        return [str(record.hub["to"])]
    if channel := str(record.hub.get("channel") or "").removeprefix("link:"):
        there = work.records.get(channel)
        return [called(channel, str(there.hub.get("title") or "") if there else "")]
    return work.invited(record)


def _how_many(rivals: int) -> str:
    if rivals == 1:
        return "one of this title is there already, and the playbook has several"
    return f"{rivals} of this title are there already"


def _keep_without_parent(work: Drawing, record: Record, parent: str) -> None:
    above = work.records.get(parent)
    if above is not None and above.existence != THERE:
        why = "is not made, because what would hold it was deleted or archived"
        work.keeps.append(Keep(record.address, "existence", record.place, why))


def _will_stand(work: Drawing, parent: str) -> bool:
    if not parent or parent.startswith("@"):
        return True
    record = work.records.get(parent)
    return record is not None and (record.stands or parent in work.creates)


def _restand(work: Drawing, record: Record, look: Look) -> None:
    remote = work.remote(record, look)
    if remote is None:
        return
    title = _changed_title(work, record, look, remote)
    marks = _is_to_be_marked(work, record, look, remote)
    if title is not None or marks:
        fields = {} if title is None else {"title": title}
        change = Change("rename", record.address, record.kind, fields, before=remote, marks=marks)
        work.add(record, change)
        _expect(work, record, look, change)
    _move(work, record, look, remote)


def _is_to_be_marked(work: Drawing, record: Record, look: Look, remote: Remote) -> bool:
    """Say whether it gets a marker: over one that is old, or where it was taken up without one.

    One that a member took away is not put back.
    """
    if not remote.marker:
        taken_up = record.binding is not None and not record.binding.marker
        return taken_up and work.gets_a_marker(record, look)
    unmarked = look.terms.manifest.unmarked
    return record.kind not in unmarked and remote.marker != record.address


def _move(work: Drawing, record: Record, look: Look, remote: Remote | None) -> None:
    if remote is None:
        return
    wanted = record.hub.get("parent")
    seen = record.seen.get(record.place, {}).get("parent")
    returns = remote.existence == ARCHIVED
    if not isinstance(wanted, str) or not (seen is None or seen.hub != wanted or returns):
        return
    present = look.parents.get(remote.parent, f"@{remote.parent}")
    if present == wanted and not returns:
        shown = work.records[record.address]
        work.records[record.address] = work.shown(shown, "parent", Seen(present, wanted))
    elif _will_stand(work, wanted):
        change = Change("move", record.address, record.kind, {}, wanted, remote)
        work.add(record, change)
        _expect(work, record, look, change)
    else:
        _keep_without_parent(work, record, wanted)


def _changed_title(work: Drawing, record: Record, look: Look, remote: Remote) -> Value:
    """Return the title to write, or None where the one there will do."""
    if not work.needs_writing(record, look, "title"):
        return None
    title = work.rendered(record, look, "title", {})
    now = remote.fields.get("title")
    normal = look.terms.normalise
    if normal(record.kind, "title", title) == normal(record.kind, "title", now):
        seen = Seen(now, record.hub["title"])
        work.records[record.address] = work.shown(record, "title", seen)
        return None
    return title


def _expect(work: Drawing, record: Record, look: Look, change: Change) -> None:
    urls = work.urls[record.place]
    url = look.terms.expected_url(change, urls)
    old = urls.get(record.address)
    if not url or url == old:
        return
    if old:
        for address, other in urls.items():
            if other.startswith((f"{old}/", f"{old}#")):
                urls[address] = url + other[len(old) :]
    urls[record.address] = url
