"""Problems in what a user wrote: where, what is wrong, what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem at one place. `line` and `column` count from 1; 0 if there is no place."""

    file: str
    line: int
    column: int
    message: str
    instead: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}: " if self.line else f"{self.file}: "
        if not self.file:
            where = ""
        return where + self.message + (f" {self.instead}" if self.instead else "")


class Problems(Exception):  # noqa: N818 - it holds problems; "ProblemsError" says less
    """All problems of the user's files at once, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UserError(Exception):
    """Something the user can mend. The message says what happened and what to do."""


class Held(UserError):  # noqa: N818 - the workspace is held
    """Another run holds the workspace."""
