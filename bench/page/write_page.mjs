// node write_page.mjs run RESULTS.json FOLDER, or history HISTORY.jsonl FOLDER: writes FOLDER/bench.svg and bench.html, or
// history.svg and history.html, and says where.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { charts_of_history, charts_of_run } from "./charts.mjs";
import { page_of, svg_of_all } from "./draw.mjs";

const [kind, file, folder] = process.argv.slice(2);
const text = readFileSync(file, "utf8");

function read_run() {
  const { context, benchmarks } = JSON.parse(text);
  return {
    name: "bench", title: "batchproof: benchmarks", charts: charts_of_run({ benchmarks }),
    about: `${context.date.slice(0, 10)}, ${context.num_cpus} processors of ${context.mhz_per_cpu} MHz.`,
  };
}

function read_history() {
  const lines = text.trim().split("\n").map((line) => JSON.parse(line));
  return {
    name: "history", title: "batchproof: accepted baselines", charts: charts_of_history(lines),
    about: lines.map(({ date, commit, reason }, number) => `${number + 1}. ${date}, ${commit}: ${reason}`).join(" "),
  };
}

const { name, title, about, charts } = kind === "history" ? read_history() : read_run();
if (charts.length > 0) {
  writeFileSync(join(folder, `${name}.svg`), await svg_of_all(charts));
  writeFileSync(join(folder, `${name}.html`), await page_of(title, about, charts));
  console.log(`${join(folder, name)}.svg and .html`);
}
