"""The page on which a person acts in a sandbox as a member does, as HTML: nothing in it but forms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from smarketing.standin import Group, Line, Person, Spot, Thing

_LONG = 100
"""Letters up to which a text is on one line of the page."""

_GROUPS = {"board": "Boards", "table": "Tables", "document": "Documents"}
_STYLE = """
:root { color-scheme: light dark; --line: #8885; --soft: #777; }
body { font: 1rem/1.45 system-ui, sans-serif; margin: 1rem auto; max-width: 75rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.05rem; }
nav a { margin-right: .8rem; } [aria-current] { font-weight: 700; text-decoration: none; }
.soft { color: var(--soft); } .told { border-left: .3rem solid #c60; padding: .4rem .8rem; }
.board { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); }
.card form { display: flex; margin-top: .3rem; }
.card { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .7rem; margin: .5rem 0; }
.table { overflow-x: auto; } td, th { text-align: left; padding: .15rem .4rem; vertical-align: top; }
form { display: inline-flex; gap: .3rem; max-width: 100%; } .line { display: flex; flex-wrap: wrap;
gap: .3rem; padding: .1rem 0; }
input, select, button, textarea { font: inherit; border: 1px solid var(--line); border-radius: .3rem;
background: transparent; color: inherit; padding: .1rem .4rem; max-width: 100%; }
input { width: 100%; min-width: 4rem; border-color: transparent; field-sizing: content; }
textarea { border-color: transparent; resize: vertical; field-sizing: content; }
:is(input, textarea):is(:hover, :focus) { border-color: var(--line); } h2 input { font-weight: 700; }
:placeholder-shown { opacity: .45; } :placeholder-shown:is(:hover, :focus) { opacity: 1; }
option { background: Canvas; color: CanvasText; }
form:not(:focus-within):not(:hover) > button.quiet { position: absolute; left: -99rem; }
:target { outline: 2px solid #c60; outline-offset: 2px; border-radius: .3rem; }
"""


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks at what. `key` has to be in every form; `told` is said on top, "" for nothing."""

    people: Sequence[Person]
    me: Person
    key: str
    told: str = ""
    vendor: str = ""
    thing: Thing | None = None


def link(me: Person, vendor: str = "", key: str = "") -> str:
    """Return the address of a page below the root: everything, or one thing."""
    return "/?" + urlencode({"as": me.key} | ({"in": vendor, "see": key} if key else {}))


def place(at: str) -> str:
    """Return the name of a spot within its page."""
    return "at-" + "".join(c if c.isalnum() else "-" for c in at)


def everything(looking: Looking, things: Mapping[str, Sequence[Thing]]) -> str:
    """Return the page that lists what a member may open, by vendor."""
    parts = [
        f"<h2>{_text(words)} in {_text(vendor.capitalize())}</h2>\n<ul>{''.join(links)}</ul>"
        for kind, words in _GROUPS.items()
        for vendor, all_of in things.items()
        if (
            links := [
                f'<li><a href="{_text(link(looking.me, vendor, each.key))}">{_text(each.title)}</a></li>'
                for each in all_of
                if each.kind == kind
            ]
        )
    ]
    nothing = "<p>Nothing is here yet. Run <code>smarketing apply</code>, then look again.</p>"
    return _page(looking, "Everything", parts or [nothing])


def inside(looking: Looking, thing: Thing) -> str:
    """Return the page of one board, table or document."""
    shown = {"board": _board, "table": _table, "document": _document}[thing.kind]
    return _page(looking, thing.title, [shown(looking, group) for group in thing.groups])


def only(looking: Looking) -> str:
    """Return a page that only says something."""
    return _page(looking, "That can't be done", [])


def _page(looking: Looking, title: str, parts: Iterable[str]) -> str:
    here = looking.thing.key if looking.thing else ""
    people = "".join(
        f'<a href="{_text(link(each, looking.vendor, here))}"{_current(each is looking.me)}>'
        f"{_text(each.name)}</a>"
        for each in looking.people
    )
    again = _text(link(looking.me, looking.vendor, here))
    told = f'<p class="told" role="alert">{_text(looking.told)}</p>' if looking.told else ""
    body = "\n".join(('<div class="board">', *parts, "</div>") if _is_board(looking) else parts)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{_text(title)} · sandbox</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>
<body><header><p class="soft">A sandbox on this computer: nothing here is in a real account.</p>
<nav aria-label="Who you are">You are {people}</nav>
<h1>{_text(title)}</h1>
<nav aria-label="Pages"><a href="{_text(link(looking.me))}">Everything</a>
<a href="{again}">Look again</a></nav></header>
<main>{told}
{body}
</main></body></html>
"""


def _is_board(looking: Looking) -> bool:
    return looking.thing is not None and looking.thing.kind == "board"


def _board(looking: Looking, group: Group) -> str:
    cards = "".join(
        f'<div class="card">{_parts(looking, line, "Move")}</div>' for line in group.lines
    )
    return f"<section><h2>{_text(group.title)}</h2>{cards}</section>"


def _table(looking: Looking, group: Group) -> str:
    rows = "".join(_row(looking, line) for line in group.lines)
    return f'<div class="table"><table>{rows}</table></div>'


def _row(looking: Looking, line: Line) -> str:
    tag = 'th scope="col"' if line.is_heading else "td"
    cells = (f"<{tag}>{_part(looking, part, 'Type')}</{tag[:2]}>" for part in line.parts)
    return f"<tr>{''.join(cells)}</tr>\n"


def _document(looking: Looking, group: Group) -> str:
    return "\n".join(
        f'<{tag} class="line">{_parts(looking, line, "Type")}</{tag}>'
        for line in group.lines
        if line.parts
        for tag in ("h2" if line.is_heading else "div",)
    )


def _parts(looking: Looking, line: Line, verb: str) -> str:
    return " ".join(_part(looking, part, verb) for part in line.parts)


def _part(looking: Looking, part: Spot | str, verb: str) -> str:
    if isinstance(part, str):
        return f"<span>{_text(part)}</span>"
    told = {"key": looking.key, "as": looking.me.key, "in": looking.vendor, "at": part.at}
    told |= {"see": looking.thing.key if looking.thing else "", "was": part.value}
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{_text(value)}">'
        for name, value in told.items()
    )
    return (
        f'<form method="post" action="/" id="{place(part.at)}">{hidden}{_field(part)}'
        f"{_button(part, verb)}</form>"
    )


def _field(spot: Spot) -> str:
    label = f'name="value" aria-label="{_text(spot.name)}"'
    if spot.is_new:
        return f'<input {label} size="16" placeholder="{_text(spot.name)}" autocomplete="off">'
    if not spot.choices and len(spot.value) > _LONG:
        return f'<textarea {label} rows="3" cols="{_LONG}">{_text(spot.value)}</textarea>'
    if not spot.choices:
        size = max(4, len(spot.value) + 2)
        return f'<input {label} size="{size}" value="{_text(spot.value)}" autocomplete="off">'
    options = "".join(
        f'<option value="{_text(value)}"{" selected" if value == spot.value else ""}>'
        f"{_text(words)}</option>"
        for value, words in spot.choices
    )
    return f"<select {label}>{options}</select>"


def _button(spot: Spot, verb: str) -> str:
    if verb == "Move":
        return "<button>Move</button>"
    if spot.is_new:
        return '<button class="quiet">Add</button>'
    return f'<button class="quiet">{"Choose" if spot.choices else "Save"}</button>'


def _current(is_it: bool) -> str:
    return ' aria-current="page"' if is_it else ""


def _text(words: str) -> str:
    return escape(words, quote=True)
