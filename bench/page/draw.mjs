// Draws charts by Vega-Lite: one SVG of all, and a page that needs no network.

import { compile } from "vega-lite";
import { parse, View } from "vega";

const config = { font: "DejaVu Sans, Verdana, sans-serif", view: { stroke: null }, axis: { gridColor: "#e4e7ec" } };

const unit_of = ({ title, values, spec }) => ({
  title: { text: title, anchor: "start", fontSize: 14 },
  data: { values },
  ...spec,
});

async function svg_of(specification) {
  const whole = { background: "white", padding: 12, config, ...specification };
  return new View(parse(compile(whole).spec), { renderer: "none" }).toSVG();
}

export const svg_of_all = (charts) =>
  svg_of({ vconcat: charts.map(unit_of), spacing: 30, resolve: { scale: { color: "independent" } } });

const escaped = (text) => String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const cell_of = (value) =>
  typeof value === "number" ? `<td class="number">${Number(value.toPrecision(4))}</td>` : `<td>${escaped(value ?? "")}</td>`;

function table_of(values) {
  const columns = Object.keys(values[0]).filter((column) => column !== "order");
  const head = columns.map((column) => `<th>${escaped(column)}</th>`).join("");
  const rows = values.map((value) => `<tr>${columns.map((column) => cell_of(value[column])).join("")}</tr>`);
  return `<details><summary>The numbers</summary><table><tr>${head}</tr>${rows.join("\n")}</table></details>`;
}

export async function page_of(title, about, charts) {
  const sections = await Promise.all(charts.map(async (chart) =>
    `<section><h2>${escaped(chart.title)}</h2><p>${escaped(chart.note)}</p>
${await svg_of(unit_of({ ...chart, title: "" }))}
${table_of(chart.values)}</section>`));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>
body { font-family: system-ui, sans-serif; color: #1b2a35; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; margin: 1rem 0; } td, th { padding: 0.15rem 0.7rem; border-bottom: 1px solid #e4e7ec; text-align: left; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
</style></head><body><h1>${escaped(title)}</h1><p>${escaped(about)}</p>
${sections.join("\n")}
</body></html>
`;
}
