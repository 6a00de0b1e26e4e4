"""vdirsyncer's round with nothing to do, over CalDAV, on as many items as so many W1 keep in step.

It syncs calendars of tasks between a server (Radicale) and a folder; both come into an
environment of their own, with nothing of ours in it.
"""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.peers import scripts_of
from bench.timing import Command, Run, environment, run

WANTED = ("vdirsyncer==0.21.0", "Radicale==3.9.0")
_USER = "bench"
_LONGEST = 3600.0

_TASK = """\
BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//bench//EN\r
BEGIN:VTODO\r
UID:{uid}\r
DTSTAMP:20261207T100000Z\r
SUMMARY:Card number {number}\r
STATUS:NEEDS-ACTION\r
END:VTODO\r
END:VCALENDAR\r
"""
_SERVER = """\
[server]
hosts = 127.0.0.1:{port}
[auth]
type = none
[storage]
filesystem_folder = {folder}
[logging]
level = info
"""
_CLIENT = """\
[general]
status_path = "{folder}/status/"
[pair tasks]
a = "server"
b = "folder"
collections = ["from a"]
[storage server]
type = "caldav"
url = "http://127.0.0.1:{port}/"
username = "bench"
password = "bench"
item_types = ["VTODO"]
[storage folder]
type = "filesystem"
path = "{folder}/here/"
fileext = ".ics"
"""


@dataclass(frozen=True, slots=True)
class Idle:
    """What one round with nothing to do took: requests that arrived, and the process."""

    version: str
    calls: int
    taken: Run


def idle(folder: Path, calendars: int, items: int) -> Idle | None:
    """Measure a round over so many calendars of so many items; None if it can't be installed."""
    scripts = _installed()
    if scripts is None:
        return None
    folder.mkdir(parents=True)
    _fill(folder / "server", calendars, items)
    port = _free_port()
    config = folder / "config"
    config.write_text(_CLIENT.format(folder=folder, port=port), encoding="utf-8")
    client = (str(scripts / "vdirsyncer"), "-c", str(config))
    with _serving(scripts, folder, port) as log:
        for words in ("discover", "sync"):
            subprocess.run(
                (*client, words), input="y\n" * (2 * calendars), check=True, capture_output=True,
                encoding="utf-8", env=environment(), timeout=_LONGEST,
            )  # fmt: skip
        before = _requests(log)
        taken = run(Command("vdirsyncer", (*client, "sync"), folder))
        return Idle(WANTED[0].replace("==", " "), _requests(log) - before, taken)


def _installed() -> Path | None:
    try:
        return scripts_of("vdirsyncer", WANTED)
    except subprocess.CalledProcessError:
        return None


def _fill(folder: Path, calendars: int, items: int) -> None:
    """Put calendars into the server's store, as it keeps them."""
    for calendar in range(calendars):
        place = folder / "collection-root" / _USER / f"c{calendar}"
        place.mkdir(parents=True)
        (place / ".Radicale.props").write_text('{"tag": "VCALENDAR"}', encoding="utf-8")
        for number in range(items):
            uid = f"c{calendar}-{number}"
            task = _TASK.format(uid=uid, number=number)
            (place / f"{uid}.ics").write_bytes(task.encode())


@contextmanager
def _serving(scripts: Path, folder: Path, port: int) -> Iterator[Path]:
    config, log = folder / "radicale.conf", folder / "radicale.log"
    config.write_text(_SERVER.format(port=port, folder=folder / "server"), encoding="utf-8")
    words = (str(scripts / "radicale"), "--config", str(config))
    with log.open("wb") as out, subprocess.Popen(words, stdout=out, stderr=out) as server:
        try:
            _wait_for(port)
            yield log
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("Radicale does not answer")


def _requests(log: Path) -> int:
    return log.read_text("utf-8", "replace").count(" request for ")


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
