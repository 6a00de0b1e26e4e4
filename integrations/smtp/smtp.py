"""Mail as an integration: the parts of this package behind the contract."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from smarketing.contract import (
    Calls,
    Change,
    Changes,
    Done,
    Failed,
    Later,
    Listing,
    Lost,
    Manifest,
    Names,
    Outcome,
    Remote,
    Scope,
    Setup,
    Step,
    Unreachable,
)
from smarketing.kinds import Value

from .letter import letter, message_id, on_the_wire
from .manifest import MANIFEST, MESSAGES, NAME
from .post import NotSent, Post, Unknown
from .server import server_and_sender

ROOT = "mail"
"""The id of the root: mail has no object that holds a workspace."""

SENT = "sent"
"""The version of every message: what was sent never changes."""

BUSY = 30.0
_LINK = re.compile(r"(?<=\]\()link:([a-z]+:[a-z0-9.-]+(?:/[a-z]+:[a-z0-9.-]+)*)(?=\))")
_URL = re.compile(r"(?<=\]\()https?://[^)\s]+(?=\))")


class Smtp:
    """One account at one mail server. `now` dates the letters."""

    manifest: Manifest = MANIFEST

    def __init__(
        self, setup: Setup, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        server, self._sender = server_and_sender(setup.settings)
        self._post = Post(server, setup.secrets(server.account), self._sender.domain)
        self._host = server.host
        self._now = now
        self._spent = Calls(0, 0)

    def __repr__(self) -> str:
        return f"Smtp({self._post!r})"

    def check(self) -> str:
        """Sign in, and say who that is."""
        try:
            with self._post.signed_in():
                return f"mail, as {self._post.user} at {self._host}"
        except NotSent as error:
            raise Unreachable(f"Mail can't be sent: {error}.") from None

    def read(self, scope: Scope) -> Listing:
        """Return the root, and that whatever is bound is as it was: mail can't be looked for."""
        root = Remote(ROOT, "root", {}, marker=f"root:{NAME}", workspace=scope.workspace)
        return Listing((root,), frozenset({*scope.bound, *scope.known}) - {ROOT})

    def changes(self, cursor: str) -> Changes:
        """Return that nothing was touched since our own cursor: what was sent stays as it was."""
        return Changes(NAME, frozenset() if cursor == NAME else None)

    def as_hub(self, kind: str, name: str, value: Value, names: Names) -> Value:
        """Return the words with links as addresses."""
        if not isinstance(value, str) or name != "body":
            return value
        return _URL.sub(lambda url: f"link:{at}" if (at := _at(url[0], names)) else url[0], value)

    def render(self, kind: str, name: str, value: Value, names: Names) -> Value:
        """Return the words with links as urls; the letter writes title and url side by side."""
        if not isinstance(value, str) or name != "body":
            return value
        return _LINK.sub(lambda link: names.urls.get(link[1]) or link[0], value)

    def normalise(self, kind: str, name: str, value: Value) -> Value:
        """Return the value as it is: nobody can change what was sent."""
        return value

    def steps(self, changes: Sequence[Change], workspace: str) -> Sequence[Step]:
        """Return one step per message."""
        return [_step(change, workspace) for change in changes]

    def perform(self, step: Step, ids: Mapping[str, str]) -> Sequence[Outcome]:
        """Send the message of the step."""
        assert isinstance(step, Mailing)
        return [self._send(change, step.workspace) for change in step.changes]

    def _send(self, change: Change, workspace: str) -> Outcome:
        if change.kind == "root":
            return Done(Remote(ROOT, "root", {}, marker=change.address, workspace=workspace))
        if change.verb != "create":
            return Failed("what was mailed can't be changed or taken back")
        now = self._now()
        identity = message_id(workspace, change.address, self._sender)
        try:
            made = letter(change.fields, self._sender, identity, now)
        except ValueError:
            return Failed(f"'{str(change.fields.get('to'))[:80]}' is not one plain mail address")
        self._spent += Calls(0, 1)
        try:
            to = made["To"].addresses[0].addr_spec
            self._post.send(self._sender.addr_spec, to, on_the_wire(made))
        except Unknown:
            return Lost()
        except NotSent as error:
            return Later(BUSY) if error.asks_to_wait else Failed(f"{error}: nothing was sent")
        except Unreachable as error:
            return Failed(str(error))
        return Done(_sent(change, identity, workspace, now))

    def expected_url(self, change: Change, urls: Mapping[str, str]) -> str:
        """Return "": a letter has no url."""
        return ""

    def spent(self) -> Calls:
        """Return a write for each message that we tried to send."""
        return self._spent

    def foreseen(self, changes: Sequence[Change], room: Mapping[str, int]) -> Sequence[str]:
        """Return what mail can't promise."""
        if not any(change.kind == "message" and change.verb == "create" for change in changes):
            return ()
        return (
            (
                "Mail can't be looked for once it has left: where the server's answer is lost, the "
                "message is not sent a second time, and you are told whose it was."
            ),
        )

    def offers(self, kinds: frozenset[str]) -> Sequence[Remote]:
        """Return nothing: no mailbox is read."""
        return ()


@dataclass(frozen=True, slots=True)
class Mailing(Step):
    """A step that knows the workspace: the Message-ID follows from it."""

    workspace: str = ""


def _step(change: Change, workspace: str) -> Mailing:
    is_message = change.kind == "message"
    return Mailing(
        f"{NAME} {change.verb} {change.address}",
        NAME,
        (change,),
        Calls(0, 1 if is_message else 0),
        draws={MESSAGES: 1} if is_message else {},
        stage=change.stage,
        workspace=workspace,
    )


def _sent(change: Change, identity: str, workspace: str, now: datetime) -> Remote:
    return Remote(
        identity,
        "message",
        change.fields,
        parent=ROOT,
        marker=change.address,
        workspace=workspace,
        version=SENT,
        born=now.timestamp(),
    )


def _at(url: str, names: Names) -> str:
    return names.addresses.get(url, "")
