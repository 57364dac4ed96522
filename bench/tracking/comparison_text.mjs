// A comparison as text for people.

import { limit_percent } from "./compare.mjs";

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

export function comparison_text({ state, differences, workloads }, in_colours) {
  const coloured = (text, of) => (in_colours && colours[of] ? `\x1b[${colours[of]}m${text}\x1b[0m` : text);
  const lines = [];
  if (workloads.length > 0)
    lines.push("instructions".padEnd(46) + "baseline".padStart(14) + "now".padStart(14) + "change".padStart(9) +
               "without simdjson".padStart(18));
  for (const row of workloads) {
    lines.push(row.name.padEnd(46) + whole(row.before).padStart(14) + whole(row.now).padStart(14) +
               signed(row.percent).padStart(9) + signed(row.ours_percent).padStart(18) + coloured(advice[row.state], row.state));
    for (const { name, by } of row.functions ?? []) lines.push(`    +${whole(by)}  ${name}`.slice(0, 118));
  }
  if (lines.length > 0) lines.push("");
  lines.push(coloured(state.toUpperCase(), state) + ({
    passed: `: no workload grew by more than ${limit_percent}%`,
    failed: ": mend it, or say why it must be so: script/track --accept REASON",
    "not compared": ": the baseline comes from another toolchain, so the counts may differ for that alone",
  })[state]);
  for (const { part, baseline, here } of differences)
    lines.push(`  ${part.padEnd(20)} baseline ${baseline}, here ${here}`);
  if (differences.length > 0) lines.push("  script/track --accept REASON makes a baseline of this one.");
  return lines.join("\n") + "\n";
}
