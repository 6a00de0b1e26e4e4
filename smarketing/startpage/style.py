"""How the start page looks: light and dark, on a telephone, on a wide screen and on paper.

Nothing in it moves, so there is nothing to hold still for whoever asks for less motion.
"""

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #f6f5f2; --card: #fff; --ink: #1d2530; --soft: #56606e; --line: #dedcd5;
  --accent: #0b6b5e; --track: #e3e6e4; --edge: #77818c; --mark: #eef4f1;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d; --card: #1c2229; --ink: #e8ebee; --soft: #a3adb8; --line: #313a44;
    --accent: #5fd0b8; --track: #2d3640; --edge: #7d8995; --mark: #222b31;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 70rem; padding: clamp(1rem, 4vw, 3rem);
  background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, p, ul { margin: 0; padding: 0; }
ul { list-style: none; }
h1 { font-size: clamp(1.6rem, 5vw, 2.4rem); line-height: 1.15; letter-spacing: -.02em; }
h2 { font-size: 1.2rem; letter-spacing: -.01em; margin-bottom: 1rem; }
h3 { font-size: 1rem; line-height: 1.35; }
.lead { color: var(--soft); font-size: 1.1rem; margin-top: .5rem; max-width: 44rem; }
.small { color: var(--soft); font-size: .875rem; font-weight: 400; line-height: 1.4; }
a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--card); }
.tiles { display: grid; gap: 1rem; margin: 1.75rem 0 0;
  grid-template-columns: repeat(auto-fit, minmax(min(12.5rem, 100%), 1fr)); }
.tiles li, .part { background: var(--card); border: 1px solid var(--line);
  border-radius: .75rem; padding: 1.1rem 1.25rem; }
.tiles strong { display: block; font-size: 1.15rem; line-height: 1.3; margin: .15rem 0 .35rem; }
.tiles .small + .small { margin-top: .2rem; }
.label { color: var(--accent); font-size: .8rem; font-weight: 600; letter-spacing: .04em;
  text-transform: uppercase; }
.bar { display: block; width: 100%; height: .4rem; border-radius: .2rem; margin: .45rem 0; }
.chart { display: block; width: 100%; height: 1rem; margin: .15rem 0 .3rem; }
.way { fill: var(--track); }
.gained { fill: var(--accent); }
.lost { fill: none; stroke: var(--ink); stroke-dasharray: 3 2; vector-effect: non-scaling-stroke; }
.chart .way { stroke: var(--edge); vector-effect: non-scaling-stroke; }
.chart .mark { stroke: var(--ink); stroke-width: 2; vector-effect: non-scaling-stroke; }
main { display: grid; gap: 1rem; margin-top: 1rem; grid-template-columns: minmax(0, 1fr); }
.places { columns: 3 16rem; column-gap: 2.5rem; }
.group { padding-bottom: .4rem; }
.group h3, .group h3 + .small { break-after: avoid; break-inside: avoid; }
.group ul { margin-top: .4rem; }
.group li, .few { break-inside: avoid; }
.abouts { display: grid; gap: 1.5rem 2rem;
  grid-template-columns: repeat(auto-fill, minmax(min(16rem, 100%), 1fr)); }
.places h3, .lane h3, thead th { color: var(--soft); font-size: .875rem; font-weight: 600; }
.places li { padding-bottom: .9rem; }
.places li > a { font-weight: 600; }
.when { color: var(--ink); margin: .15rem 0; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; }
th, td { border-top: 1px solid var(--line); padding: .6rem 1rem .6rem 0; text-align: left;
  vertical-align: top; font-weight: 400; }
thead th { border-top: 0; padding-top: 0; }
tbody th { font-weight: 600; }
thead th:first-child { width: 32%; }
.goals thead th:nth-child(n+3) { width: 14%; }
td .name { display: none; }
.part h3 + table { margin-top: .6rem; }
table + h3 { margin-top: 1.25rem; }
.rows li { border-top: 1px solid var(--line); padding: .5rem 0; }
.rows li:first-child { border-top: 0; padding-top: 0; }
.about h3, .hand h3 { display: flex; flex-wrap: wrap; gap: 0 .75rem;
  justify-content: space-between; align-items: baseline; margin-bottom: .4rem; }
.board { display: grid; gap: 1rem; margin-top: 1rem;
  grid-template-columns: repeat(auto-fit, minmax(min(11.5rem, 100%), 1fr)); }
.lane ul { display: grid; gap: .6rem; margin-top: .6rem; }
.lane li { background: var(--mark); border-radius: .5rem; padding: .7rem .8rem; }
.lane li > p:first-child { font-weight: 600; line-height: 1.35; margin-bottom: .25rem; }
.lane .bar { height: .25rem; margin: .45rem 0 0; }
.lane > p { margin-top: .6rem; }
.count { font-weight: 400; }
.finished > p:first-child { color: var(--soft); text-decoration: line-through; }
.hands { display: grid; gap: 1.5rem 2rem;
  grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); }
table + .hands { margin-top: 1.5rem; }
footer { color: var(--soft); font-size: .875rem; margin-top: 1.5rem; }
@media screen and (min-width: 46rem), print {
  .tiles { grid-auto-flow: column; grid-auto-columns: 1fr; grid-template-columns: 1.5fr; }
}
@media screen and (max-width: 46rem) {
  .tiles li, .part { padding: 1rem; }
  thead th:first-child { width: 50%; }
  .goals thead { position: absolute; left: -99rem; }
  .goals, .goals tbody, .goals tr, .goals tbody th,
  .goals td { display: block; width: auto; }
  .goals tr { border-top: 1px solid var(--line); padding: .6rem 0; }
  .goals tbody th, .goals td { border: 0; padding: .1rem 0; }
  .goals td .name { display: inline; color: var(--soft); }
}
@media (forced-colors: active) {
  .way { fill: Canvas; stroke: CanvasText; }
  .gained { fill: CanvasText; }
  .lost, .chart .way, .chart .mark { stroke: CanvasText; }
}
@media print {
  @page { margin: 15mm; }
  :root { color-scheme: light; font-size: 10pt; --paper: #fff; --card: #fff; --ink: #000; --soft: #333;
    --line: #999; --accent: #000; --track: #fff; --edge: #000; --mark: #fff; }
  body { max-width: none; padding: 0; }
  .skip { display: none; }
  .places a[href^="http"]::after { content: " " attr(href); font-size: 8pt; font-weight: 400; }
  h2, h3, thead, tbody tr:first-child { break-after: avoid; }
  .tiles li { padding: 6pt 8pt; }
  .part { border-width: 1px 0 0; border-radius: 0; padding: 9pt 0 3pt; }
  .places { columns: 2; column-gap: 2rem; }
  .about, .group li, .hand li, .tiles li, .lane li, tr { break-inside: avoid; }
  .board { display: block; }
  .lane { margin-bottom: 9pt; }
  .lane ul { gap: 4pt; grid-template-columns: repeat(4, minmax(0, 1fr)); }
  .lane .bar { display: none; }
  .lane li { border: 1px solid var(--line); padding: 5pt 6pt; }
  .bar .way { stroke: var(--edge); vector-effect: non-scaling-stroke; }
  .bar, .chart { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
