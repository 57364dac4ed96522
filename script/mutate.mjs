// The work of script/mutate. The sources stay as they are: a copy in build/mutate is changed. The status is 1 when less than
// 90% of the mistakes that compile are noticed, or 60% of them by the laws alone.

import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { files_of, operators, sites_of, sites_without_effect, without_effect_list } from "./mutations.mjs";

const usage = `usage: script/mutate [--by-laws] [--file NAME]... [--sample N] [--seed S]

Makes one small mistake in src/ at a time, and shows those that no test notices.

  --by-laws    batchproof verify judges, of 200 cases, in place of the tests
  --file NAME  only the mistakes of src/NAME; may be repeated
  --sample N   only N of the mistakes, drawn by the seed (default: all, which takes an hour)
  --seed S     (default: 1)`;

const read_options = () => {
  try {
    const { values } = parseArgs({ options: {
      sample: { type: "string" }, seed: { type: "string", default: "1" }, file: { type: "string", multiple: true },
      "by-laws": { type: "boolean", default: false }, help: { type: "boolean", short: "h", default: false },
    } });
    const is_number = (text) => text === undefined || /^\d+$/.test(text);
    if (!is_number(values.sample) || !is_number(values.seed)) throw new Error("--sample and --seed take a whole number");
    return values;
  } catch (error) {
    console.error(`script/mutate: ${error.message}\n\n${usage}`);
    process.exit(2);
  }
};

const options = read_options();
if (options.help) {
  console.log(usage);
  process.exit(0);
}
const by_laws = options["by-laws"];
const folder = by_laws ? "build/mutate/by_laws" : "build/mutate";
const least = by_laws ? 60 : 90; // percent
const test_seconds = by_laws ? 120 : 30; // ten times what they take; a mistake may make a loop endless
const test_kilobytes = 8_000_000; // of address space; the loop may ask for memory each time

const files = files_of("src");
const sites = sites_of("src");
const without_effect = sites_without_effect(JSON.parse(readFileSync(without_effect_list, "utf8")), sites);

console.log(`${sites.length} places in ${files.length} files of src/; ${without_effect.size} without effect are left out`);
for (const operator of Object.keys(operators))
  console.log(`  ${operator.padEnd(18)} ${sites.filter((site) => site.operator === operator).length}`);

// The same numbers everywhere: a linear congruential generator, its upper bits.
let state = BigInt(options.seed);
const below = (count) => {
  state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
  return Number((state >> 33n) % BigInt(count));
};
const is_wanted = ({ file }) => !options.file || options.file.includes(file);
for (const file of options.file ?? []) {
  if (files.includes(file)) continue;
  console.error(`script/mutate: there is no src/${file}`);
  process.exit(2);
}
const left = sites.filter((site) => is_wanted(site) && !without_effect.has(site));
const sample = [];
while (left.length > 0 && sample.length < Number(options.sample ?? left.length + sample.length))
  sample.push(...left.splice(below(left.length), 1));

const run = (program, args, seconds) =>
  new Promise((resolve) => {
    const child = spawn(program, args, { stdio: "ignore", timeout: seconds * 1000, killSignal: "SIGKILL",
                                         env: { ...process.env, GTEST_FAIL_FAST: "1" } });
    child.on("close", (code) => resolve(code === 0));
  });

const target = by_laws ? "batchproof_tool" : "test_batch";
const preset = by_laws ? "release" : "dev"; // the kit is fast only where it is optimised
execFileSync("script/build", [preset, target], { stdio: "inherit" });
mkdirSync(`${folder}/objects`, { recursive: true });
const sources = files.filter((file) => file.endsWith(".cpp"));
const compile = (source, object) =>
  run("g++", ["-std=c++20", "-O0", "-w", "-Iinclude", "-c", source, "-o", object], 600);

/// The files that the build links into the target, with these objects in place of the library.
const linked = execFileSync("ninja", ["-C", `build/${preset}`, "-t", "commands", target], { encoding: "utf8" })
  .trim().split("\n").at(-1).split(/\s+/).filter((word) => /\.(o|a|so[.\d]*)$|^-l|^-pthread$/.test(word))
  .map((word) => (word.startsWith("/") || word.startsWith("-") ? word : `build/${preset}/${word}`));
const link = (objects, program) =>
  run("g++", [...objects, ...linked.filter((word) => !word.endsWith("/libbatchproof_batch.a")), "-o", program, "-fuse-ld=lld"], 600);
const test_arguments = by_laws ? ["verify", "--cases", "200", "--seed", options.seed] : [];
const link_and_test = async (objects, program) =>
  (await link(objects, program))
    ? (await run("prlimit", [`--as=${test_kilobytes * 1000}`, program, ...test_arguments], test_seconds)) ? "survived" : "killed"
    : "not compiled";

const in_parallel = async (items, work) => {
  const waiting = items.map((item, index) => [item, index]);
  const worker = async (number) => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await work(next[0], number);
  };
  await Promise.all(Array.from({ length: cpus().length }, (_, number) => worker(number)));
};

const object_of = (source) => `${folder}/objects/${source}.o`;
await in_parallel(sources, (source) => compile(`src/${source}`, object_of(source)));
if ((await link_and_test(sources.map(object_of), `${folder}/test_unchanged`)) !== "survived")
  throw new Error(`${target} fails without a mistake`);

/// The sources that a change of this file changes.
const includers = (file) => {
  if (file.endsWith(".cpp")) return [file];
  const found = files.filter((other) => readFileSync(`src/${other}`, "utf8").includes(`#include "${file}"`));
  return [...new Set(found.flatMap(includers))];
};

const outcomes = { killed: [], survived: [], "not compiled": [] };
const show_progress = () => {
  if (!process.stderr.isTTY) return;
  const tried = Object.values(outcomes).flat().length;
  process.stderr.write(`\r${tried} of ${sample.length} tried, ${outcomes.survived.length} survived\x1b[K\r`);
};
await in_parallel(sample, async (site, worker) => {
  const copy = `${folder}/src${worker}`;
  cpSync("src", copy, { recursive: true });
  const lines = readFileSync(`src/${site.file}`, "utf8").split("\n");
  lines[site.index] = site.changed;
  writeFileSync(`${copy}/${site.file}`, lines.join("\n"));
  const changed = includers(site.file);
  const objects = [];
  let compiled = true;
  for (const source of sources) {
    const object = changed.includes(source) ? `${folder}/objects/${worker}.${source}.o` : object_of(source);
    if (changed.includes(source)) compiled &&= await compile(`${copy}/${source}`, object);
    objects.push(object);
  }
  const outcome = compiled ? await link_and_test(objects, `${folder}/test_${worker}`) : "not compiled";
  outcomes[outcome].push(site);
  show_progress();
  if (outcome === "survived")
    console.log(`survived  src/${site.file}:${site.index + 1}  ${site.operator}\n  - ${site.line.trim()}\n  + ${site.changed.trim()}`);
});

const judged = outcomes.killed.length + outcomes.survived.length;
if (judged === 0 && sample.length > 0) throw new Error("no mistake compiles");
const score = judged === 0 ? 100 : (100 * outcomes.killed.length) / judged;
console.log(`tried ${sample.length} by seed ${options.seed}: ${outcomes["not compiled"].length} do not compile, ` +
            `${outcomes.killed.length} killed, ${outcomes.survived.length} survived: ${score.toFixed(1)}% killed` +
            (by_laws ? " by batchproof verify alone" : ""));
process.exitCode = score < least ? 1 : 0;
