"""Rights of people and groups in one file, one at a time: of two at once, one is lost."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from smarketing.contract import Change, Done, Failed, Outcome, Remote, Stale
from smarketing.web import Refused

from .. import files
from ..refusals import is_absent
from .hand import Hand

_GROUP = "group:"
_ROLES = frozenset(("reader", "commenter", "writer"))


def share(hand: Hand) -> list[Outcome]:
    """Give one right, or take one away."""
    (change,) = hand.step.changes
    access = change.fields.get("access")
    pairs = list(access.items()) if isinstance(access, Mapping) else []
    if len(pairs) != 1:
        return [Failed(f"{change.address}: a right is for one person or group.")]
    who, role = pairs[0]
    file = hand.target(change)
    if change.verb == "grant":
        return [_grant(hand, change, file, who.lower(), role)]
    return [_revoke(hand, change, file, who.lower())]


def _grant(hand: Hand, change: Change, file: str, who: str, role: str) -> Outcome:
    mail = who.removeprefix(_GROUP)
    if "@" not in mail or role not in _ROLES:
        return Failed(f"{change.address}: {who} can't be given the role {role} in Google.")
    if hand.memory.owners.get(file) != who:
        hand.client.call(_permission(hand, change, file, who, role))
    remote = _known(hand, change, file)
    return _done(hand, remote, {**_access(remote), who: role})


def _permission(hand: Hand, change: Change, file: str, who: str, role: str) -> Any:
    words: dict[str, Any] = {"emailMessage": change.note} if change.note else {}
    body = {
        "type": "group" if who.startswith(_GROUP) else "user",
        "role": role,
        "emailAddress": who.removeprefix(_GROUP),
    }
    return hand.client.drive.permissions().create(
        fileId=file,
        body=body,
        sendNotificationEmail=bool(change.note),
        supportsAllDrives=True,
        fields="id",
        **words,
    )


def _revoke(hand: Hand, change: Change, file: str, who: str) -> Outcome:
    request = hand.client.drive.permissions().list(
        fileId=file,
        fields="permissions(id,type,emailAddress,role,deleted,permissionDetails)",
        pageSize=100,
        supportsAllDrives=True,
    )
    try:
        told = hand.look(request).get("permissions", ())
    except Refused as refused:
        if is_absent(refused):
            return Stale()
        raise
    found = next((each for each in told if files.grantee(each) == who), None)
    if found is not None and found.get("role") == "owner":
        return Failed(f"{who} owns {change.address}: hand it over in Google Drive first.")
    if found is not None:
        _take_away(hand, file, str(found["id"]))
    remote = _known(hand, change, file)
    return _done(hand, remote, {k: v for k, v in _access(remote).items() if k != who})


def _take_away(hand: Hand, file: str, permission: str) -> None:
    request = hand.client.drive.permissions().delete(
        fileId=file, permissionId=permission, supportsAllDrives=True
    )
    try:
        hand.client.call(request)
    except Refused as refused:
        if not is_absent(refused):  # somebody else was faster
            raise


def _access(remote: Remote) -> dict[str, str]:
    access = remote.fields.get("access")
    return {str(k): str(v) for k, v in access.items()} if isinstance(access, Mapping) else {}


def _known(hand: Hand, change: Change, file: str) -> Remote:
    """Return the file as the last of our writes left it, for one right follows another."""
    return hand.memory.seen.get(file) or hand.known(change, file)


def _done(hand: Hand, remote: Remote, access: dict[str, str]) -> Done:
    now = replace(remote, fields={**remote.fields, "access": access}, version="")
    hand.memory.note((now,))
    return Done(now)
