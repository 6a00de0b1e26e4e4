"""The HTML of the start page can be read by eye, ear and keyboard, on paper and in the dark."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from smarketing.startpage.style import STYLE

from .test_startpage import Html, page

HTML = page().html


def test_the_html_asks_no_other_host_and_runs_no_script() -> None:
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    assert f'http-equiv="Content-Security-Policy" content="{policy}' in HTML
    assert not re.search(r"<script|<link|<img|@import|url\(|https?:", HTML)


def test_the_html_has_landmarks_and_a_way_past_what_comes_first() -> None:
    html = Html(HTML)
    tags = [tag for tag, _ in html.tags]
    assert html.open == []
    assert {"header", "nav", "main", "footer"} <= set(tags)
    assert tags.count("h1") == tags.count("main") == 1
    assert ("html", {"lang": "en"}) in html.tags
    first = next(attributes for tag, attributes in html.tags if tag == "a")
    main = next(attributes for tag, attributes in html.tags if tag == "main")
    assert first["href"] == f"#{main['id']}"


def test_every_part_is_named_by_its_heading() -> None:
    html = Html(HTML)
    ids = [attributes["id"] for _, attributes in html.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    parts = [a["aria-labelledby"] for tag, a in html.tags if tag in ("section", "nav", "table")]
    assert len(parts) >= 7
    assert {name for named in parts for name in str(named).split()} <= set(ids)


def test_headings_go_down_one_step_at_a_time() -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", HTML)]
    assert levels[0] == 1
    assert set(levels) == {1, 2, 3}
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_each_cell_of_a_table_has_a_heading_for_its_column_and_its_row() -> None:
    tables = re.findall(r"<table.*?</table>", HTML, re.DOTALL)
    assert len(tables) == 2
    for table in tables:
        head, _, body = table.partition("<tbody")
        columns = re.findall(r'<th scope="col"', head)
        for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL):
            assert row.count('<th scope="row"') == 1
            assert row.count("<td") == len(columns) - 1


def test_a_drawing_is_labelled_or_repeats_the_words_beside_it() -> None:
    drawings = [attributes for tag, attributes in Html(HTML).tags if tag == "svg"]
    assert {a["class"] for a in drawings} == {"bar", "chart"}
    for attributes in drawings:
        if attributes["class"] == "chart":
            assert attributes["role"] == "img"
            assert attributes["aria-label"]
        else:
            assert attributes["aria-hidden"] == "true"


# The style

THEMES = {
    "light": r":root \{(.*?)\}",
    "dark": r"prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}",
    "paper": r"@media print \{.*?:root \{(.*?)\}",
}
TEXT, SHAPE = 4.5, 3.0
"""The contrast that WCAG 2.2 AA asks of text (1.4.3), and of shapes and focus (1.4.11)."""

PAIRS = [
    *((front, back, TEXT) for front in ("ink", "soft", "accent") for back in ("paper", "card")),
    *((front, "mark", TEXT) for front in ("ink", "soft")),
    *((front, "track", SHAPE) for front in ("accent", "ink")),
    ("edge", "card", SHAPE),
    ("accent", "card", SHAPE),
    ("accent", "mark", SHAPE),
]


def colours(theme: str) -> dict[str, str]:
    """Return the colours of a theme by name."""
    found = re.search(THEMES[theme], STYLE, re.DOTALL)
    assert found
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]+);", found[1]))


def brightness(colour: str) -> float:
    """Return the relative luminance as WCAG defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_is_measured_as_the_standard_does() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def too_faint(theme: str) -> Iterator[str]:
    known = colours(theme)
    for front, back, least in PAIRS:
        ratio = contrast(known[front], known[back])
        if ratio < least:
            yield f"{front} on {back}: {ratio:.2f}"


@pytest.mark.parametrize("theme", THEMES)
def test_everything_can_be_made_out(theme: str) -> None:
    assert list(too_faint(theme)) == []


def test_colours_are_named_once_so_that_each_of_them_is_measured() -> None:
    named = {name for theme in THEMES for name in colours(theme)}
    assert named == {name for front, back, _ in PAIRS for name in (front, back)} | {"line"}
    rules = re.sub(r":root \{.*?\}", "", STYLE, flags=re.DOTALL)
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb|hsl", rules)


def test_what_has_the_focus_is_seen_and_nothing_moves() -> None:
    assert re.search(r"a:focus-visible \{ outline: 3px solid", STYLE)
    assert re.findall(r"(?<!main:focus \{ )outline: none", STYLE) == []
    assert not re.search(r"animation|transition|scroll-behavior|@keyframes", STYLE)


def test_nothing_is_wider_than_a_narrow_screen() -> None:
    assert 'name="viewport" content="width=device-width, initial-scale=1"' in HTML
    widths = re.findall(r"(?<![\w-])width: ([^;]+);", STYLE)
    assert {width for width in widths if not width.endswith("%")} <= {"auto"}
    tracks = re.findall(r"minmax\(([^,()]+|min\([^()]*\)),", STYLE.partition("@media print {")[0])
    assert tracks
    assert all(track == "0" or track.endswith(", 100%)") for track in tracks)
    assert "overflow-wrap: anywhere" in STYLE


def test_on_paper_all_sizes_go_by_the_page_and_the_cards_of_a_list_lie_side_by_side() -> None:
    paper = STYLE.partition("@media print {")[2]
    assert re.search(r":root \{[^}]*font-size: 10pt;", paper)
    assert not re.search(r"body \{[^}]*font-size", paper)  # small words would be larger than others
    assert re.search(r"\.board \{ display: block; \}", paper)
    assert re.search(r"\.lane ul \{[^}]*repeat\(4, minmax\(0, 1fr\)\)", paper)


def test_when_a_meeting_is_next_stands_out_from_what_it_is_for() -> None:
    assert re.search(r'<p class="small when">Newest agenda: Monday 14 December 2026', HTML)
    assert ".when { color: var(--ink);" in STYLE
