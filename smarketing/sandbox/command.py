"""The body of `smarketing sandbox`: starts one, says how to use it, serves until it is stopped."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from threading import Thread
from time import sleep
from urllib.request import ProxyHandler, build_opener

from smarketing.problems import UserError
from smarketing.sandbox import configfolder, found
from smarketing.sandbox.cast import cast
from smarketing.sandbox.clock import Clock
from smarketing.sandbox.configfolder import ConfigFolder
from smarketing.sandbox.control import ROOT
from smarketing.sandbox.sandbox import Sandbox
from smarketing.sandbox.server import Server
from smarketing.standin import World

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line; port 0 is a free one, no vendors are all."""

    port: int = 0
    folder: Path | None = None
    vendors: tuple[str, ...] = ()
    latency: float = 0.0
    switches: tuple[str, ...] = ()


def serve(wanted: Wanted, say: Say) -> None:
    """Serve a sandbox until Ctrl-C or SIGTERM; `say` is given each line for people."""
    sandbox = made(wanted)
    old = ConfigFolder(wanted.folder) if wanted.folder else None
    if old:
        old.clear()
    token = token_hex(32) if wanted.folder else ""
    with _listening(sandbox, wanted.port, token) as server, _terminable():
        written = None
        try:
            if wanted.folder:
                use = configfolder.uses(_kinds([i.name for i in sandbox.stand_ins]))
                written = configfolder.write(wanted.folder, sandbox, server.url, token, use)
            for line in told(sandbox, server.url, wanted.folder):
                say(line)
            _wait()
        except KeyboardInterrupt:
            say("Stopped. What was in the sandbox is gone.")
        finally:
            if written:
                written.remove()


def made(wanted: Wanted) -> Sandbox:
    """Return a new sandbox whose clock runs, and can be moved."""
    clock = Clock()
    world = World(clock.now, cast(), frozenset(wanted.switches))
    stand_ins = found.stand_ins(wanted.vendors or found.names(), world)
    found.check_switches(wanted.switches, stand_ins)
    sandbox = Sandbox(world, stand_ins, clock=clock)
    sandbox.latency = wanted.latency
    return sandbox


def told(sandbox: Sandbox, url: str, folder: Path | None) -> Iterator[str]:
    """Yield what a person needs to know."""
    vendors = " and ".join(i.name for i in sandbox.stand_ins)
    people = ", ".join(person.name for person in sandbox.world.people)
    yield f"A sandbox of {vendors} listens at {url}, for this computer alone."
    yield f"It knows {people}. What is put into it is gone when it ends."
    yield f"Open {url} in a browser to see what is in it, and to change it as one of them."
    if folder is None:
        yield "With --write-config DIR it writes a config that leads to it, and its people's tokens."
    else:
        config = folder / configfolder.CONFIG
        yield f'Try it:  smarketing apply --config "{config}"'
        yield (
            f"{folder / configfolder.CONTROL} holds everybody's tokens, to change things as a "
            f"member does, and the one for {url}{ROOT}"
        )
    yield "Stop it with Ctrl-C."


@contextmanager
def _listening(sandbox: Sandbox, port: int, token: str) -> Iterator[Server]:
    """Serve in a thread of its own from the moment that the port answers."""
    with _server(sandbox, port, token) as server:
        thread = Thread(target=server.serve_forever, args=(0.1,), daemon=True)
        thread.start()
        try:
            _answers(server.url)
            yield server
        finally:
            server.shutdown()
            thread.join()


def _server(sandbox: Sandbox, port: int, token: str) -> Server:
    try:
        return Server(sandbox, port, token)
    except OSError as error:
        raise UserError(f"Port {port} can't be used: {error.strerror}. Try another.") from None


def _answers(url: str) -> None:
    """Return once the port answers; a proxy of the environment is not asked."""
    opener = build_opener(ProxyHandler({}))
    opener.open(f"{url}{ROOT}ready", timeout=10).close()


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM end it as Ctrl-C does."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _wait() -> None:
    """Wait for a signal, in short waits: a long one can't be interrupted everywhere."""
    while True:
        sleep(0.5)


def _kinds(vendors: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the kinds that each vendor's integration can hold."""
    from smarketing.account import registry

    loaded = registry.Loaded({}, Path.cwd(), vendors)
    return {name: tuple(one.manifest.kinds) for name, one in loaded.items()}
