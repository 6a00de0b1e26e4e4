"""The laws of Markdown and Google documents, on random documents that members work in."""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from smarketing.integrations.google.doc import edits, import_text, markdown_of, normal
from smarketing.integrations.google.doc.align import _WORD
from smarketing.integrations.google.sandbox.docs.document import Doc
from smarketing.text.markdown import cut
from tests.merge.test_laws import World, Writer, seeds, tokens, world

SWITCHES = [
    frozenset(),
    frozenset({"google-docs-headings-clear-bold"}),
    frozenset({"google-docs-ended-items-keep-indents"}),
    frozenset({"google-docs-import-ends-with-an-empty-paragraph"}),
    frozenset(
        {
            "google-docs-headings-clear-bold",
            "google-docs-ended-items-keep-indents",
            "google-docs-import-ends-with-an-empty-paragraph",
            "google-docs-import-makes-check-lists",
            "google-docs-import-keeps-line-breaks",
        }
    ),
]
switches = st.sampled_from(SWITCHES)

SCRAPS = [
    "a", "b", " ", "  ", "*", "**", "_", "`", "``", "[", "]", "(", ")", "](", "!", "<", "<br>",
    "&", "&amp;", "~~", "\\", "|", "#", "-", "+", "1.", ">", "=", "\n", "\n\n", "    ", "\t",
    "---", "```", "☐ ", "☑", "😀", "é", "http://a.example/c", "[ ] ", "\u00a0", "# ", "- ", "> ",
    "| a | b |\n|---|---|\n| c | d |\n", "[l](https://u.example)", "<https://a.example>",
    "![i](doc:k)", "e\u0301", "👩\u200d👧",
]  # fmt: skip
scraps = st.lists(st.sampled_from(SCRAPS), max_size=25).map("".join)


def document(markdown: str, on: frozenset[str] = frozenset()) -> Doc:
    return Doc.imported(*import_text(markdown), on)


def change(doc: Doc, wanted: str) -> list[dict[str, Any]]:
    requests: list[dict[str, Any]] = edits(doc.json(), wanted)
    if requests:
        doc.batch_update(requests)
    return requests


def said(doc: Doc) -> str:
    text: str = markdown_of(doc.json())
    return text


def versions(made: World, random: Random) -> tuple[str, str]:
    return random.choice([(made.base, made.hub), (made.hub, made.now), (made.base, made.now)])


def once(doc: Doc) -> list[str]:
    """Return the words that the document says once."""
    text = doc.text()
    return [word for word in re.findall(r"\w+", text) if text.count(word) == 1]


def members_work(doc: Doc, random: Random) -> None:
    """Let members type, format and suggest here and there."""
    red = {"foregroundColor": {"color": {"rgbColor": {"red": 1}}}}
    mono = {"weightedFontFamily": {"fontFamily": "Consolas"}}
    acts: list[Callable[[str], object]] = [
        doc.member_bolds,
        lambda word: doc.member_links(word, "https://x.example/"),
        lambda word: doc.member_restyles(word, red),
        lambda word: doc.member_restyles(word, mono),
        lambda word: doc.member_restyles(word[:2], {"strikethrough": True}),
        lambda word: doc.member_restyles(word[1:] or word, {"italic": True}),
        lambda word: doc.member_suggests(word, random.choice([" suggested", "\nsuggested"])),
        doc.member_suggests_deletion,
        lambda word: doc.member_types(
            word, random.choice(["  two", "\n", "\n\nNew *words*", "\t", "# ", "\v!", " <b>"])
        ),
    ]
    for _ in range(random.choice([0, 1, 2, 4, 8])):
        words = once(doc)
        if words:
            random.choice(acts)(random.choice(words))


@settings(max_examples=120, deadline=None)
@given(seeds, switches)
def test_an_upload_reads_back_as_it_was_written(seed: int, on: frozenset[str]) -> None:
    made = world(seed)
    for text in (made.base, made.hub, made.now):
        assert said(document(text, on)) == normal(text)


