// The work of script/track: node track.mjs FOLDER GROUP... [--json] [--accept REASON] counts the workloads of each group,
// the program FOLDER/track_GROUP. The status is 1 when a workload grew, and 2 when nothing can be counted here.

import { execFileSync } from "node:child_process";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { compare, without_small_functions } from "./compare.mjs";
import { comparison_text } from "./comparison_text.mjs";
import { count, toolchain_of, why_not, workloads_of } from "./count.mjs";

const file = (name) => new URL(`../${name}`, import.meta.url);

async function count_groups(folder, groups) {
  const waiting = [];
  for (const group of groups) {
    const program = resolve(folder, `track_${group}`);
    for (const name of await workloads_of(program)) waiting.push({ group, program, name });
  }
  const counts = {};
  for (const { name } of waiting) counts[name] = undefined; // in this order, whichever is done first
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      counts[next.name] = { group: next.group, ...(await count(next.program, next.name)) };
  };
  await Promise.all(cpus().map(worker));
  return counts;
}

function accept(counted, reason) {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  const date = new Date().toISOString().slice(0, 10);
  const entries = Object.entries(counted.workloads);
  const kept = Object.fromEntries(entries.map(([name, counts]) => [name, without_small_functions(counts)]));
  const baseline = { date, commit, reason, toolchain: counted.toolchain, workloads: kept };
  writeFileSync(file("baseline.json"), JSON.stringify(baseline, null, 1) + "\n");
  const counts = Object.fromEntries(entries.map(([name, { instructions }]) => [name, instructions]));
  appendFileSync(file("history.jsonl"), JSON.stringify({ date, commit, reason, compiler: counted.toolchain.compiler, counts }) + "\n");
}

const { values: options, positionals: [folder, ...groups] } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean" }, accept: { type: "string" } },
});
const first_program = resolve(folder, `track_${groups[0]}`);
const obstacle = await why_not(first_program);
if (obstacle !== undefined) {
  console.error(`NOT COUNTED: callgrind does not run here: ${obstacle}`);
  process.exit(2);
}
const counted = { toolchain: await toolchain_of(first_program), workloads: await count_groups(folder, groups) };
if (options.accept !== undefined) {
  accept(counted, options.accept);
  console.log(`accepted: ${Object.keys(counted.workloads).length} workloads; commit bench/baseline.json and bench/history.jsonl`);
} else {
  const comparison = compare(JSON.parse(readFileSync(file("baseline.json"), "utf8")), counted, groups);
  console.log(options.json ? JSON.stringify(comparison) : comparison_text(comparison, process.stdout.isTTY && !process.env.NO_COLOR));
  process.exitCode = comparison.state === "failed" ? 1 : 0;
}
