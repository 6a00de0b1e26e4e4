"""Handing letters to the server of one account: TLS, sign-in, one letter a connection.

Nothing goes out without TLS and a certificate that is right. What was refused is raised as
`NotSent`; `Unknown` says that the letter left, and that no answer to it came.
"""

import os
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from smarketing.contract import Secrets, Unreachable

from .server import Server

CONNECT, ANSWER, TAKEN = 10.0, 60.0, 120.0
"""Seconds to wait for a connection, for an answer, and for the answer to a whole letter."""

_LOGIN = "Run `smarketing login smtp`."
_BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


class NotSent(Exception):  # noqa: N818 - reads as what it is
    """Nothing was sent. `code` is the server's, 0 where no answer came."""

    def __init__(self, words: str, code: int = 0) -> None:
        super().__init__(words)
        self.code = code

    @property
    def asks_to_wait(self) -> bool:
        """Whether the server is busy with others, or has enough of us for now."""
        return self.code == 421


class Unknown(Exception):  # noqa: N818 - reads as what it is
    """The letter left us, and nobody said whether it was taken."""


class Post:
    """The way to one server, for one account."""

    def __init__(self, server: Server, secrets: Secrets, name: str) -> None:
        self._server, self._secrets = server, secrets
        self._name = (
            name  # we greet with the sender's domain: asking for our own name may take long
        )

    def __repr__(self) -> str:
        return f"Post({self._server.account})"

    @property
    def user(self) -> str:
        """Who signs in; raise Unreachable where nobody has."""
        user, password = self._secrets.get("user"), self._secrets.get("password")
        if not user or not password:
            raise Unreachable(
                "Nobody is signed in to the mail server: run `smarketing login smtp` first."
            )
        return user

    def send(self, sender: str, to: str, wire: bytes) -> None:
        """Hand over a letter; raise NotSent, or Unknown once it left without an answer."""
        with self.signed_in() as held:
            self._asked(*held.mail(sender), meant="the sender")
            self._asked(*held.rcpt(to), meant=f"mail to {to}")
            self._asked(*held.docmd("DATA"), meant="a message")
            self._hand_over(held, wire)

    def _hand_over(self, held: smtplib.SMTP, wire: bytes) -> None:
        try:
            if held.sock is not None:
                held.sock.settimeout(TAKEN)
            held.send(wire)
            code, text = held.getreply()
        except (OSError, smtplib.SMTPException):
            held.close()  # else it would wait once more to say goodbye
            raise Unknown from None
        if code < 200:  # no answer that we can read
            raise Unknown
        self._asked(code, text, meant="the message")

    @contextmanager
    def signed_in(self) -> Iterator[smtplib.SMTP]:
        """Give a connection with TLS on which we are signed in; raise NotSent or Unreachable."""
        user = self.user
        try:
            held = self._connected()
        except ssl.SSLCertVerificationError as error:
            raise NotSent(
                f"the certificate of {self._server.host} is not one that this computer trusts "
                f"({error.verify_message})"
            ) from None
        except smtplib.SMTPNotSupportedError:
            raise NotSent(
                f"{self._server.host} offers no TLS, and without it nothing is sent"
            ) from None
        except smtplib.SMTPResponseException as error:
            raise self._refused(error.smtp_code, error.smtp_error, "us") from None
        except (OSError, smtplib.SMTPException):
            raise NotSent(f"no safe connection to {self._server.host} could be made") from None
        try:
            self._sign_in(held, user)
            yield held
        except smtplib.SMTPResponseException as error:
            raise self._refused(error.smtp_code, error.smtp_error, "a command") from None
        except (OSError, smtplib.SMTPException):
            raise NotSent("the connection broke before the message was handed over") from None
        finally:
            with suppress(OSError, smtplib.SMTPException):
                held.quit()
            held.close()

    def _connected(self) -> smtplib.SMTP:
        server, context = self._server, trusted()
        if server.implicit:
            held: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, self._name, timeout=CONNECT, context=context
            )
        else:
            held = smtplib.SMTP(server.host, server.port, self._name, timeout=CONNECT)
        try:
            if held.sock is not None:
                held.sock.settimeout(ANSWER)
            if not server.implicit:
                code, text = held.starttls(context=context)
                if code != 220:
                    raise smtplib.SMTPResponseException(code, text)
            return held
        except BaseException:
            held.close()
            raise

    def _sign_in(self, held: smtplib.SMTP, user: str) -> None:
        try:
            held.login(user, self._secrets.get("password"))
        except smtplib.SMTPAuthenticationError as error:
            if 400 <= error.smtp_code < 500:
                raise self._refused(error.smtp_code, error.smtp_error, "the sign-in") from None
            raise Unreachable(
                f"{self._server.host} does not let {user} in: name or password is wrong, or it "
                f"wants another kind of sign-in. {_LOGIN}"
            ) from None
        except (smtplib.SMTPNotSupportedError, UnicodeEncodeError):
            raise Unreachable(
                f"{self._server.host} takes no sign-in with a name and a password from us."
            ) from None

    def _asked(self, code: int, text: bytes | str, meant: str) -> None:
        if not 200 <= code < 400:
            raise self._refused(code, text, meant)

    def _refused(self, code: int, text: bytes | str, meant: str) -> NotSent:
        said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        words = " ".join(self.without_secrets(said).split())[:200]
        if 400 <= code < 500:
            return NotSent(f"the mail server does not take {meant} now: {words} ({code})", code)
        return NotSent(f"the mail server refuses {meant}: {words} ({code})", code)

    def without_secrets(self, text: str) -> str:
        """Return what a server says without our password, however it sends it back."""
        user, password = self._secrets.get("user"), self._secrets.get("password")
        for secret in (password, _in_base64(f"\0{user}\0{password}"), _in_base64(password)):
            text = text.replace(secret, "***") if secret else text
        return text


def trusted() -> ssl.SSLContext:
    """Return what checks certificates: a company's own bundle where the environment names one."""
    named = next((said for name in _BUNDLES if (said := os.environ.get(name))), "")
    context = ssl.create_default_context()
    if named:
        folder = os.path.isdir(named)
        context.load_verify_locations(None if folder else named, named if folder else None)
    else:
        from requests.utils import DEFAULT_CA_BUNDLE_PATH

        context.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)
    return context


def _in_base64(text: str) -> str:
    return b64encode(text.encode()).decode() if text else ""
