// Counts the lines that a compiler reads for each component, its own and those of every header, since most of a build's time
// goes into them; and compares the counts with a baseline. A component's lines are those of all its compilations, as the
// preset `track` has them; consumer_function and consumer_test are what a user compiles.

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { toolchain_differences } from "./compare.mjs";

export const lines_limit_percent = 10;

const packages = ["libboost1.81-dev", "libc6-dev", "libcli11-dev", "libfmt-dev", "libgmock-dev", "libgtest-dev",
                  "librapidcheck-dev", "libsimdjson-dev", "libyaml-dev", "nlohmann-json3-dev"];

const run = async (command, ...options) =>
  (await promisify(execFile)(command, options, { maxBuffer: 1 << 28, encoding: "latin1" })).stdout;

/// The name of what a file is compiled for: "CMakeFiles/batchproof_json.dir/..." is of "json"; nothing for a workload.
function component_of({ command }) {
  const [, target] = command.match(/ -o \S*CMakeFiles\/([^/]+)\.dir\//);
  return target.match(/^batchproof_(?!workloads)(\w+)$/)?.[1] ?? target.match(/^consumer_\w+$/)?.[0];
}

/// The arguments of the compiler, without the output. A compiler cache may stand before it. Paths have no spaces.
function arguments_of({ command }, compiler) {
  const words = command.replaceAll('\\"', '"').replace(/ -o \S+/, "").split(" ");
  return words.slice(words.indexOf(compiler) + 1).filter((word) => word !== "" && word !== "-c");
}

/// {toolchain, lines: {NAME: count}} of a configured build folder. Nothing needs to have been built.
export async function count_lines(folder) {
  const [, compiler] = readFileSync(join(folder, "CMakeCache.txt"), "utf8").match(/^CMAKE_CXX_COMPILER:\w+=(.*)$/m);
  const waiting = JSON.parse(readFileSync(join(folder, "compile_commands.json"), "utf8")).filter(component_of);
  const lines = Object.fromEntries(waiting.map(component_of).sort().map((name) => [name, 0]));
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const text = await run(compiler, ...arguments_of(next, compiler), "-E", "-P");
      lines[component_of(next)] += text.split("\n").length - 1;
    }
  };
  await Promise.all(cpus().map(worker));
  const toolchain = { compiler: (await run(compiler, "-dumpfullversion")).trim(), architecture: process.arch };
  for (const name of packages)
    toolchain[name] = await run("dpkg-query", "--show", "--showformat=${Version}", name).catch(() => "unknown");
  return { toolchain, lines };
}

function compare_component(name, before, now) {
  if (now === undefined) return { name, state: "gone", before };
  if (before === undefined) return { name, state: "new", now };
  const percent = (100 * (now - before)) / before;
  const state = percent > lines_limit_percent ? "grew" : percent < -lines_limit_percent ? "shrank" : "same";
  return { name, state, before, now, percent };
}

/// The arguments are what `count_lines` returns. The state is "passed", "failed", or, where other packages may have changed
/// the counts, "not compared".
export function compare_lines(baseline, counted) {
  const differences = toolchain_differences(baseline, counted);
  if (differences.length > 0) return { state: "not compared", differences, components: [] };
  const names = new Set([...Object.keys(baseline.lines), ...Object.keys(counted.lines)]);
  const components = [...names].map((name) => compare_component(name, baseline.lines[name], counted.lines[name]));
  const failed = components.some(({ state }) => state === "grew" || state === "gone");
  return { state: failed ? "failed" : "passed", differences: [], components };
}
