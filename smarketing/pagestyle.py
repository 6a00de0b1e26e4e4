"""How the start page looks: light and dark, on a telephone, on a wide screen and on paper."""

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #f6f5f2; --card: #fff; --ink: #1d2530; --soft: #56606e; --line: #dedcd5;
  --accent: #0b6b5e; --track: #e3e6e4; --mark: #eef4f1;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d; --card: #1c2229; --ink: #e8ebee; --soft: #a3adb8; --line: #313a44;
    --accent: #5fd0b8; --track: #2d3640; --mark: #222b31;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 70rem; padding: clamp(1rem, 4vw, 3rem);
  background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, p, ul, dl, dd { margin: 0; padding: 0; }
ul { list-style: none; }
h1 { font-size: clamp(1.6rem, 5vw, 2.4rem); line-height: 1.15; letter-spacing: -.02em; }
h2 { font-size: 1.2rem; letter-spacing: -.01em; margin-bottom: 1rem; }
h3 { font-size: 1rem; line-height: 1.35; }
.lead { color: var(--soft); font-size: 1.1rem; margin-top: .5rem; max-width: 44rem; }
.small { color: var(--soft); font-size: .875rem; font-weight: 400; }
a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--card); }
.tiles { display: grid; gap: 1rem; margin: 1.75rem 0 0;
  grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); }
.tiles li, section { background: var(--card); border: 1px solid var(--line);
  border-radius: .75rem; padding: 1.1rem 1.25rem; }
.tiles strong { display: block; font-size: 1.15rem; line-height: 1.3; margin: .15rem 0 .35rem; }
.label { color: var(--accent); font-size: .8rem; font-weight: 600; letter-spacing: .04em;
  text-transform: uppercase; }
.bar { display: block; width: 100%; height: .4rem; border-radius: .2rem; margin: .45rem 0; }
.bar .all { fill: var(--track); }
.bar .done { fill: var(--accent); }
main { display: grid; gap: 1rem; margin-top: 1rem; grid-template-columns: minmax(0, 1fr); }
.places { display: grid; gap: 1.25rem 2.5rem; grid-template-columns: minmax(0, 1fr) minmax(0, 2fr); }
.places > :only-child { grid-column: 1 / -1; }
.group + .group { margin-top: 1.25rem; }
.places > :last-child ul, .abouts { display: grid; gap: 0 2rem;
  grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr)); }
.abouts { gap: 1.5rem 2rem; }
.places h3, .lane h3 { color: var(--soft); font-size: .875rem; font-weight: 600; }
.places li { padding: .45rem 0; }
.places a { font-weight: 600; }
.places p { color: var(--soft); font-size: .9rem; line-height: 1.4; }
.rows li { border-top: 1px solid var(--line); padding: .6rem 0; }
.rows li:first-child { border-top: 0; padding-top: 0; }
.about h3 { display: flex; flex-wrap: wrap; gap: 0 .75rem; justify-content: space-between;
  align-items: baseline; margin-bottom: .4rem; }
.about .rows li { padding: .5rem 0; }
.board { display: grid; gap: 1rem; margin-top: 1rem;
  grid-template-columns: repeat(auto-fit, minmax(min(11.5rem, 100%), 1fr)); }
.lane ul { display: grid; gap: .6rem; margin-top: .6rem; }
.lane li { background: var(--mark); border-radius: .5rem; padding: .7rem .8rem; }
.lane li > p:first-child { font-weight: 600; line-height: 1.35; margin-bottom: .25rem; }
.lane .bar { height: .25rem; margin: .45rem 0 0; }
.lane > p { margin-top: .6rem; }
.count { font-weight: 400; }
.finished > p:first-child { color: var(--soft); text-decoration: line-through; }
.owners { display: grid; gap: 1.25rem;
  grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); }
.owners dt { font-weight: 600; }
.owners dd { color: var(--soft); font-size: .95rem; margin-top: .25rem; }
footer { color: var(--soft); font-size: .875rem; margin-top: 1.5rem; }
@media (max-width: 46rem) {
  .places { grid-template-columns: minmax(0, 1fr); }
  .tiles li, section { padding: 1rem; }
}
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --soft: #333; --line: #999;
    --accent: #000; --track: #ddd; --mark: #fff; }
  body { font-size: 10pt; max-width: none; padding: 0; }
  .skip { display: none; }
  .about, .group li, .tiles li, .lane li { break-inside: avoid; }
  .lane li { border: 1px solid var(--line); }
  .bar { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
