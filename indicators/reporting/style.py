"""How an HTML report looks: one style sheet, light and dark, on screen and on A4."""

LIGHT = {
    "background": "#FFFFFF",
    "ink": "#1D2B36",
    "muted": "#55636F",
    "grid": "#E3E8EC",
    "surface": "#F5F7F9",
    "accent": "#005EB8",
    "expected": "#B3412C",
    "axis": "#9AA7B2",
}
DARK = {
    "background": "#0E1720",
    "ink": "#E6EDF3",
    "muted": "#A9B7C4",
    "grid": "#2A3743",
    "surface": "#17212B",
    "accent": "#6CB4FF",
    "expected": "#E0664C",
    "axis": "#7F8E9B",
}
"""The colours of the pages (a test compares them): reports stand left of the pages and cannot import them."""

_RULES = """
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem 1rem 3rem; background: var(--background);
  color: var(--ink); font: 1rem/1.5 Arial, Helvetica, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--grid); }
p { max-width: 46rem; margin: .5rem 0; }
.notice { border-left: 4px solid var(--expected); background: var(--surface); padding: .5rem .75rem; }
figure { margin: 1.25rem 0; }
figcaption, caption { color: var(--muted); text-align: left; }
caption { padding: .75rem 0 .25rem; font-weight: bold; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; margin-bottom: .75rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .9rem .3rem 0;
  border-bottom: 1px solid var(--grid); min-width: 3.5rem; }
thead th { color: var(--muted); border-bottom-color: var(--axis); }
tbody th { font-weight: normal; min-width: 9rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
td.number { white-space: nowrap; }
nav ul { columns: 2; padding-left: 1.2rem; max-width: 46rem; }
a { color: var(--accent); }
summary { cursor: pointer; color: var(--accent); }
footer { margin-top: 2.5rem; padding-top: .75rem; border-top: 1px solid var(--grid); color: var(--muted); }
svg { width: 100%; height: auto; display: block; font-family: Arial, Helvetica, sans-serif; }
svg .grid { stroke: var(--grid); } svg .axis { stroke: var(--axis); }
svg .label { fill: var(--muted); font-size: 13px; } svg .strong { fill: var(--ink); font-size: 13px; }
svg .used { fill: var(--accent); } svg .left-out { fill: var(--background); stroke: var(--axis); }
svg .fitted { fill: none; stroke: var(--ink); stroke-width: 2; }
svg .expected { fill: none; stroke: var(--expected); stroke-width: 2; stroke-dasharray: 6 4; }
svg .ribbon { fill: var(--expected); opacity: .15; }
svg .rule { stroke: var(--ink); stroke-dasharray: 2 3; }
@media (max-width: 40rem) { nav ul { columns: 1; } svg { min-width: 40rem; } }
@page { size: A4; margin: 16mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  table { font-size: 7.5pt; } th, td { min-width: 0; } tbody th { min-width: 0; }
  nav { display: none; } .wide { overflow: visible; }
  h2 { break-after: avoid; } caption { break-after: avoid; } tr, figure { break-inside: avoid; }
  thead { display: table-header-group; } tbody tr:first-child { break-before: avoid; }
  th, td { padding-right: .4rem; }
}
"""


def style_sheet() -> str:
    """Both colour schemes, then the rules; paper is always light."""
    dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {_set(DARK)} }} }}"
    return f":root {{ color-scheme: light dark; {_set(LIGHT)} }}\n{dark}\n{_RULES}"


def _set(colours: dict[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())
