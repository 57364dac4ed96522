// A comparison as text for people.

import { limit_percent } from "./compare.mjs";
import { lines_limit_percent } from "./lines.mjs";

const colours = { grew: 31, gone: 31, shrank: 32, new: 33, failed: 31, "not compared": 33, passed: 32 };

const whole = (number) => (number === undefined ? "" : number.toLocaleString("en"));
const signed = (number) => (number === undefined ? "" : `${number < 0 ? "" : "+"}${number.toFixed(2)}%`);

const advice = {
  "same": "",
  grew: `  grew by more than ${limit_percent}%`,
  shrank: "  shrank: --accept it",
  new: "  new: --accept it",
  gone: "  gone",
};

const coloured = (text, of, in_colours) => (in_colours && colours[of] ? `\x1b[${colours[of]}m${text}\x1b[0m` : text);

function difference_lines(differences) {
  const lines = differences.map(({ part, baseline, here }) => `  ${part.padEnd(20)} baseline ${baseline}, here ${here}`);
  return lines.length > 0 ? [...lines, "  script/track --accept REASON makes a baseline of this one."] : [];
}

const other_toolchain = ": the baseline comes from another toolchain, so the counts may differ for that alone";

export function lines_comparison_text({ state, differences, components }, in_colours) {
  const lines = [];
  if (components.length > 0) lines.push("lines that a compiler reads".padEnd(30) + "baseline".padStart(11) + "now".padStart(11) + "change".padStart(10));
  for (const row of components) {
    const note = row.state === "grew" ? `  grew by more than ${lines_limit_percent}%` : advice[row.state];
    lines.push(row.name.padEnd(30) + whole(row.before).padStart(11) + whole(row.now).padStart(11) +
               signed(row.percent).padStart(10) + coloured(note, row.state, in_colours));
  }
  lines.push(coloured(state.toUpperCase(), state, in_colours) + ({
    passed: `: no component's lines grew by more than ${lines_limit_percent}%`,
    failed: ": include less, or say why it must be so: script/track --accept REASON",
    "not compared": other_toolchain,
  })[state]);
  return [...lines, ...difference_lines(differences)].join("\n") + "\n";
}

export function comparison_text({ state, differences, workloads }, in_colours) {
  const lines = [];
  if (workloads.length > 0)
    lines.push("instructions".padEnd(46) + "baseline".padStart(14) + "now".padStart(14) + "change".padStart(9) +
               "without simdjson".padStart(18));
  for (const row of workloads) {
    lines.push(row.name.padEnd(46) + whole(row.before).padStart(14) + whole(row.now).padStart(14) +
               signed(row.percent).padStart(9) + signed(row.ours_percent).padStart(18) + coloured(advice[row.state], row.state, in_colours));
    for (const { name, by } of row.functions ?? []) lines.push(`    +${whole(by)}  ${name}`.slice(0, 118));
  }
  if (lines.length > 0) lines.push("");
  lines.push(coloured(state.toUpperCase(), state, in_colours) + ({
    passed: `: no workload grew by more than ${limit_percent}%`,
    failed: ": mend it, or say why it must be so: script/track --accept REASON",
    "not compared": other_toolchain,
  })[state]);
  lines.push(...difference_lines(differences));
  return lines.join("\n") + "\n";
}
