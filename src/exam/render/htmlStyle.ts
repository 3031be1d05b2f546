/** How the HTML report looks, on screen and on paper. Light on purpose: it is a document, not the workplace. */
export const HTML_STYLE = `
:root { color-scheme: light; --ink: #1b2229; --muted: #56616c; --line: #d4dae0; --accent: #b06a00; }
* { box-sizing: border-box; }
body { margin: 0; background: #eef1f4; color: var(--ink); font: 15px/1.5 Inter, system-ui, "Segoe UI", sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 60rem; margin: 2rem auto 0; padding: 2.5rem 3rem; background: #fff; border: 1px solid var(--line); }
.masthead { display: flex; justify-content: space-between; align-items: baseline; gap: 2rem; border-bottom: 2px solid var(--ink); }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; letter-spacing: -.01em; }
.product { margin: 0; color: var(--muted); white-space: nowrap; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: .15rem 2rem; margin: 1rem 0 0; }
dl div { display: grid; grid-template-columns: 8rem 1fr; }
dl .own { grid-column: 1 / -1; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
section { margin-top: 1.6rem; }
h2 { font-size: 1.05rem; margin: 0 0 .4rem; padding-bottom: .2rem; border-bottom: 1px solid var(--line); }
p { margin: .35rem 0; max-width: 46rem; overflow-wrap: anywhere; white-space: pre-line; }
#impression { border-left: 4px solid var(--accent); padding-left: 1.1rem; }
#impression h2 { border: 0; }
#impression p { font-size: 1.05rem; }
.author { color: var(--muted); font-style: italic; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: .4rem 0 .8rem; }
caption { text-align: left; color: var(--muted); padding-bottom: .2rem; }
th, td { padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: baseline; }
thead th { font-weight: 600; border-bottom: 1px solid var(--ink); }
.unit { color: var(--muted); font-weight: 400; }
.right { text-align: right; }
.figures { display: grid; gap: 1.2rem; margin-top: 1rem; }
figure { margin: 0; break-inside: avoid; }
img { display: block; width: 100%; height: auto; border-radius: 3px; }
figcaption { color: var(--muted); font-size: .9rem; margin-top: .3rem; }
footer { max-width: 60rem; margin: 0 auto 2rem; padding: .8rem 3rem; color: var(--muted); font-size: .85rem; }
@media (max-width: 40rem) { main { padding: 1.2rem; margin: 0; border: 0; } footer { padding: .8rem 1.2rem; } }
@media print {
  @page { margin: 16mm; }
  body { background: #fff; font-size: 10pt; }
  main { border: 0; margin: 0; padding: 0; max-width: none; }
  footer { position: fixed; bottom: 0; padding: 0; }
  h2 { break-after: avoid; }
}
`
