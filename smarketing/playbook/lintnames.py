"""The names of the lints, as advice shows them and `ignore:` takes them."""

from typing import Literal, get_args

LintName = Literal[
    "goal-without-number",
    "promise-without-clock",
    "persona-without-owner",
    "label-outside-glossary",
    "word-to-avoid",
    "word-used-twice",
]

NAMES: tuple[LintName, ...] = get_args(LintName)
