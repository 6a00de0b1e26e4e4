"""The files of everybody: what they are, who may see them, what happened to them.

Docs and Sheets keep what is inside in `File.content` and reach files through `Files`.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from smarketing.standin import Person, World

from ..caller import Caller
from ..errors import no_file, no_right
from .model import FOLDER, ROLES, Drive, File, Happened, Looked, Permission, mail_number, owned_by


class Store:
    """Everything that Drive holds."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.files: dict[str, File] = {}
        self.drives: dict[str, Drive] = {}
        self.groups: dict[str, set[str]] = {}
        self.happened: dict[str, Happened] = {}
        self.children: dict[str, dict[str, None]] = {}
        self.given_ids: set[str] = set()
        self.gone: set[str] = set()
        self.number = 0
        self._made = 0

    def new_id(self, beginning: str = "1") -> str:
        """Return an id that was never given."""
        self._made += 1
        return beginning + sha256(f"google {self._made}".encode()).hexdigest()[:32]

    def root_id(self, person: Person) -> str:
        """Return the id of the top folder of My Drive."""
        return f"0A{mail_number(person.mail)}"

    def root_of(self, person: Person) -> File:
        """Return the top folder of My Drive."""
        known = self.root_id(person)
        if known not in self.files:
            root = File(known, "My Drive", FOLDER, "", "", self.world.now(), owner=person.mail)
            root.permissions = owned_by(person.mail)
            root.modified = root.created
            self.files[known] = root
        return self.files[known]

    def add(self, file: File, caller: Caller) -> File:
        """Put a new file where its parent is, and tell the feed."""
        file.apps.add((caller.client, caller.person.mail))
        self.files[file.id] = file
        self.children.setdefault(file.parent, {})[file.id] = None
        if not file.drive:
            file.owner = caller.person.mail
            file.permissions |= owned_by(caller.person.mail)
        self.touched(file, caller.person)
        return file

    def touched(self, file: File, person: Person) -> None:
        """Count a change of this file's words or marks by this person."""
        file.modified = self.world.now()
        file.modified_by = person.mail
        self.noticed(file)

    def noticed(self, file: File, lost_by: Iterable[str] = ()) -> None:
        """Tell the feed and the search index that something about this file is new."""
        file.version += 1
        self.look(file)
        self.tell(file.id, file.drive, lost_by)

    def tell(self, file_id: str, drive: str, lost_by: Iterable[str] = ()) -> None:
        """Put a file at the end of the feed."""
        self.number += 1
        before, file = self.happened.pop(file_id, None), self.files.get(file_id)
        lost = (before.lost_by if before else set()) | set(lost_by)
        clients = frozenset(client for client, _ in file.apps) if file else frozenset()
        now = self.world.now()
        self.happened[file_id] = Happened(self.number, now, file_id, drive, lost, clients)

    def happened_since(self, number: int) -> list[Happened]:
        """Return what happened from a number on, in its order."""
        found: list[Happened] = []
        for one in reversed(self.happened.values()):
            if one.number < number:
                break
            found.append(one)
        return found[::-1]

    def move(self, file: File, folder: File, mover: str) -> None:
        """Put a file into another folder; into or out of a shared drive its owner changes."""
        self.children[file.parent].pop(file.id, None)
        self.children.setdefault(folder.id, {})[file.id] = None
        file.parent = folder.id
        if file.drive == folder.drive:
            return
        file.permissions = {k: p for k, p in file.permissions.items() if p.role != "owner"}
        file.drive, file.owner = folder.drive, "" if folder.drive else mover
        if not file.drive:
            file.permissions |= owned_by(mover)

    def remove(self, file: File) -> None:
        """Delete a file for good, with everything inside."""
        for one in [*self.below(file), file]:
            self.tell(one.id, one.drive, self.seen_by(one))
            self.gone.add(one.id)
        for one in [*self.below(file), file]:
            self.children[one.parent].pop(one.id, None)
            del self.files[one.id]

    def look(self, file: File) -> None:
        """Keep what the search will find, once it has caught up."""
        now = self.world.now()
        if file.looked and file.looked[-1].at == now:
            file.looked.pop()
        marks = {client: dict(pairs) for client, pairs in file.marks.items()}
        file.looked.append(
            Looked(now, file.name, file.trashed, file.parent, marks, dict(file.properties))
        )

    def below(self, file: File) -> Iterator[File]:
        """Yield everything inside a folder, at any depth."""
        for child in list(self.children.get(file.id, ())):
            yield self.files[child]
            yield from self.below(self.files[child])

    def above(self, file: File) -> Iterator[File]:
        """Yield the file and the folders that hold it, the nearest first."""
        here: File | None = file
        while here is not None:
            yield here
            here = self.files.get(here.parent)

    def is_trashed(self, file: File) -> bool:
        """Say whether the file or a folder that holds it is in the trash."""
        return any(one.trashed for one in self.above(file))

    def rights(self, file: File) -> dict[str, list[tuple[Permission, str]]]:
        """Return for each grantee its permissions with the id of what each is set on."""
        found: dict[str, list[tuple[Permission, str]]] = {}
        for holder in self.above(file):
            for one in holder.permissions.values():
                found.setdefault(one.id, []).append((one, holder.id))
        return found

    def role(self, file: File, person: Person) -> str:
        """Return the highest role of a person, "" for one who may not see the file."""
        best = -1
        for listed in self.rights(file).values():
            for one, holder in listed:
                if not self._is_for(one, person):
                    continue
                # Who owns a folder may write, not own, what others put into it.
                owns_above = one.role == "owner" and holder != file.id
                best = max(best, ROLES.index("writer" if owns_above else one.role))
        return ROLES[best] if best >= 0 else ""

    def _is_for(self, permission: Permission, person: Person) -> bool:
        if permission.type == "anyone":
            return True
        if permission.type == "domain":
            return person.mail.endswith("@" + permission.who)
        if permission.type == "group":
            return person.mail in self.groups.get(permission.who, ())
        return permission.who == person.mail

    def seen_by(self, file: File) -> set[str]:
        """Return the addresses of all people who may see it."""
        return {one.mail for one in self.world.people if self.role(file, one)}

    def may_see(self, file: File, caller: Caller) -> bool:
        """Say whether this person may see it through this app."""
        return self._app_sees(file, caller) and bool(self.role(file, caller.person))

    def _app_sees(self, file: File, caller: Caller) -> bool:
        if caller.sees_all_files or not file.parent:
            return True
        if "google-app-files-per-person" in self.world.switches:
            return (caller.client, caller.person.mail) in file.apps
        return any(client == caller.client for client, _ in file.apps)


