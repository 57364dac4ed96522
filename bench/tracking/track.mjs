// The work of script/track: node track.mjs BUILD_FOLDER GROUP... [--json] [--accept REASON] counts the workloads of each
// group, the program bench/tracking/track_GROUP; the group `lines` is what compilers read. The status is 1 when something
// grew, and 2 when no instructions can be counted here.

import { execFileSync } from "node:child_process";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { compare, without_small_functions } from "./compare.mjs";
import { comparison_text, lines_comparison_text } from "./comparison_text.mjs";
import { count, toolchain_of, why_not, workloads_of } from "./count.mjs";
import { compare_lines, count_lines } from "./lines.mjs";

const file = (name) => new URL(`../${name}`, import.meta.url);

const program_of = (folder, group) => resolve(folder, "bench/tracking", `track_${group}`);

async function count_groups(folder, groups) {
  const waiting = [];
  for (const group of groups) {
    const program = program_of(folder, group);
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

function accept(counted, counted_lines, reason) {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  const date = new Date().toISOString().slice(0, 10);
  const entries = Object.entries(counted.workloads);
  const kept = Object.fromEntries(entries.map(([name, counts]) => [name, without_small_functions(counts)]));
  const baseline = { date, commit, reason, toolchain: counted.toolchain, workloads: kept,
                     compiled: counted_lines };
  writeFileSync(file("baseline.json"), JSON.stringify(baseline, null, 1) + "\n");
  const counts = Object.fromEntries(entries.map(([name, { instructions }]) => [name, instructions]));
  appendFileSync(file("history.jsonl"), JSON.stringify({ date, commit, reason, compiler: counted.toolchain.compiler, counts }) + "\n");
}

const { values: options, positionals: [folder, ...groups] } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean" }, accept: { type: "string" } },
});
const print = (comparison, text_of) => {
  const in_colours = process.stdout.isTTY && !process.env.NO_COLOR;
  console.log(options.json ? JSON.stringify(comparison) : text_of(comparison, in_colours));
  if (comparison.state === "failed") process.exitCode = 1;
};
const baseline = JSON.parse(readFileSync(file("baseline.json"), "utf8"));

const counted_lines = groups.includes("lines") ? await count_lines(folder) : undefined;
if (counted_lines && options.accept === undefined)
  print(compare_lines(baseline.compiled, counted_lines), lines_comparison_text);

const programs = groups.filter((group) => group !== "lines");
if (programs.length > 0) {
  const first_program = program_of(folder, programs[0]);
  const obstacle = await why_not(first_program);
  if (obstacle !== undefined) {
    console.error(`NOT COUNTED: callgrind does not run here: ${obstacle}`);
    process.exit(process.exitCode ?? 2);
  }
  const counted = { toolchain: await toolchain_of(first_program), workloads: await count_groups(folder, programs) };
  if (options.accept === undefined) {
    print(compare(baseline, counted, programs), comparison_text);
  } else {
    accept(counted, counted_lines, options.accept);
    console.log(`accepted: ${Object.keys(counted.workloads).length} workloads, and the lines of ` +
                `${Object.keys(counted_lines.lines).length} components; commit bench/baseline.json and bench/history.jsonl`);
  }
}
