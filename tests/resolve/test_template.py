"""Texts are filled with values, and a stranger's text can do no harm."""

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smarketing.problems import Problem, Problems
from smarketing.template.bounds import Work
from smarketing.template.template import _compiled_by_liquid, render, simple_template
from smarketing.template.values import Keyed, Plain, Titled, Unknown

PERSONAS = Keyed(
    [Titled(key="ops-olga", title="Operations Olga"), Titled(key="ivan", title="Ivan")]
)
VALUES: dict[str, Plain] = {
    "company": "Acme",
    "nothing": "",
    "tricky": "{{ company }} {% if %}",
    "personas": PERSONAS,
    "long": "a" * 1000,
    "roles": {
        "sales": {"lead": "Ana Silva", "known": True},
        "it": {"lead": Unknown("[to agree: who leads it?]"), "known": False},
    },
}


def filled(source: str) -> str:
    return render(source, VALUES, file="book.yaml", line=3)


def trouble(source: str) -> str:
    with pytest.raises(Problems) as caught:
        filled(source)
    return str(caught.value)


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("No names here } %} {", "No names here } %} {"),
        ("Hello {{ company }}, {{company}}!", "Hello Acme, Acme!"),
        ("{{ roles.sales.lead }}", "Ana Silva"),
        ("{{ roles.sales.known }}", "true"),
        ("{{ personas.ops-olga }}", "Operations Olga"),
        ("{{ personas.ops-olga.title | upcase }}", "OPERATIONS OLGA"),
        ("{{ personas | join: ' and ' }}", "Operations Olga and Ivan"),
        ("{{ personas | turn: 1 }}{{ personas | turn: 3 }}", "Operations OlgaOperations Olga"),
        ("{{ nothing | turn: 2 }}", ""),
        ("{{ personas | size }} {{ personas.size }} {{ personas.first.key }}", "2 2 ops-olga"),
        ("{% for p in personas %}{{ forloop.index }} {{ p.title }};{% endfor %}",
         "1 Operations Olga;2 Ivan;"),
        ("{% if roles.it.known %}yes{% elsif company == 'Acme' %}Acme{% else %}no{% endif %}",
         "Acme"),
        ("{% case company %}{% when 'Acme' %}ours{% else %}not{% endcase %}", "ours"),
        ("{{ nothing | default: 'nobody' }}", "nobody"),
        ("{{ roles.it.lead }}", "[to agree: who leads it?]"),
        ("{{ roles.it.lead | default: 'the head' }}", "the head"),
        ("{{ roles.it.lead | default: 'the head' | upcase }}", "THE HEAD"),
        ("{{ company | append: ' GmbH' | replace: 'Acme', 'Mill' }}", "Mill GmbH"),
    ],
)  # fmt: skip
def test_a_text_is_filled_with_values(source: str, result: str) -> None:
    assert filled(source) == result


