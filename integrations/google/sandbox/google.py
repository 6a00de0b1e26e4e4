"""One Google: requests in, answers out, for Drive, Docs, Sheets, Calendar and sign-in."""

from collections.abc import Mapping
from typing import Any

from smarketing.standin import Answer, Asked, Person, World, json_answer, query_of

from . import batch
from .accounts import APP, APP_SECRET, BY_HAND, Accounts
from .calendar.store import Calendars
from .call import Call
from .caller import Caller
from .described import Method, method_for
from .docs import api as docs
from .doors import through_door
from .drive.store import Files, Store
from .errors import Said
from .hands import GoogleHands
from .limits import Limits, refusal
from .mask import picked
from .picture import picture
from .routes import MUST_SAY, ROUTES
from .sheets import api as sheets
from .switches import SWITCHES

_SIGN_IN = ("/token", "/revoke", "/o/oauth2/", "/oauth2/", "/v1/userinfo")
_DOOR = "/_google/"
_PLAIN = ("docs.v1", "sheets.v4")


class Google:
    """The stand-in. `store`, `calendars` and `accounts` may be looked at by tests."""

    name = "google"
    prefixes = (
        "/drive/v3/",
        "/upload/drive/v3/",
        "/batch",
        "/calendar/v3/",
        "/v1/documents",
        "/v4/spreadsheets",
        *_SIGN_IN,
        _DOOR,
    )

    def __init__(self, world: World) -> None:
        self.world = world
        self.store = Store(world)
        self.calendars = Calendars(self.store)
        self.accounts = Accounts(world)
        self._limits = Limits(world)
        self._batches = 0

    @property
    def switches(self) -> Mapping[str, str]:
        """Explain what each switch changes."""
        return {**SWITCHES, **docs.SWITCHES, **sheets.SWITCHES}

    def answer(self, asked: Asked) -> Answer:
        """Serve a request as Google would."""
        try:
            if asked.path.startswith(_SIGN_IN):
                return self.accounts.answer(asked)
            if asked.path.startswith(_DOOR):
                return through_door(self.store, self.calendars, self.accounts, asked)
            if batch.is_batch(asked.path):
                self._batches += 1
                return batch.answer(self.world, asked, self.answer, self._batches)
            return self._call(as_meant(asked))
        except Said as no:
            return no.answer()

    def refusal(self, why: str, asked: Asked) -> Answer:
        """Return Google's own way of saying why not."""
        return refusal(why, asked.path)

    def account(self, person: Person) -> Mapping[str, str]:
        """Return what a person's copy of the app signs in with."""
        return {"client_id": APP, "client_secret": APP_SECRET, "refresh_token": person.token}

    def by_hand(self, person: Person) -> str:
        """Return the access token with which a person works at Google's own pages."""
        return BY_HAND + person.token

    def hands(self, person: Person) -> GoogleHands:
        """Return what somebody does by hand at Google's own pages."""
        return GoogleHands(self.answer, f"Bearer {self.by_hand(person)}")

    def service_account(self, token_uri: str) -> Mapping[str, str]:
        """Return the key file of a service account, which signs in without a person."""
        return self.accounts.service_account(token_uri)

    def picture(self) -> dict[str, Any]:
        """Return all that is held as plain data that compares."""
        return picture(self.store, self.calendars)

    def _call(self, asked: Asked) -> Answer:
        found = method_for(asked.method, asked.path)
        if found is None:
            raise Said(404, "notFound", "The requested URL was not found on this server.")
        method, ids = found
        try:
            caller = self.accounts.caller(asked).by(method.scopes)
            api = method.api.partition(".")[0]
            self._limits.count(asked, api, caller.client, caller.person.mail)
            if method.api in _PLAIN:
                serve = docs.answer if method.api == "docs.v1" else sheets.answer
                return serve(asked, Files(self.store, caller))
        except Said as no:
            raise (no.in_plain_form() if method.api in _PLAIN else no) from None
        return self._serve(asked, method, ids, caller)

    def _serve(self, asked: Asked, method: Method, ids: tuple[str, ...], caller: Caller) -> Answer:
        route = ROUTES.get((method.api, method.name))
        if route is None:
            raise Said(501, "notImplemented", f"The stand-in does not serve {method.name}.")
        if route.usual == MUST_SAY and not asked.one("fields"):
            words = "The 'fields' parameter is required for this method."
            raise Said(400, "required", words, location="fields")
        call = Call(
            asked,
            caller,
            self.store,
            self.calendars,
            ids,
            method.api,
            method.schema,
            "" if route.usual == MUST_SAY else route.usual,
        )
        mask = call.mask() if method.schema else None
        reply = route.serve(call)
        if isinstance(reply, Answer):
            return reply
        return Answer(204) if reply is None else json_answer(picked(reply, mask))


def as_meant(asked: Asked) -> Asked:
    """Return a read whose query was too long for a URL, and came as a body, as the read it is."""
    if asked.headers.get("x-http-method-override", "").upper() != "GET":
        return asked
    return Asked("GET", asked.path, query_of(asked.body.decode()), asked.headers)


def stand_in(world: World) -> Google:
    """Return a Google of this world."""
    return Google(world)