@settings(max_examples=300, deadline=None)
@given(scraps)
@example("_*_")
def test_whatever_is_written_is_text_or_comes_back_as_what_it_means(text: str) -> None:
    assert normal(normal(text)) == normal(text)
    assert said(document(text)) == normal(text)


@settings(max_examples=150, deadline=None)
@given(seeds, switches)
def test_an_edit_makes_the_document_say_what_is_wanted(seed: int, on: frozenset[str]) -> None:
    random = Random(seed)
    old, wanted = versions(world(seed), random)
    doc = document(old, on)
    change(doc, wanted)
    assert said(doc) == normal(wanted)
    assert edits(doc.json(), wanted) == []


@settings(max_examples=200, deadline=None)
@given(scraps, scraps, scraps)
@example("a![i](doc:k)", "a![i](doc:k)\n", "b![i](doc:k)")
@example(">     a", "", "> a    a")
@example("", "    a", "> a")
@example("a", "\u00a0", "> a")
@example("*a*", "![i](doc:k)", "b")
@example("a b", "  x\v  ", "> x\n> a b")
def test_an_edit_works_from_any_text_to_any_other(old: str, typed: str, wanted: str) -> None:
    doc = document(old)
    if typed:
        doc.member_types("", typed)
    shown = said(doc)
    assert normal(shown) == shown
    assert edits(doc.json(), shown) == []
    change(doc, wanted)
    assert said(doc) == normal(wanted)


@settings(max_examples=150, deadline=None)
@given(seeds)
def test_what_members_did_to_a_document_needs_no_edit_and_stands_in_the_way_of_none(
    seed: int,
) -> None:
    random = Random(seed)
    old, wanted = versions(world(seed), random)
    doc = document(old)
    members_work(doc, random)
    assert edits(doc.json(), said(doc)) == []
    change(doc, wanted)
    assert said(doc) == normal(wanted)


@settings(max_examples=120, deadline=None)
@given(seeds)
def test_comments_and_looks_in_blocks_that_stay_are_not_touched(seed: int) -> None:
    old, wanted = before_and_after(seed)
    doc = document(old)
    blocks = [{block.body for block in cut(normal(text)).blocks} for text in (old, wanted)]
    stays = " ".join(blocks[0] & blocks[1])
    words = [word for word in once(doc) if word.startswith("base") and word in tokens(stays)]
    words = [word for word in words if len(re.findall(rf"\b{word}\b", wanted)) == 1]
    keys = {doc.member_comments(word, "why?"): word for word in words[:5]}
    for word in words[:5]:
        doc.member_restyles(word, {"fontSize": {"magnitude": 20, "unit": "PT"}})
    change(doc, wanted)
    covered = {comment.key: comment.text for comment in doc.comments()}
    assert {key: covered[key] for key in keys} == keys
    for word in words[:5]:
        assert [style["fontSize"]["magnitude"] for _, style in doc.styles_of(word)] == [20]


def before_and_after(seed: int) -> tuple[str, str]:
    """Return a document, and the same with blocks inserted, deleted and edited, none moved."""
    random = Random(seed)
    author, editor = Writer(random, "base"), Writer(random, "now")
    old = author.document()
    new = deepcopy(old)
    for _ in range(random.randint(1, 5)):
        draw = random.random()
        if not new or draw < 0.3:
            new.insert(random.randint(0, len(new)), editor.part())
        elif draw < 0.5:
            del new[random.randrange(len(new))]
        else:
            editor.edit_part(random.choice(new))
    return author.rendered(old, "\n"), editor.rendered(new, "\n")


