"""What was filled in before is used again only where nothing that it could see has changed."""

import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from smarketing.template.bounds import Work
from smarketing.template.filled import Filled
from smarketing.template.template import render
from smarketing.template.values import Unknown

SOURCE = "{% if company %}{{ company }}{% else %}nobody{% endif %}"


def fill(values: dict[str, str], filled: Filled) -> str:
    return render(SOURCE, values, file="a.md", line=1, work=Work(100_000, filled))


@given(st.lists(st.text(max_size=5), min_size=2, max_size=6))
def test_each_value_gives_its_own_text_however_often_it_is_asked(names: list[str]) -> None:
    filled = Filled()
    first = [fill({"company": name}, filled) for name in names]
    assert [fill({"company": name}, filled) for name in names] == first
    assert first == [fill({"company": name}, Filled()) for name in names]


def test_an_unknown_name_is_not_the_same_as_its_words() -> None:
    filled = Filled()
    source = "{% if who %}{{ who | default: 'nobody' }}{% endif %}"
    known = render(source, {"who": "x"}, file="a", line=1, work=Work(9_999, filled))
    unknown = render(source, {"who": Unknown("x")}, file="a", line=1, work=Work(9_999, filled))
    assert (known, unknown) == ("x", "nobody")


def test_a_run_that_knows_its_texts_does_not_load_the_template_library(tmp_path: Path) -> None:
    path = tmp_path / "filled.json"
    filled = Filled.load(path)
    assert fill({"company": "Acme"}, filled) == "Acme"
    filled.save(path)
    code = (
        "import sys; from pathlib import Path; from smarketing.template.filled import Filled\n"
        "from smarketing.template.template import render; from smarketing.template.bounds import Work\n"
        f"filled = Filled.load(Path({str(path)!r}))\n"
        f"text = render({SOURCE!r}, {{'company': 'Acme'}}, file='a', line=1, work=Work(9999, filled))\n"
        "assert text == 'Acme' and 'liquid' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_broken_file_counts_as_nothing_known(tmp_path: Path) -> None:
    path = tmp_path / "filled.json"
    path.write_text("[1, 2", encoding="utf-8")
    assert fill({"company": "Acme"}, Filled.load(path)) == "Acme"


def test_a_run_in_which_nothing_changed_does_not_write_the_file_again(tmp_path: Path) -> None:
    path = tmp_path / "filled.json"
    filled = Filled()
    fill({"company": "Acme"}, filled)
    filled.save(path)
    before = path.stat().st_mtime_ns
    again = Filled.load(path)
    fill({"company": "Acme"}, again)
    again.save(path)
    assert path.stat().st_mtime_ns == before
