// What the benchmarks of a handler write is read and compared as github-action-benchmark does it (src/extract.ts and
// src/write.ts of its release 1.22, for the tool customSmallerIsBetter). That action is on no registry, so its rules are
// stated here again.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const program = process.env.BATCHPROOF_BENCHMARKS;
const workflow = readFileSync(new URL("../../examples/benchmarks/benchmark.yml", import.meta.url), "utf8");
const folder = mkdtempSync(join(tmpdir(), "batchproof-benchmarks-"));
after(() => rmSync(folder, { recursive: true }));
const no_valgrind = spawnSync("valgrind", ["--version"]).status === 0 ? false : "valgrind is not installed";

/// An array of {name, value, unit}, and not an empty one. The action coerces any value that is neither text nor number; we write both.
function read_results(text) {
  const rows = JSON.parse(text);
  assert.ok(Array.isArray(rows) && rows.length > 0);
  for (const { name, value, unit } of rows) {
    assert.equal(typeof name, "string");
    assert.equal(typeof unit, "string");
    assert.ok(Number.isFinite(value) && value > 0, `${name}: ${value}`);
  }
  return rows;
}

/// Each row is compared with the first of its name in the results before; a row that was not there is not compared.
const alerts = (previous, current, threshold) =>
  current.filter(({ name, value }) => {
    const before = previous.find((row) => row.name === name);
    return before !== undefined && value / before.value > threshold;
  }).map(({ name }) => name);

function results_of(option) {
  const file = join(folder, "results.json");
  execFileSync(program, [`${option}=${file}`, "--benchmark_min_time=0", "--benchmark_filter=/10$"], { stdio: "pipe" });
  return read_results(readFileSync(file, "utf8"));
}

const names = ["handle_order/10", "handle_order, 5% fail/10"];
const slower = (rows, factor) => rows.map((row, index) => (index === 0 ? { ...row, value: row.value * factor } : row));

test("times are one median for each benchmark, and a slower one alone alarms", () => {
  const times = results_of("--times_out");
  assert.deepEqual(times.map(({ name }) => name), names);
  assert.deepEqual(alerts(times, times, 1), []);
  assert.deepEqual(alerts(times, slower(times, 1.6), 1.5), names.slice(0, 1));
});

test("the same program does not alarm by its instructions", { skip: no_valgrind }, () => {
  const [before, now] = [results_of("--instructions_out"), results_of("--instructions_out")];
  assert.deepEqual(before.map(({ name }) => name), names);
  assert.deepEqual(alerts(before, now, 1.01), []);
  assert.deepEqual(alerts(before, slower(now, 1.1), 1.05), names.slice(0, 1));
});

test("Google Benchmark's own JSON is refused, since its cv of 0 is NaN", () => {
  const json = execFileSync(program, ["--benchmark_format=json", "--benchmark_repetitions=2", "--benchmark_min_time=0",
                                      "--benchmark_filter=^handle_order/10$"], { encoding: "utf8" });
  assert.match(json, /NaN/i);
  assert.throws(() => JSON.parse(json));
});

test("the workflow gives the action the files that the program writes", () => {
  const written = [...workflow.matchAll(/--(?:times|instructions)_out=(\S+)/g)].map(([, file]) => file);
  const read = [...workflow.matchAll(/output-file-path: (\S+)/g)].map(([, file]) => file);
  assert.equal(written.length, 2);
  assert.deepEqual(read.sort(), written.sort());
  assert.deepEqual(workflow.match(/tool: .*/g), Array(2).fill("tool: customSmallerIsBetter"));
});

test("the workflow makes the branch that the action fetches, once", () => {
  const [, folded] = workflow.match(/- name: Make the branch .*\n +run: >-\n((?: {10}.*\n)+)/);
  const command = folded.trim().split(/\s*\n\s*/).join(" ");
  const git = (where, ...words) => execFileSync("git", ["-C", join(folder, where), ...words], { encoding: "utf8", stdio: "pipe" });
  execFileSync("git", ["init", "--quiet", "--bare", join(folder, "remote")]);
  execFileSync("git", ["clone", "--quiet", join(folder, "remote"), join(folder, "clone")], { stdio: "pipe" });
  const made = [1, 2].map(() => {
    execFileSync("sh", ["-e", "-c", command], { cwd: join(folder, "clone"), stdio: "pipe" });
    git("clone", "fetch", "origin", "gh-pages:gh-pages");
    return git("clone", "rev-parse", "gh-pages");
  });
  assert.equal(made[0], made[1]);
});
