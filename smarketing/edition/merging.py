"""Merges another edition of a shipped playbook into a copy that a person changed.

Three folders are laid side by side: the edition that the copy was made of, the one to come, and
the copy. Nothing that the person wrote is lost; where both changed one thing theirs stands.
"""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from smarketing.kinds import Merge
from smarketing.merging.merge import Clash, merge
from smarketing.playbook.loading import load_playbook
from smarketing.playbook.playbook import Playbook
from smarketing.playbook.shipped import EARLIER, Editions, shipped_editions
from smarketing.playbook.textfiles import is_text_file
from smarketing.problems import Problems, UserError
from smarketing.text.markdown import line_end, with_line_end
from smarketing.yamlfiles.lists import BOTH, DELETED, EDITED
from smarketing.yamlfiles.merging import Open, Taken, merge_yaml
from smarketing.yamlfiles.parse import parse
from smarketing.yamlfiles.source import Source

PLAYBOOK = "playbook.yaml"
NEEDED = "the edition takes this out, and your playbook needs it"
_BOM = b"\xef\xbb\xbf"

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class MergedPlaybook:
    """What a merge would make of a copy.

    `files` are the new contents by path, None for one that goes, in the order to write them;
    `before` is what these hold now. `open` says where the person's stands, by file.
    """

    playbook: str
    before_edition: int
    edition: int
    files: Mapping[str, bytes | None] = field(default_factory=dict)
    before: Mapping[str, bytes | None] = field(default_factory=dict)
    taken: tuple[Taken, ...] = ()
    open: tuple[tuple[str, Open], ...] = ()


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the files of a playbook by path, without its earlier editions and hidden ones."""
    found = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        aside = parts[0] == EARLIER or any(part.startswith((".", "__")) for part in parts)
        if not aside and path.is_file():
            found["/".join(parts)] = path.read_bytes()
    return found


def merge_edition(
    shown_as: str, relative_to: Path, edition: int | None = None
) -> tuple[Path, MergedPlaybook]:
    """Return the folder of a copy and what merging an edition, else the newest, makes of it.

    Nothing is written. Raise what a person can mend: a folder that is no copy, an edition that is not there, a
    copy or a result that is no good playbook.
    """
    # A folder may have the name of a shipped playbook.
    apart = shown_as if "/" in shown_as else f"./{shown_as}"
    copy = load_playbook(apart, relative_to)
    folder = copy.folder
    editions, was = _origin(copy, shown_as)
    number = editions.newest if edition is None else edition
    for asked in (was, number):
        if asked not in editions.folders:
            raise UserError(" ".join(editions.missing(asked)))
    if number == was:
        return folder, MergedPlaybook(editions.name, was, number)
    base, theirs = (files_of(editions.folders[each]) for each in (was, number))
    mine = {name: raw for name in {**base, **theirs} if (raw := _raw(folder, name)) is not None}
    problems: Problems | None = None
    for remove in (True, False):
        merged = _merged(base, theirs, mine, remove)
        try:
            _check(copy, mine, merged.files)
        except Problems as error:
            problems = problems or error
            continue
        found = replace(merged, playbook=editions.name, before_edition=was, edition=number)
        return folder, found
    told = "\n".join(f"  {problem}" for problem in problems.problems) if problems else ""
    raise UserError(
        f"With edition {number} in it {shown_as} would have these problems, so nothing was "
        f"changed:\n{told}\nThe lines are those of the merged file. Mend in your copy what they "
        "name, and run this again."
    )


def _origin(copy: Playbook, shown_as: str) -> tuple[Editions, int]:
    """Return the editions of what this is a copy of, and the one it was made of."""
    if copy.copy_of is None or copy.edition is None:
        raise UserError(
            f"{shown_as} is no copy of a shipped playbook: its {PLAYBOOK} has no lines "
            "'copy-of: ...' and 'edition: ...'. `smarketing playbook copy` makes one; if you "
            "copied the folder by hand, write both lines yourself."
        )
    editions = shipped_editions(copy.copy_of)
    if editions is None:
        raise UserError(f"No playbook of the name {copy.copy_of} comes with this smarketing.")
    return editions, copy.edition


def _raw(folder: Path, name: str) -> bytes | None:
    path = folder / name
    if not path.is_file():
        return None
    if path.is_symlink():
        raise UserError(f"{path} is a link: put the file itself there, and run this again.")
    return path.read_bytes()


def _merged(base: Files, theirs: Files, mine: Files, remove: bool) -> MergedPlaybook:
    text, taken, open_ = _yaml(base, theirs, mine, remove)
    named = set(_texts(parse(text.decode("utf-8-sig"), PLAYBOOK).data))
    files: dict[str, bytes | None] = {}
    gone: dict[str, None] = {}
    for name in sorted((base.keys() | theirs.keys()) - {PLAYBOOK}):
        new, found = _file(name, base.get(name), theirs.get(name), mine.get(name))
        if new is None and name in mine and (name in named or not remove):
            new, found = mine[name], [Open("", NEEDED, "this file", "")]
        if new is None and name not in mine and name in named and name in theirs:
            new, found = theirs[name], []
        open_ += [(name, each) for each in found]
        if new is None and name in mine:
            gone[name] = None
        elif new != mine.get(name):
            files[name] = new
    # The playbook's own file says which edition this is: after a crash before it, the same merge
    # runs again, and changes nothing of what is merged already.
    if text != mine[PLAYBOOK]:
        files[PLAYBOOK] = text
    files |= gone
    before = {name: mine.get(name) for name in files}
    return MergedPlaybook("", 0, 0, files, before, taken, tuple(open_))


def _yaml(
    base: Files, theirs: Files, mine: Files, remove: bool
) -> tuple[bytes, tuple[Taken, ...], list[tuple[str, Open]]]:
    sources = [_source(files[PLAYBOOK]) for files in (base, theirs, mine)]
    merged = merge_yaml(*sources, remove=remove)
    open_ = [(PLAYBOOK, each) for each in merged.open]
    if not remove:
        wished = merge_yaml(*sources)
        kept = [each for each in wished.taken if each.verb == "taken out"]
        open_ += [(PLAYBOOK, _kept(each, merged.text)) for each in kept]
    return _encoded(merged.text, mine[PLAYBOOK]), merged.taken, open_


def _kept(taken: Taken, text: str) -> Open:
    line, _ = parse(text, PLAYBOOK).key_mark(*taken.path)
    return Open(" › ".join(taken.path), NEEDED, "", "", line)


def _source(raw: bytes) -> Source:
    return parse(raw.decode("utf-8-sig"), PLAYBOOK)


def _encoded(text: str, like: bytes) -> bytes:
    return (_BOM if like.startswith(_BOM) else b"") + text.encode()


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for each in data.values() if isinstance(data, dict) else data:
            yield from _texts(each)


def _file(
    name: str, base: bytes | None, theirs: bytes | None, mine: bytes | None
) -> tuple[bytes | None, list[Open]]:
    """Return what one file becomes, None for none, and where the person's stands in it."""
    if _alike(base, theirs) or _alike(mine, theirs):
        return mine, []
    if mine is None:
        found = [Open("", DELETED, "", "")] if base is not None and theirs is not None else []
        return (theirs if base is None else None), found
    if _alike(mine, base):
        return (None if theirs is None else _ended_as(theirs, mine)), []
    if theirs is None:
        return mine, [Open("", EDITED, "this file", "")]
    texts = [_text(raw) for raw in (base, theirs, mine)]
    if base is None or not is_text_file(name) or None in texts:
        return mine, [Open("", BOTH, "this file", "see that edition's own file")]
    was, now, own = (text or "" for text in texts)
    merged = merge(Merge.BLOCKS, was, now, own, stands="now")
    text = merged.value if isinstance(merged.value, str) else own
    return _encoded(text, mine), [_clash(clash, text) for clash in merged.clashes]