@pytest.mark.parametrize("around", ["{{ tricky }}", "{{ tricky | strip }}"])
def test_markup_inside_a_value_is_never_rendered(around: str) -> None:
    assert filled(around) == "{{ company }} {% if %}"


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("Hi {{ compny }}", "book.yaml:3:7: 'compny' is not known here. Did you mean 'company'?"),
        ("a\nbc {{ roles.sale.lead }}", "book.yaml:4:7: 'roles.sale' is not known here."),
        ("{% if x == 1 %}{% endif %}", "book.yaml:3:7: 'x' is not known here."),
        ("{{ company.name }}", "'company' is a plain text: it has no 'name'."),
        ("{{ company.__class__ }}", "it has no '__class__'"),
        ("{{ roles.__init__ }}", "'roles.__init__' is not known here."),
        ("{{ now }}", "'now' is not known here."),
        ("{% for p in personas %}{{ p.titel }}{% endfor %}", "p.titel is undefined"),
        ("{{ company", "book.yaml:3:1: '{{' is not closed here. Write '}}'"),
        ("{{ {{ company }} }}", "'{{' is not closed here."),
        ("{{ }}", "There is no name between"),
        ("{% if company %}", "A block is never closed. Write {% endif %}"),
        ("{{ company | shout }}", "There is no filter 'shout'."),
        ("{{ company | date: '%Y' }}", "There is no filter 'date'."),
        ("{{ company | append }}", "A filter is used with something that it can't handle."),
        ("{% include 'secret' %}", "'{% include %}' can't be used here."),
        ("{% render 'secret' %}", "'{% render %}' can't be used here."),
        ("{% assign a = company %}", "'{% assign %}' can't be used here."),
        ("{% raw %}{{{% endraw %}", "'{% raw %}' can't be used here."),
        ("{{ a b }}", "This can't be understood"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_to_write(source: str, told: str) -> None:
    assert told in trouble(source)


def test_all_unknown_names_are_told_at_once_even_where_nothing_is_shown() -> None:
    told = trouble("{% if nothing %}{{ one }}{% endif %}\n{{ two }}")
    assert "book.yaml:3:20: 'one'" in told
    assert "book.yaml:4:4: 'two'" in told


class Thing:
    secret = "do not tell"


def test_an_object_among_the_values_shows_none_of_its_attributes() -> None:
    values: dict[str, object] = {"thing": Thing(), "things": [Thing()]}
    for source in ("{{ thing.secret }}", "{{ things[0].secret }}", "{{ things.first.secret }}"):
        with pytest.raises(Problems):
            render(source, values, file="x", line=1)  # type: ignore[arg-type]


BOMBS = {
    "nested loops": "{% for a in personas %}" * 12 + "{{ long }}" + "{% endfor %}" * 12,
    "deep loops": "{% for a in personas %}" * 200 + "x" + "{% endfor %}" * 200,
    "loops in a row": "{% for a in personas %}{% for b in personas %}{{ long }}{% endfor %}"
    "{% endfor %}" * 3000,
    "a range": "{% for i in (1..1000000000) %}{% endfor %}",
    "a printed range": "{{ (1..1000000000) | join }}",
    "growing by replace": "{{ long | replace: 'a', long | replace: 'a', long }}",
    "growing by append": "{{ long" + " | append: long | replace: 'a', 'aaaaaaaa'" * 18 + " }}",
    "output": "{{ long }}" * 1100,
    "unclosed": "{{" * 100_000,
    "unclosed tags": "{% raw %}" * 20_000,
    "brackets": "{{ a" + "[" * 900 + " }}",
    "many conditions": "{% if company %}" * 5000,
    "a long text": "{{ company }}" + "x" * 300_000,
    "spaces": "{{" + " " * 900 + "company" + " " * 900 + "}}",
    "numbers": "{{ " + "9" * 900 + " | append: company.x }}",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_template_bomb_is_refused_at_once(bomb: str) -> None:
    filled("{% if company %}warm{% endif %}")
    begun = time.process_time()
    assert trouble(BOMBS[bomb])
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("source", ["{{ long }}", "{{ long | upcase }}"])
def test_all_texts_of_one_run_share_a_bound(source: str) -> None:
    work = Work(100_000)

    def fill_many() -> None:
        for _ in range(1000):
            render(source, VALUES, file="x", line=1, work=work)

    with pytest.raises(Problems, match="repeats far too much"):
        fill_many()


@given(st.text(alphabet="{}%| abcompny.'\"[]()<>=\n-", max_size=80))
def test_any_text_gives_a_result_or_a_problem(source: str) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        assert isinstance(filled(source), str)
    except Problems as found:
        problems = found.problems
    assert all(problem.line >= 3 and problem.column >= 1 for problem in problems)


NAMES = st.sampled_from(
    ["company", "nothing", "tricky", "personas", "personas.ivan", "personas.ops-olga.title",
     "roles.sales.lead", "roles.it.lead", "roles.sales.known"]
)  # fmt: skip
PIECES = st.lists(
    st.one_of(
        st.text(alphabet="ab .,\n}", max_size=8),
        NAMES.map(lambda name: "{{ " + name + " }}"),
        NAMES.map(lambda name: "{{" + name + " | default: 'the other'}}"),
    ),
    max_size=8,
)


@given(PIECES)
def test_names_alone_are_filled_as_liquid_fills_them(pieces: list[str]) -> None:
    source = "".join(pieces)
    quick = simple_template(source)
    assert quick is not None
    assert quick.render(VALUES, None) == _compiled_by_liquid(source).render(VALUES, None)


def test_a_text_with_names_alone_does_not_load_liquid() -> None:
    code = (
        "import sys; from smarketing.template.template import render;"
        "assert render('{{ a | default: \"b\" }}', {'a': ''}, file='x', line=1) == 'b';"
        "assert 'liquid' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
