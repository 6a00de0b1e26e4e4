"""What only tests do, as the person whose hand knocks: groups, consent, files opened with an app."""

from smarketing.standin import Answer, Asked, json_answer

from .accounts import APP, BY_HAND, Accounts
from .calendar.store import Calendars
from .call import json_object
from .drive.store import Store
from .errors import Said, no_file


def through_door(store: Store, calendars: Calendars, accounts: Accounts, asked: Asked) -> Answer:
    """Serve `POST /_google/...` for somebody's own hand."""
    if not asked.headers.get("authorization", "").startswith(f"Bearer {BY_HAND}"):
        raise Said(401, "required", "This door opens by hand only.")
    person, said = accounts.caller(asked).person, json_object(asked.body)
    name, reply = asked.path.removeprefix("/_google/"), {}
    if asked.method != "POST":
        raise Said(404, "notFound", "There is no such door.")
    if name == "sign-in":
        scopes = frozenset(str(one) for one in said.get("scopes", ()))
        client = str(said.get("client", APP))
        reply = {"refresh_token": accounts.signed_in(person, scopes, client)}
    elif name == "groups":
        store.groups[str(said["mail"]).lower()] = {str(one) for one in said.get("members", ())}
    elif name == "open":
        file = store.files.get(str(said.get("file")))
        if file is None or not store.role(file, person):
            raise no_file(str(said.get("file")))
        file.apps.add((str(said.get("client", APP)), person.mail))
    elif name == "expire-sync-tokens":
        _forget(calendars)
    else:
        raise Said(404, "notFound", "There is no such door.")
    return json_answer(reply)


def _forget(calendars: Calendars) -> None:
    for calendar in calendars.calendars.values():
        calendar.forgotten = calendar.number
        calendars.number += 1
        calendar.number = calendars.number