def _text(raw: bytes | None) -> str | None:
    try:
        return None if raw is None else raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _alike(a: bytes | None, b: bytes | None) -> bool:
    """Compare files without their line ends."""
    if a is None or b is None:
        return a is b
    return _plain(a) == _plain(b)


def _plain(raw: bytes) -> bytes:
    return raw.removeprefix(_BOM).replace(b"\r\n", b"\n")


def _ended_as(raw: bytes, like: bytes) -> bytes:
    text, own = _text(raw), _text(like)
    if text is None or not own or line_end(own) != "\r\n":
        return raw
    return _encoded(with_line_end(text, "\r\n"), like)


def _clash(clash: Clash, text: str) -> Open:
    for words in (clash.anchor, clash.stands):
        if words and (at := text.find(words)) >= 0:
            line = text.count("\n", 0, at) + 1
            return Open("", BOTH, clash.stands.strip(), clash.yields.strip(), line)
    return Open("", BOTH, clash.stands.strip(), clash.yields.strip())


def _check(copy: Playbook, mine: Files, files: Mapping[str, bytes | None]) -> None:
    """Raise Problems if the copy is no good playbook with these files in it."""
    with tempfile.TemporaryDirectory(prefix="smarketing-") as name:
        trial = Path(name) / copy.folder.name
        for file in {*copy.texts, *mine, *files}:
            raw = files[file] if file in files else (copy.folder / file).read_bytes()
            if raw is not None:
                (trial / file).parent.mkdir(parents=True, exist_ok=True)
                (trial / file).write_bytes(raw)
        load_playbook(f"./{trial.name}", trial.parent)


def unchanged(folder: Path, merged: MergedPlaybook) -> None:
    """Raise if somebody changed a file of the copy since it was read."""
    for name, was in merged.before.items():
        if _raw(folder, name) != was:
            raise UserError(
                f"{folder / name} was changed in the meantime. Nothing was merged: run it again."
            )