@settings(max_examples=80, deadline=None)
@given(seeds, st.integers(0, 10**6))
def test_a_comment_on_another_word_of_a_changed_sentence_stays(seed: int, choice: int) -> None:
    doc = document(world(seed).base)
    words = [word for word in once(doc) if word.startswith("base")]
    if len(words) < 2:
        return
    random = Random(choice)
    changed, kept = random.sample(words, 2)
    key = doc.member_comments(kept, "why?")
    doc.member_bolds(kept)
    on_it = doc.member_comments(changed, "and this?")
    wanted = said(doc).replace(changed, "Neuwort")
    change(doc, wanted)
    covered = {comment.key: comment.text for comment in doc.comments()}
    assert covered[key] == kept
    assert covered[on_it] == "Neuwort"
    assert said(doc) == normal(wanted)


@settings(max_examples=80, deadline=None)
@given(seeds, st.integers(0, 10**6))
def test_suggestions_stay_unless_their_block_is_not_wanted(seed: int, choice: int) -> None:
    doc = document(world(seed).base)
    words = once(doc)
    if len(words) < 2:
        return
    random = Random(choice)
    near, changed = random.sample(words, 2)
    key = doc.member_suggests(near, " perhaps")
    wanted = re.sub(rf"\b{changed}\b", "Neuwort", said(doc))
    change(doc, wanted)
    assert doc.suggestions()[key] == (" perhaps", "")
    assert said(doc) == normal(wanted)


@settings(max_examples=120, deadline=None)
@given(seeds, st.integers(0, 10**6))
@example(33, 33)
def test_no_more_is_written_than_differs(seed: int, choice: int) -> None:
    doc = document(world(seed).base)
    words = once(doc)
    if not words:
        return
    changed = Random(choice).choice(words)
    requests = edits(doc.json(), re.sub(rf"\b{changed}\b", "Neuwort", said(doc)))
    assert inserted(requests) <= len("Neuwort")
    assert deleted(requests) <= len(changed)


def inserted(requests: list[dict[str, Any]]) -> int:
    return sum(len(one["insertText"]["text"]) for one in requests if "insertText" in one)


def deleted(requests: list[dict[str, Any]]) -> int:
    ranges = [one["deleteContentRange"]["range"] for one in requests if "deleteContentRange" in one]
    return sum(one["endIndex"] - one["startIndex"] for one in ranges)


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_an_edit_writes_no_more_than_both_versions_differ_in_words(seed: int) -> None:
    random = Random(seed)
    made = world(seed)
    old, wanted = versions(made, random)
    doc = document(old)
    requests: list[dict[str, Any]] = edits(doc.json(), wanted)
    both = sum(map(len, _WORD.findall(old))) + sum(map(len, _WORD.findall(wanted)))
    assert inserted(requests) + deleted(requests) <= both


def test_every_request_is_one_that_the_vendor_describes(vendor_request: Any) -> None:
    for seed in range(60):
        made = world(seed)
        for request in edits(document(made.base).json(), made.hub):
            vendor_request(request)


@pytest.fixture
def vendor_request() -> Callable[[dict[str, Any]], None]:
    """Return a check of one request against the vendor's own description."""
    import importlib.resources

    cache = importlib.resources.files("googleapiclient") / "discovery_cache" / "documents"
    schemas = json.loads((cache / "docs.v1.json").read_text(encoding="utf-8"))["schemas"]

    def check(value: Any, schema: dict[str, Any]) -> None:
        if "$ref" in schema:
            schema = schemas[schema["$ref"]]
        if schema.get("type") == "object":
            for name, inner in value.items():
                assert name in schema["properties"], name
                check(inner, schema["properties"][name])
        elif schema.get("type") == "array":
            for inner in value:
                check(inner, schema["items"])
        elif "enum" in schema:
            assert value in schema["enum"]
        else:
            kinds = {"string": str, "integer": int, "boolean": bool, "number": (int, float)}
            assert isinstance(value, kinds[schema["type"]])  # type: ignore[arg-type]

    return lambda request: check(request, schemas["Request"])
