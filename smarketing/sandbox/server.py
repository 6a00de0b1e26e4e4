"""A sandbox over HTTP, on this machine alone."""

import logging
import socket
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from smarketing.sandbox.bymembers import PATH, ByMembers
from smarketing.sandbox.control import ROOT, Control
from smarketing.sandbox.faults import CUT
from smarketing.sandbox.sandbox import Reply, Sandbox, half
from smarketing.standin import Answer, Asked, json_answer, query_of

HOST = "127.0.0.1"
IDLE = 120.0
"""Seconds after which a connection without a request is closed."""

BIGGEST = 64 * 2**20
"""Bytes of the biggest body that is read."""

_LOG = logging.getLogger(__name__)


class Server(ThreadingHTTPServer):
    """Serves a sandbox. Port 0 takes a free one; `token` opens the paths of its control."""

    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"  # there it would share the port
    request_queue_size = 128

    def __init__(self, sandbox: Sandbox, port: int = 0, token: str = "") -> None:
        self.sandbox, self.control = sandbox, Control(sandbox, token)
        super().__init__((HOST, port), _Handler)
        here = self.server_address[1]
        self.by_members = ByMembers(sandbox, (f"{HOST}:{here}", f"localhost:{here}"))

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{HOST}:{self.server_address[1]}"

    def serve(self, asked: Asked) -> Reply:
        """Return the reply to a request; a stand-in that fails answers 500."""
        if asked.path.startswith(ROOT):
            return Reply(self.control.answer(asked))
        try:
            if asked.path == PATH and asked.method in ("GET", "POST"):
                return Reply(self.by_members.answer(asked))
            return self.sandbox.reply(asked)
        except Exception as error:  # noqa: BLE001 - one request that fails must not end the sandbox
            _LOG.error("%s %s failed: %r", asked.method, asked.path, error)
            return Reply(json_answer({"error": f"the sandbox failed: {error!r}"}, 500))

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what broke, if it was not just the client who went."""
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError | TimeoutError):
            _LOG.error("a connection failed: %r", error)


class _Handler(BaseHTTPRequestHandler):
    """One connection, which stays open from request to request."""

    protocol_version = "HTTP/1.1"
    server_version = "smarketing-sandbox"
    sys_version = ""
    timeout = IDLE
    disable_nagle_algorithm = True
    wbufsize = -1  # a whole reply leaves at once
    server: Server

    def serve(self) -> None:
        """Answer one request."""
        target = self._target()
        body = self._body() if target else None
        if target is None or body is None:
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, unquote(target.path), query_of(target.query), headers, body)
        reply = self.server.serve(asked)
        if reply.delay:
            time.sleep(reply.delay)
        self._give(reply)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = serve  # noqa: N815

    def _target(self) -> SplitResult | None:
        """Return what is asked for, None where it is no address and was refused."""
        try:
            return urlsplit(self.path)
        except ValueError:
            self._refuse(400, "Bad Request")
            return None

    def _body(self) -> bytes | None:
        """Return the body of a request, None where it was refused."""
        if "transfer-encoding" in self.headers:
            self._refuse(411, "Length Required")
            return None
        length = self.headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length) > BIGGEST:
            self._refuse(400, "Bad Content-Length")
            return None
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True
            return None
        return body

    def _refuse(self, status: int, words: str) -> None:
        """Answer what is no request, and close: what follows can't be told apart."""
        self.send_error(status, words)
        self.close_connection = True

    def _give(self, reply: Reply) -> None:
        if reply.arrives and reply.arrives != CUT:
            self._hang_up()
            return
        body = reply.answer.body
        self._give_head(reply.answer)
        if self.command != "HEAD":
            self.wfile.write(half(body) if reply.arrives else body)
        self.wfile.flush()
        if reply.arrives:
            self._hang_up()

    def _give_head(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            if name.lower() not in ("content-length", "date", "server", "connection"):
                self.send_header(name, value)
        if answer.status not in (204, 304):
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet: the client says what it got."""
