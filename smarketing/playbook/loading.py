"""Loads a playbook: finds its folder, reads its files, and tells all that is wrong with them."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from smarketing.playbook.leaks import leaks
from smarketing.playbook.playbook import Playbook
from smarketing.playbook.references import broken_references
from smarketing.playbook.shipped import shipped_editions, shipped_playbooks
from smarketing.playbook.textfiles import read_texts
from smarketing.problems import Problem, Problems, UserError
from smarketing.text.suggestion import did_you_mean
from smarketing.yamlfiles.datapath import Path_
from smarketing.yamlfiles.file import read
from smarketing.yamlfiles.parse import without_collecting
from smarketing.yamlfiles.validation import MOST_PROBLEMS, one_per_place, validate


def load_playbook(name_or_folder: str, relative_to: Path, edition: int | None = None) -> Playbook:
    """Load a shipped playbook by name, or one in a folder; raise Problems with all it has.

    `edition` is that of a shipped one, None for the newest.
    """
    folder, shown_as = find_playbook(name_or_folder, relative_to, edition)
    with without_collecting():
        return _loaded(folder, shown_as)


def _loaded(folder: Path, shown_as: str) -> Playbook:
    source = read(folder / "playbook.yaml", f"{shown_as}/playbook.yaml")
    playbook, problems = validate(Playbook, source.data, lambda _: source)
    problems += islice(leaks(source), MOST_PROBLEMS)
    if playbook and playbook.copy_of and playbook.edition is None:
        words = "A copy has to say which edition it was made of."
        problems.append(source.key_problem(("copy-of",), words, "Add a line 'edition: 1'."))
    if playbook is None:
        raise Problems(one_per_place(problems))
    texts, unreadable = read_texts(folder, shown_as, _named_texts(playbook), source)
    problems += [*unreadable, *islice(broken_references(playbook, source), MOST_PROBLEMS)]
    if problems:
        raise Problems(one_per_place(problems))
    playbook.was_read_from(source, folder, texts)
    return playbook


def find_playbook(
    name_or_folder: str, relative_to: Path, edition: int | None = None
) -> tuple[Path, str]:
    """Return the folder of a playbook and how to name it in problems.

    `edition` is that of a shipped one, None for the newest.
    """
    if editions := shipped_editions(name_or_folder):
        number = editions.newest if edition is None else edition
        if number not in editions.folders:
            raise UserError(" ".join(editions.missing(number)))
        return editions.folders[number], editions.shown_as(number)
    try:
        folder = relative_to / Path(name_or_folder).expanduser()
        if _is_inside(folder / "playbook.yaml", folder):
            return folder, name_or_folder.rstrip("/\\") or "/"
    except (OSError, ValueError, RuntimeError):
        pass
    words = "There is no playbook of this name, nor a folder with a playbook.yaml in it."
    instead = did_you_mean(name_or_folder, sorted(shipped_playbooks()))
    raise Problems([Problem(f"{name_or_folder[:200]}/playbook.yaml", 1, 1, words, instead)])


def _is_inside(file: Path, folder: Path) -> bool:
    return file.is_file() and file.resolve().is_relative_to(folder.resolve())


def _named_texts(playbook: Playbook) -> Iterator[tuple[Path_, str]]:
    for key, document in playbook.documents.items():
        yield ("documents", key, "text"), document.text
    for key, board in playbook.boards.items():
        for name, card in board.cards.items():
            if card.text:
                yield ("boards", key, "cards", name, "text"), card.text
    for key, meeting in playbook.meetings.items():
        if meeting.notes is not None:
            yield ("meetings", key, "notes", "agenda"), meeting.notes.agenda
