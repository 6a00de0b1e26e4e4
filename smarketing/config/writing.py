"""Writes config.yaml: a new one with comments, and single values into one that is there.

An edit replaces or adds the named values alone; comments, order and every other byte stay.
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from smarketing.problems import Problems, UserError
from smarketing.text.suggestion import did_you_mean
from smarketing.yamlfiles.file import MOST_BYTES, read_text
from smarketing.yamlfiles.parse import parse
from smarketing.yamlfiles.values import plain, rendered, rendered_key, with_part, with_value

SCHEMA_FILE = ".smarketing/config.schema.json"
"""Where editors find the schema, beside the config."""

_BOM = "\ufeff"
_SECTIONS: tuple[tuple[str, str], ...] = (
    ("extends", "takes over people, teams and tools of that file"),
    ("id", "this workspace for ever; never change it"),
    ("workspace", "what people call it; change it freely"),
    ("playbook", "a shipped name, or a folder"),
    ("edition", "the edition of the playbook"),
    ("start", "day 1 of the playbook's dates"),
    ("timezone", "the zone of all times of day"),
    ("holidays", "public holidays: days, a country like GB, a calendar file"),
    ("quiet", "when no digest goes: hours and days"),
    ("domains", "people outside these need a line under `guests:`"),
    ("guests", "people from outside that belong here"),
    ("inputs", "answers to the playbook's questions"),
    ("people", "who is here; give who goes a `left:` and keep the line"),
    ("teams", "which role of the playbook a team plays, who leads it, who is in it"),
    ("owners", "who acts for a role, where that is not the lead of its first team"),
    ("use", "which tool holds a section of the playbook; missing = local"),
    ("parts", "only these parts of the playbook"),
    ("template", "further workspaces may be copied from this one"),
    ("existing", "what is there already, by address"),
    ("integrations", "settings of each tool; never a secret"),
)


def write_new(path: Path, values: Mapping[str, Any]) -> None:
    """Write a new config with these values, and the schema that editors complete it from.

    A name like `inputs.company` leads into a mapping, as in set_values.
    A file that is already there is never replaced.
    """
    from smarketing.config.schema import config_schema

    text = new_config(values)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="") as opened:
            opened.write(text)
    except FileExistsError:
        raise UserError(f"{path} is already there. Move it away to write a new one.") from None
    schema = path.parent / SCHEMA_FILE
    schema.parent.mkdir(exist_ok=True)
    schema.write_text(json.dumps(config_schema(), indent=1) + "\n", encoding="utf-8", newline="\n")


def new_config(values: Mapping[str, Any]) -> str:
    """Return the text of a new config with these values, a comment beside each."""
    wanted: Any = {}
    for name, value in values.items():
        if value is not None:
            wanted = with_part(wanted, name.split("."), plain(value))
    comments = dict(_SECTIONS)
    for name in wanted.keys() - comments.keys():
        raise UserError(f"'{name}' is no option of a config. {did_you_mean(name, comments)}")
    lines = [f"# yaml-language-server: $schema={SCHEMA_FILE}"]
    for name in sorted(wanted, key=list(comments).index):
        lines += _section(name, wanted[name], comments[name])
    text = "\n".join(lines) + "\n"
    _check(text, wanted)
    return text


def _section(name: str, value: Any, comment: str) -> Iterator[str]:
    if not isinstance(value, dict) or not value:
        yield f"{name}: {rendered(value)}".ljust(27) + f" # {comment}"
        return
    yield f"{name}:".ljust(27) + f" # {comment}"
    for key, one in value.items():
        yield f"  {rendered_key(key)}: {rendered(one)}"


def set_values(path: Path, values: Mapping[str, Any] | Mapping[tuple[str, ...], Any]) -> None:
    """Write values into a config in place; a name like `inputs.company` leads to each, `parts.1`
    to the second entry of a list that is there.

    A tuple leads to a value below a key that has a dot in it.
    """

    def written(text: str) -> str:
        for name, value in values.items():
            steps = tuple(name.split(".")) if isinstance(name, str) else name
            text = with_value(text, steps, value, str(path))
        return text

    rewrite(path, written)


def rewrite(path: Path, edit: Callable[[str], str]) -> None:
    """Replace the text of a config by what `edit` makes of it."""
    real = path.resolve()
    before = _raw(real)
    text = edit(before.removeprefix(_BOM))
    if _BOM + text != before and text != before:
        _replace(real, _BOM + text if before.startswith(_BOM) else text)


def _check(text: str, values: Mapping[str, Any]) -> None:
    try:
        if parse(text, "config.yaml").data == values:
            return
    except Problems:
        pass
    raise UserError("A value can't be written to config.yaml: it holds control characters.")


def _raw(path: Path) -> str:
    text = read_text(path, MOST_BYTES)
    with path.open("rb") as opened:
        return _BOM + text if opened.read(3) == b"\xef\xbb\xbf" else text


def _replace(path: Path, text: str) -> None:
    """Replace the file as a whole, so that nobody ever finds half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".config-", suffix=".tmp")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(text.encode("utf-8"))
            opened.flush()
            os.fsync(opened.fileno())
        fresh.chmod(path.stat().st_mode & 0o777)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
