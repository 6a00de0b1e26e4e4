"""Advice: like a problem, but it stops nobody."""

from dataclasses import dataclass

from smarketing.lints.placed import Line
from smarketing.playbook.lintnames import LintName
from smarketing.problems import Problem


@dataclass(frozen=True, slots=True, order=True)
class Advice(Problem):
    """What one lint has to say about one place; `lint` is its name, as `ignore:` takes it."""

    lint: LintName = "goal-without-number"

    def __str__(self) -> str:
        return f"{Problem.__str__(self)} ({self.lint})"


def advice(lint: LintName, line: Line, offset: int, message: str, instead: str) -> Advice:
    """Return advice on what stands at an offset into a line."""
    return Advice(line.file, line.line, line.column_of(offset), message, instead, lint)