class Files:
    """The files as one caller reaches them: what Docs and Sheets get to work with."""

    def __init__(self, store: Store, caller: Caller) -> None:
        self.store, self.caller = store, caller
        self.person = caller.person
        self.world = store.world
        self.switches = store.world.switches

    def opened(self, file_id: str, person: Person, write: bool, mime: str = "") -> File:
        """Return a file to read or write; raise 404 where it can't be seen, 403 as not enough.

        With `mime`, a file of another kind is not found either.
        """
        file = self.store.files.get(file_id)
        if file is None or not self.store.may_see(file, self.caller):
            raise no_file(file_id).in_plain_form()
        if mime and file.mime != mime:
            raise no_file(file_id).in_plain_form()
        if write and ROLES.index(self.store.role(file, person)) < ROLES.index("writer"):
            raise no_right().in_plain_form()
        return file

    def may_comment(self, file: File, person: Person) -> bool:
        """Say whether a person may suggest and comment."""
        return ROLES.index(self.store.role(file, person)) >= ROLES.index("commenter")

    def touched(self, file: File, person: Person) -> None:
        """Bump the version and the time, and tell the feed."""
        self.store.touched(file, person)

    def created(self, name: str, mime: str, content: Any) -> File:
        """Put a new file into the caller's My Drive."""
        parent = self.store.root_of(self.person)
        made = self.world.now()
        file = File(self.store.new_id(), name, mime, parent.id, self.caller.client, made)
        file.content = content
        return self.store.add(file, self.caller)
