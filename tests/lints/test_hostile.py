"""Whatever stands in a playbook, lints answer soon and never fail."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from smarketing.lints.glossary import read_glossary
from smarketing.lints.goals import Goal, lacking
from smarketing.lints.personas import persona_without_owner
from smarketing.lints.placed import lines_of_file
from smarketing.lints.promises import promises_without_clock
from smarketing.lints.said import Prose, Title
from smarketing.lints.words import labels_outside_glossary, words_to_avoid, words_used_twice

GLOSSARY = "# G\n\n## Lead\n\n**Say** lead. **Not** contact, a.b (c, [d, MQL.\n\n## \n\n## Lead\n"

_SIGNS = (
    "a b 1 , . ; : | || --- ** * _ ` ``` ~~~ ( ) [ ] {{ }} {% %} # ## ### - > · ' \" “ ” \n \t \r €5 5% 1/0 "
    "99/99/9999 one in from to by the end of Q9 owner Owner: Say Not **Say** **Not** lead MQL Sales must when \\ "
    "\u2028 \x85 ß İ ﬁ ２ 𝟚 é"
)
_PIECES = st.sampled_from(_SIGNS.split(" "))
TEXTS = st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map(" ".join))


def everything(text: str) -> list[Any]:
    """Run every lint on a text, in each place that it may have."""
    lines = lines_of_file("f.md", text)
    titles = [
        Title(kind, str(n), "b", lines[-1]) for n, kind in enumerate(("label", "card", "list"))
    ]
    found: list[Any] = list(lacking(Goal(text))) + list(lacking(Goal("", text, text, text, text)))
    found += promises_without_clock(lines, ("sales", text[:20]), {"a": text})
    found += persona_without_owner(text[:20], lines)
    for glossary in (read_glossary(lines), read_glossary(lines_of_file("g.md", GLOSSARY))):
        found += labels_outside_glossary(titles, glossary)
        found += words_to_avoid(titles, [Prose("f", "", lines)], glossary)
        found += words_used_twice(titles, glossary)
    return found


@given(TEXTS)
@example("")
@example("|")
@example("| |\n|-|\n| ")
@example("## ·\n**Not** ,;/ (")
@settings(max_examples=60, deadline=None)
def test_no_text_makes_a_lint_fail_and_each_place_is_in_the_text(text: str) -> None:
    count = len(lines_of_file("f.md", text))
    for one in everything(text):
        if not isinstance(one, str):
            assert one.line <= max(count, GLOSSARY.count("\n") + 1)
            assert one.column >= 1


_LONG: dict[str, Callable[[], str]] = {
    "numbers": lambda: "one in " * 3000,
    "digits": lambda: "1," * 8000,
    "names": lambda: "Ana and " * 2500,
    "heads": lambda: "head of a b c d " * 1200,
    "edges": lambda: "by the end of " * 1500,
    "tags": lambda: "{{" * 8000 + "{%" * 8000,
    "links": lambda: "](" * 8000,
    "quotes": lambda: "“" * 8000 + ' "' * 8000,
    "bold": lambda: "**Say** " * 2500,
    "bars": lambda: "|" * 16000,
    "blanks": lambda: " " * 16000 + "x",
    "lines": lambda: "\n" * 16000,
}


@pytest.mark.parametrize("name", _LONG)
def test_a_text_made_to_be_slow_is_read_in_a_moment(name: str) -> None:
    started = time.process_time()
    everything(_LONG[name]())
    assert time.process_time() - started < 3
