"""The errors of the YAML parser in the words of a person who never heard of it."""

import re

import yaml

_VALUE = re.compile(r"^(?P<before>\s*(?:- +)*(?P<key>[^\s:'\"#\[\]{},][^:]*): +)(?P<value>.*?)\s*$")


class Trouble(Exception):  # noqa: N818 - a part of a problem, not yet with line and column
    """Something wrong at an offset of a text."""

    def __init__(self, offset: int, message: str, instead: str = "") -> None:
        self.offset = offset
        self.message = message
        self.instead = instead
        super().__init__(message)


def in_words(error: yaml.YAMLError, text: str) -> Trouble:
    """Return the parser's error as a person would say it, at the place to mend."""
    problem = str(getattr(error, "problem", None) or "")
    at = _offset(getattr(error, "problem_mark", None), 0)
    context = _offset(getattr(error, "context_mark", None), at)
    for sign, tell in _SIGNS:
        if sign in problem:
            return tell(text, at, context)
    return Trouble(min(at, len(text)), "This can't be read as YAML.", "Check quotes and spaces.")


def _offset(mark: object, otherwise: int) -> int:
    index = getattr(mark, "index", None)
    return index if isinstance(index, int) else otherwise


def _line_at(text: str, at: int) -> tuple[int, str]:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return start, text[start : end if end >= 0 else len(text)]


def _parts(line: str) -> re.Match[str] | None:
    """Return name and value of a line; a very long one is nobody's to mend by example."""
    return _VALUE.match(line) if len(line) <= 300 else None


def _quoted(line: str) -> str:
    """Return the line as it would be right, its value in quotes."""
    parts = _parts(line)
    if parts is None:
        return ""
    value = parts["value"]
    if len(value) > 2 and value[0] == value[-1] == "'":
        value = value[1:-1]
    in_quotes = f'"{value}"' if "'" in value and not re.search(r'["\\]', value) else None
    if in_quotes is None:
        in_quotes = "'" + value.replace("'", "''") + "'"
    return f"Write: {parts['key'].strip()}: {in_quotes}"


def _second_colon(text: str, at: int, context: int) -> Trouble:
    start, line = _line_at(text, at)
    parts = _parts(line)
    if parts and at - start >= parts.end("before"):
        words = "A text with ': ' inside needs quotes around all of it."
        return Trouble(start + parts.start("value"), words, _quoted(line))
    if ": " in line[: at - start]:
        return Trouble(at, "A text with ': ' inside needs quotes around all of it.")
    above, line_above = _line_at(text, max(0, start - 1))
    if re.match(r"\s*[\w-]+:[^\s/]", line_above):
        return _no_space(above, line_above)
    words = "This line is indented further than the line above allows."
    return Trouble(at, words, "Line it up with its neighbours.")


def _no_space(start: int, line: str) -> Trouble:
    words = "A ':' needs a space after it."
    return Trouble(
        start + line.index(":"), words, f"Write: {line.strip()[:80].replace(':', ': ', 1)}"
    )


def _unclosed_quote(text: str, at: int, context: int) -> Trouble:
    words = "The quote that opens here is never closed."
    return Trouble(context, words, f"Put a {text[context : context + 1]} at the end of the text.")


def _out_of_line(text: str, at: int, context: int) -> Trouble:
    start, line = _line_at(text, at)
    parts = _parts(line)
    value = parts["value"] if parts else ""
    if parts and value[:1] in ("'", '"', "{", "[") and at - start > parts.start("value"):
        words = f"The text goes on after its closing {_CLOSING[value[0]]}."
        return Trouble(start + parts.start("value"), words, _quoted(line))
    if line.lstrip().startswith(":"):
        return Trouble(at, "There is no name before this ':'.", "Write: name: value")
    words = "This line does not line up with the lines above."
    return Trouble(at, words, "Indent it like its neighbours, with spaces.")


_CLOSING = {"'": "quote", '"': "quote", "{": "'}'", "[": "']'"}


def _dash(text: str, at: int, context: int) -> Trouble:
    start, line = _line_at(text, at)
    parts = _parts(line)
    if parts and at - start >= parts.end("before"):
        return _name_sign(text, at, at)
    words = "This line stands among list lines but has no '- ' or another indentation."
    return Trouble(at, words, "Indent it like its neighbours.")


def _bad_start(text: str, at: int, context: int) -> Trouble:
    if text[at : at + 1] == "\t":
        return _tab(text, at, context)
    words = f"A text can't begin with '{text[at : at + 1]}' without quotes."
    return Trouble(at, words, _quoted(_line_at(text, at)[1]))


def _tab(text: str, at: int, context: int) -> Trouble:
    return Trouble(at, "There is a tab here.", "Indent with spaces.")


def _name_sign(text: str, at: int, context: int) -> Trouble:
    words = (
        f"A text that begins with '{text[context : context + 1]}' needs quotes around all of it."
    )
    return Trouble(context, words, _quoted(_line_at(text, context)[1]))


def _unclosed_bracket(text: str, at: int, context: int) -> Trouble:
    opening = text[context : context + 1]
    closing = "]" if opening == "[" else "}"
    words = f"The '{opening}' that opens here is not closed, or a ',' is missing in it."
    return Trouble(
        context, words, f"Close it with '{closing}'; a text with '{opening}' needs quotes."
    )


def _no_colon(text: str, at: int, context: int) -> Trouble:
    start, line = _line_at(text, context)
    if re.match(r"\s*[\w-]+:[^\s/]", line):
        return _no_space(start, line)
    words = "There is no ':' in this line."
    return Trouble(context, words, "A line says 'name: value', or '- text' in a list.")


def _escape(text: str, at: int, context: int) -> Trouble:
    words = "A '\\' inside double quotes has a meaning of its own."
    return Trouble(context, words, "Put the text in single quotes.")


def _block(text: str, at: int, context: int) -> Trouble:
    words = f"After '{text[context : context + 1]}' the text has to begin on the next line."
    return Trouble(context, words, _quoted(_line_at(text, context)[1]))


def _unexpected(text: str, at: int, context: int) -> Trouble:
    words = f"'{text[at : at + 1].strip()}' is not expected here."
    return Trouble(at, words, "Put a text that begins like this in quotes.")


def _directive(text: str, at: int, context: int) -> Trouble:
    return Trouble(context, "A line can't begin with '%'.", "Put the text in quotes.")


def _too_deep(text: str, at: int, context: int) -> Trouble:
    return Trouble(at, "This is nested far too deep.", "Use fewer levels.")


_SIGNS = (
    ("mapping values are not allowed", _second_colon),
    ("found unexpected end of stream", _unclosed_quote),
    ("found unexpected document indicator", _unclosed_quote),
    ("did not find expected key", _out_of_line),
    ("expected <block end>", _out_of_line),
    ("did not find expected '-' indicator", _dash),
    ("cannot start any token", _bad_start),
    ("tab character", _tab),
    ("alphabetic or numeric character", _name_sign),
    ("did not find expected ',' or", _unclosed_bracket),
    ("could not find expected ':'", _no_colon),
    ("block sequence entries are not allowed", _dash),
    ("mapping keys are not allowed", _dash),
    ("escape c", _escape),
    ("hexdecimal", _escape),
    ("expected comment or line break", _block),
    ("did not find expected node content", _unexpected),
    ("directive", _directive),
    ("nesting", _too_deep),
)
