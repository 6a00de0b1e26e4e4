"""Makes an editable copy of a shipped playbook, which remembers what it is a copy of."""

import os
import shutil
import tempfile
from pathlib import Path

from smarketing.config.writing import new_config
from smarketing.edition.merging import PLAYBOOK, files_of
from smarketing.playbook.shipped import Editions
from smarketing.problems import UserError
from smarketing.yamlfiles.entries import entry, removal, tried
from smarketing.yamlfiles.parse import parse
from smarketing.yamlfiles.values import with_value


def copy_playbook(editions: Editions, edition: int, target: Path) -> None:
    """Copy an edition into a folder that is not there yet: all of it, or nothing."""
    if target.exists() or target.is_symlink():
        raise UserError(f"{target} is there already. Name another folder for the copy.")
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=target.parent, prefix=".playbook-"))
    try:
        for name, raw in files_of(editions.folders[edition]).items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            whole = raw if name != PLAYBOOK else _marked(raw.decode(), editions.name, edition)
            path.write_bytes(whole)
        fresh.chmod(0o755)
        os.rename(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _marked(text: str, name: str, edition: int) -> bytes:
    """Return the playbook's file with a line that says what it is a copy of."""
    text = with_value(text, ("edition",), edition, PLAYBOOK)
    source = parse(text, PLAYBOOK)
    lines = entry(source, ("edition",))
    at = lines.end if lines else len(text)
    line = (
        f"copy-of: {name}".ljust(27) + " # `smarketing playbook merge` brings later editions in\n"
    )
    marked = text[:at] + line + text[at:]
    wanted = {**source.data, "copy-of": name}
    done = tried(source, [marked, with_value(text, ("copy-of",), name, PLAYBOOK)], wanted)
    return (done or source).text.encode()


def using_copy(text: str, folder: str, file: str) -> str:
    """Return the text of a config that uses the copy: its own file says which edition it is."""
    source = parse(with_value(text, ("playbook",), folder, file), file)
    edition = source.data.get("edition")
    if edition is None:
        return source.text
    rest = {name: value for name, value in source.data.items() if name != "edition"}
    ours = parse(new_config({"edition": edition}), file)
    return (tried(source, removal(source, ("edition",), ours), rest) or source).text
