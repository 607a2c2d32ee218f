/** The look of the page. Colours are named once for each scheme; paper is always light. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --page: #fff; --panel: #f5f6f8; --line: #d5d9df; --text: #1c2127; --muted: #565e68; --accent: #0a58a8;
  --create: #17652c; --update: #7a4d00; --disable: #6b3fb8; --replace: #a8261d; --delete: #a8261d; --bar: #9aa3ae;
  --alert: #fdf1ef;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #14171b; --panel: #1c2025; --line: #343a42; --text: #e3e6ea; --muted: #a3abb5; --accent: #82b7f5;
    --create: #6cc788; --update: #e0b252; --disable: #c0a2f5; --replace: #f59a90; --delete: #f59a90; --bar: #69727d;
    --alert: #2c1c1b;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0 auto; max-width: 80rem; padding: 1.5rem 1.5rem 4rem; background: var(--page); color: var(--text);
  font: 14px/1.45 system-ui, sans-serif; overflow-wrap: anywhere;
}
h1 { margin: 0; font-size: 1.35rem; font-weight: 600; }
h2 { margin: 2.25rem 0 .5rem; font-size: 1.05rem; font-weight: 600; }
p { margin: .25rem 0; }
ul, ol { margin: 0; padding: 0; list-style: none; }
dl, dd, figure { margin: 0; }
a { color: inherit; text-underline-offset: .2em; }
small { color: var(--muted); font-size: inherit; }
code, .key, .at, pre { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: 13px; }
h1, p, li, dd, td, th, span, small, code { unicode-bidi: isolate; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.off { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.count { color: var(--muted); font-weight: 400; }
.verdict { font-size: 1.05rem; margin: .25rem 0 1rem; }
.at { color: var(--muted); }
.create { color: var(--create); }
.update, .warning { color: var(--update); }
.disable { color: var(--disable); }
.replace { color: var(--replace); }
.delete, .error { color: var(--delete); }
.no-op { color: var(--muted); }

.totals { display: flex; flex-wrap: wrap; gap: 1px; border: 1px solid var(--line); border-radius: 4px; overflow: hidden; background: var(--line); }
.totals div { display: flex; flex: 1 0 6rem; flex-direction: column-reverse; padding: .5rem .75rem; background: var(--page); }
.totals dd { font-size: 1.35rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.totals dt, .totals .zero dd { color: var(--muted); }
.facts { display: flex; flex-wrap: wrap; gap: .25rem 2rem; margin-top: .75rem; }
.facts > div { display: flex; gap: .5rem; }
dt { color: var(--muted); }
.facts ul { display: flex; flex-wrap: wrap; gap: 0 1rem; }

.alert { margin-top: 1.5rem; padding: .75rem 1rem; border-left: 4px solid var(--delete); background: var(--alert); }
.alert h2 { margin: 0; color: var(--delete); }
.alert li { margin: .25rem 0 .25rem 1.25rem; list-style: disc; }

table { border-collapse: collapse; width: 100%; text-align: left; }
th, td { padding: .25rem 1rem .25rem 0; vertical-align: top; font-weight: 400; }
tbody th, tbody td { border-top: 1px solid var(--line); }
thead th, dt, .number { overflow-wrap: normal; white-space: nowrap; }
.scroll td { min-width: 6rem; }
thead th, caption, figcaption, legend, .columns { color: var(--muted); text-align: left; }
tbody th { min-width: 8rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
.fold > summary { padding: .25rem 0; cursor: pointer; }

.charts { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); gap: 1rem 3rem; margin-top: .75rem; }
.legend { white-space: nowrap; margin-left: .5rem; }
.legend i { display: inline-block; width: .7rem; height: .7rem; margin-left: .5rem; }
i.now { background: var(--bar); }
i.after { background: var(--accent); }
rect.now { fill: var(--bar); }
rect.after { fill: var(--accent); }
svg { display: block; width: 100%; }
.statuses th { min-width: 0; }
.statuses .bar { width: 45%; padding-right: 0; }
.statuses .bar svg { height: 17px; }
.months { display: grid; grid-template-columns: repeat(15, minmax(0, 1fr)); margin-top: .25rem; font-size: 11px; line-height: 1.3; }
.months li { position: relative; display: flex; flex-direction: column; justify-content: end; text-align: center; overflow-wrap: normal; }
.months .label { height: 2.6em; }
.months svg { height: 6.5rem; border-bottom: 1px solid var(--muted); }

.tools { position: sticky; top: 0; z-index: 1; padding: .5rem 0; background: var(--page); }
search { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.5rem; }
.find { display: flex; align-items: center; gap: .5rem; flex: 1 1 18rem; }
.find input { flex: 1; min-width: 0; }
input[type=search], button { font: inherit; color: inherit; padding: .25rem .5rem; border: 1px solid var(--muted); border-radius: 4px; background: var(--page); }
::placeholder { color: var(--muted); opacity: 1; }
button { cursor: pointer; }
.buttons { display: flex; gap: .5rem; }
fieldset { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 0; padding: 0; border: 0; }
legend { float: left; padding: 0; margin-right: .75rem; }
fieldset label { white-space: nowrap; }
fieldset input { margin: 0 .15rem 0 0; vertical-align: -1px; accent-color: var(--accent); }
#shown { color: var(--muted); }

.columns, #rows summary { display: grid; align-items: baseline; gap: 0 1rem; grid-template-columns: 8rem minmax(0, 4fr) minmax(0, 5fr) minmax(0, 4fr); }
.columns { padding: 0 .5rem .25rem 1.5rem; }
#rows { border-bottom: 1px solid var(--line); }
#more { margin-top: .75rem; }
#rows > li { border-top: 1px solid var(--line); }
#rows summary { position: relative; padding: .25rem .5rem .25rem 1.5rem; list-style: none; cursor: pointer; }
#rows summary::-webkit-details-marker { display: none; }
#rows summary::before { content: ''; position: absolute; left: .45rem; top: .6rem; width: .4rem; height: .4rem;
  border: solid var(--muted); border-width: 0 1.5px 1.5px 0; rotate: -45deg; }
#rows [open] > summary::before { rotate: 45deg; }
#rows summary:hover, #rows [open] > summary { background: var(--panel); }
#rows :focus-visible { outline-offset: -2px; }
#rows b { font-weight: 600; }
#rows details > div { padding: .5rem .5rem .75rem 1.5rem; }
#rows dl { display: flex; flex-wrap: wrap; gap: 0 2rem; margin-bottom: .5rem; }
#rows dl div { display: flex; gap: .5rem; }
#rows table { table-layout: fixed; }
#rows thead th:first-child { width: 9rem; }
#rows td, #rows dd { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: 13px; }
#rows i, #rows details p { color: var(--muted); }
#rows td small { font-family: system-ui, sans-serif; }

.diagnostics > li { padding: .5rem 0; border-top: 1px solid var(--line); }
pre { margin: .25rem 0; padding: .5rem; overflow-x: auto; background: var(--panel); }

@media (max-width: 48rem) {
  body { padding: 1rem 1rem 3rem; }
  .charts { grid-template-columns: minmax(0, 1fr); }
  .tools { position: static; }
  .columns { display: none; }
  #rows summary { grid-template-columns: minmax(0, 1fr) auto; }
  #rows .key { order: 1; grid-column: 1 / -1; }
  #rows summary span { order: 2; grid-column: 1 / -1; }
  #rows .at { order: 0 !important; grid-column: auto !important; }
  #rows thead th:first-child { width: 7rem; }
  .months .label { height: auto; min-height: 5em; writing-mode: vertical-rl; align-self: center; text-align: left; }
  .months br { display: none; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  #filter, #more, #rows summary::before { display: none; }
  .tools { position: static; }
  #rows > li { break-inside: avoid; }
  .fold::details-content { content-visibility: visible; block-size: auto; }
}
`;
