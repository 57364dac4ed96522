// Counts the instructions of a workload with callgrind. The numbers are the same on every machine with the same packages:
// simdjson's kernel and the variants of glibc's functions are named here rather than chosen by the processor, the caches
// that glibc asks for have a size, symbols are bound before the count begins, and nothing is taken from the environment.

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";

const kernels = { x64: "westmere", arm64: "arm64" };

const environment = {
  PATH: "/usr/local/bin:/usr/bin:/bin",
  LD_BIND_NOW: "1",
  SIMDJSON_FORCE_IMPLEMENTATION: kernels[process.arch] ?? "fallback",
  GLIBC_TUNABLES: [
    "glibc.cpu.hwcaps=-AVX2,-AVX_Fast_Unaligned_Load,-AVX512VL,-AVX512BW,-ERMS,-FSRM,-SSSE3,-SSE4_1,-SSE4_2",
    "glibc.cpu.x86_data_cache_size=32768",
    "glibc.cpu.x86_shared_cache_size=1048576",
    "glibc.cpu.x86_non_temporal_threshold=786432",
  ].join(":"),
};

const run = async (folder, command) =>
  (await promisify(execFile)(command[0], command.slice(1), { cwd: folder, env: environment, maxBuffer: 1 << 28 })).stdout;

/// A program runs by its bare name, so that no path makes its stack longer.
const bare = (program) => `./${basename(program)}`;

const lines_of = async (program, argument) =>
  (await run(dirname(program), [bare(program), argument])).trim().split("\n");

export const workloads_of = (program) => lines_of(program, "--list");

/// All that the counts depend on besides our sources; two that are equal may be compared.
export async function toolchain_of(program) {
  const [compiler, flags] = await lines_of(program, "--toolchain");
  const toolchain = { compiler, flags, architecture: process.arch };
  for (const name of ["libc6", "libgcc-s1", "librapidcheck-dev", "libsimdjson-dev", "libstdc++6", "nlohmann-json3-dev", "valgrind"])
    toolchain[name] = await run("/", ["dpkg-query", "--show", "--showformat=${Version}", name]).catch(() => "unknown");
  return toolchain;
}

/// `std::optional<int> batchproof::read<int>(Slice) const` is `std::optional batchproof::read const`: one name for all
/// instances of a template, for the clones that the compiler makes of a function, and for all versions of the library.
function short_name(symbol) {
  let name = symbol.replaceAll("(anonymous namespace)::", "").replaceAll("operator()", "operator{}")
    .replace(/\bbatchproof::v\d+_\d+::/g, "batchproof::")
    .replace(/('\d+|\.(constprop|isra|part|cold)(\.\d+)?)+$/, "");
  for (let longer = ""; longer !== name; ) {
    longer = name;
    name = name.replace(/<[^<>()]*>|\([^<>()]*\)/g, "");
  }
  return name;
}

/// The instructions of callgrind_annotate's output: in all, those outside of simdjson, and of each function itself. A
/// function that has no symbol goes by its library.
export function read_annotated(text) {
  const functions = {};
  let instructions = 0;
  for (const line of text.split("\n")) {
    const [, count, what] = line.match(/^ *([\d,]+)  (.+)$/) ?? [];
    if (count === undefined) continue;
    const cost = Number(count.replaceAll(",", ""));
    if (what === "PROGRAM TOTALS") {
      instructions = cost;
      continue;
    }
    const [, symbol, library] = what.match(/^[^:]*:(.+?)(?: \[(.*)\])?$/);
    const name = symbol.startsWith("0x") ? basename(library ?? "") : short_name(symbol);
    functions[name] = (functions[name] ?? 0) + cost;
  }
  const of_simdjson = Object.entries(functions).filter(([name]) => name.startsWith("simdjson::"));
  return { instructions, ours: of_simdjson.reduce((rest, [, cost]) => rest - cost, instructions), functions };
}

const callgrind = (program, profile, ...options) =>
  run(dirname(program), ["valgrind", "--tool=callgrind", "--collect-atstart=no", "--toggle-collect=counted_part",
                         `--callgrind-out-file=${profile}`, bare(program), ...options]);

/// Why nothing can be counted here; nothing when it can.
export const why_not = (program) =>
  callgrind(program, "/dev/null", "--list").then(() => undefined, (error) => error.message);

/// `planted_rounds` of a slowdown are counted with it.
export async function count(program, workload, planted_rounds = 0) {
  const folder = mkdtempSync(join(tmpdir(), "batchproof-track-"));
  try {
    const profile = join(folder, "callgrind.out");
    await callgrind(program, profile, workload, String(planted_rounds));
    return read_annotated(await run(folder, ["callgrind_annotate", "--threshold=100", "--show-percs=no", "--auto=no", profile]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
