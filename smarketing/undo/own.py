"""Members' own things that a merge took along: the undo of that run sends them back. Pure."""

from smarketing.address import kind_of
from smarketing.kinds import THERE
from smarketing.reorganisation.homeward import (
    Homeward,
    found_again,
    has_home,
    is_where_we_put_it,
    remote_of,
)
from smarketing.state.history import Write
from smarketing.undo.undo import Undoing, called_now, title_in


def send_home(work: Undoing, write: Write) -> None:
    """Send a thing back to what it was moved out of; where a member has it since, it stays."""
    if "parent" not in write.before:
        work.stays.append(f"“{_title_of(write)}” stays where it is: nobody noted where it was.")
        return
    thing = _on_its_way(work, write)
    look = work.around.looks.get(thing.place)
    if look is None:
        work.stays.append(f"“{thing.title}” stays as it is: it can't be seen now.")
        return
    thing = found_again(thing, look)
    remote, home = remote_of(thing, look), work.records.get(thing.home)
    if remote is None:
        work.stays.append(f"“{thing.title}” is not where it went along to, so nothing goes back.")
    elif home and home.binding and remote.parent == home.binding.id:
        return  # a member has moved it back
    elif not is_where_we_put_it(thing, look, work.records):
        holder = work.records.get(look.parents.get(remote.parent, ""))
        where = f"in “{title_in(holder)}”" if holder and remote.existence == THERE else "there"
        work.stays.append(f"“{thing.title}” stays {where}: your team has put it there since.")
    elif not has_home(thing, work.records):
        work.stays.append(f"“{thing.title}” stays where it is: what held it is not there.")
    else:
        work.homeward.append(thing)


def _on_its_way(work: Undoing, write: Write) -> Homeward:
    home, into = (called_now(work.undo, str(v.get("parent"))) for v in (write.before, write.after))
    return Homeward(write.place, write.id, write.kind, _title_of(write), into, home)


def _title_of(write: Write) -> str:
    """Return what a member calls their own thing."""
    return write.title or f"A {kind_of(write.address)} of your team"
