"""The errors of the YAML parser in the words of a person who never heard of it."""


import yaml


class Trouble(Exception):  # noqa: N818 - a part of a problem, not yet with line and column
    """Something wrong at an offset of a text."""

    def __init__(self, offset: int, message: str, instead: str = "") -> None:
        self.offset = offset
        self.message = message
        self.instead = instead
        super().__init__(message)


def in_words(error: yaml.YAMLError, text: str) -> Trouble:
    """Return the parser's error as a person would say it, at the place to mend."""
    return Trouble(0, str(error))
