"""File names that are safe everywhere, and values that survive the way to a file and back."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smarketing.contract import Names
from smarketing.integrations.local.filenames import LONGEST, file_stem, fold, free_name, slug
from smarketing.integrations.local.manifest import MANIFEST
from smarketing.integrations.local.mapping import as_hub, normalise, render
from smarketing.kinds import KINDS, Merge, Value

NAMES = Names(
    {
        "document:glossary": "Glossary.md",
        "document:olga": "Personas/Persona - Olga.md",
        "board:work/card:agree": "Work.md#^card-agree",
    },
    {
        "Glossary.md": "document:glossary",
        "Personas/Persona - Olga.md": "document:olga",
        "Work.md#^card-agree": "board:work/card:agree",
    },
    "Personas/Persona - Ben.md",
)
nasty = st.text(max_size=60) | st.lists(
    st.sampled_from(
        ["..", "/", "\\", ":", "CON", "nul", ".", " ", "\u202e", "\u2024", "\uff0f", "\u2215", "a",
         "\u0301", "COM\u00b9", "~", "\x00", "\u200b", "\ufe52", "*", "é", "🚀", "\n", "#", "lpt1"]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(nasty)
@settings(max_examples=300, deadline=None)
def test_a_file_name_is_safe_on_every_system(title: str) -> None:
    stem = file_stem(title)
    looks = unicodedata.normalize("NFKC", stem)
    assert stem
    assert not set('<>:"/\\|?*#^[]') & set(stem)
    assert not set('<>:"/\\|?*') & set(looks)
    assert not stem.startswith((".", " "))
    assert not stem.endswith((".", " "))
    assert len(stem.encode()) <= LONGEST + 1
    assert stem == unicodedata.normalize("NFC", stem)
    assert not any(unicodedata.category(char).startswith("C") for char in stem)
    assert not re.fullmatch(r"(con|prn|aux|nul|(com|lpt)\d)", looks.split(".")[0].strip().lower())
    assert file_stem(stem) == stem


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Persona: Olga", "Persona - Olga"),
        ("A/B test?", "A-B test-"),
        ("..", "Untitled"),
        ("CON", "CON_"),
        ("aux.txt", "aux_.txt"),
        ("Smarketing at Acme", "Smarketing at Acme"),
        ("10:00 call", "10-00 call"),
    ],
)
def test_a_title_stays_readable_as_a_name(title: str, stem: str) -> None:
    assert file_stem(title) == stem


def test_twins_in_any_case_get_a_number() -> None:
    assert free_name("Plan", ".md", ["plan.MD", "Plan (2).md"]) == "Plan (3).md"
    assert fold("Ｐlan.md") == fold("plan.md")


@given(st.text(max_size=20))
def test_a_tag_is_one_word_and_no_number(title: str) -> None:
    assert re.fullmatch(r"[\w/-]*[^\W\d][\w/-]*", slug(title)) or not slug(title).isdigit()
    assert slug(slug(title)) == slug(title)


def test_a_link_becomes_a_path_from_the_file_that_holds_it() -> None:
    text = "See [words](link:document:glossary), [her](link:document:olga) and [x](link:document:no).\n"
    rendered = render("document", "body", text, NAMES)
    assert rendered == (
        "See [words](../Glossary.md), [her](Persona%20-%20Olga.md) and [x](link:document:no).\n"
    )
    assert as_hub("document", "body", rendered, NAMES) == text
    card = render("page", "content", '<a href="link:board:work/card:agree">x</a>\n', NAMES)
    assert card == '<a href="../Work.md#^card-agree">x</a>\n'


def test_a_link_that_a_member_spelled_stays_as_it_is() -> None:
    text = (
        "[a](<../Glossary.md>) [b](https://x.example/a:b) [c](Nowhere.md) [d](./../Glossary.md)\n"
    )
    assert as_hub("document", "body", text, NAMES) == text


def test_a_task_in_a_description_is_no_checklist_item() -> None:
    assert render("card", "description", "- [ ] a\n- b", NAMES) == "* [ ] a\n- b"


def values(merge: Merge) -> st.SearchStrategy[Value]:
    words = nasty | st.sampled_from(
        ["[x](link:document:glossary)", "one\r\ntwo\n", "- [ ] x", "Phase (2)", "=1+1", "12"]
    )
    if merge is Merge.SET:
        return st.frozensets(words, max_size=3)
    return st.dictionaries(words, words, max_size=3) if merge is Merge.MAP else words


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_value_comes_back_from_its_file_as_the_hub_holds_it(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(MANIFEST.kinds)))
    name = data.draw(st.sampled_from(sorted(MANIFEST.kinds[kind])))
    value = data.draw(values(KINDS[kind].fields[name]))
    held = render(kind, name, value, NAMES)
    back = as_hub(kind, name, held, NAMES)
    assert normalise(kind, name, back) == normalise(kind, name, value)
    assert render(kind, name, back, NAMES) == held
    once = normalise(kind, name, value)
    assert normalise(kind, name, once) == once
