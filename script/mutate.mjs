// The work of script/mutate. The sources stay as they are: a copy in build/mutate is changed. The status is 1 when less than
// 90% of the mistakes that compile are noticed, or 60% of them by the laws alone.

import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({ options: {
  sample: { type: "string" }, seed: { type: "string", default: "1" }, file: { type: "string", multiple: true },
  "by-laws": { type: "boolean", default: false },
} });
const by_laws = options["by-laws"];
const folder = by_laws ? "build/mutate/by_laws" : "build/mutate";
const least = by_laws ? 60 : 90; // percent
const test_seconds = by_laws ? 120 : 30; // ten times what they take; a mistake may make a loop endless
const test_kilobytes = 8_000_000; // of address space; the loop may ask for memory each time

// The kinds of mistakes: each finds a text in a line, and puts another in its place. Operators stand
// between spaces, as script/format writes them, and so differ from the brackets of templates.
const replace = (pattern, by) => (code) =>
  [...code.matchAll(pattern)].map((found) => [found.index, found[0].length, by]);
const exchange = (pairs) => replace(new RegExp(Object.keys(pairs).map((text) => text.replace(/[|+]/g, "\\$&")).join("|"), "g"),
                                    (text) => pairs[text]);
const operators = {
  "flipped comparison": exchange({ " == ": " != ", " != ": " == ", " < ": " >= ", " > ": " <= ", " <= ": " > ", " >= ": " < " }),
  "moved limit": exchange({ " < ": " <= ", " <= ": " < ", " > ": " >= ", " >= ": " > " }),
  "and for or": exchange({ " && ": " || ", " || ": " && " }),
  "negated condition": replace(/\b(if|while) \((?!constexpr)((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/g,
                               (text) => text.replace(/\((.*)\)$/, "(!($1))")),
  "off by one": replace(/(?<![\w.'])\d(?![\w.'])/g, (digit) => String(Number(digit) + 1)),
  "plus for minus": exchange({ " + ": " - ", " - ": " + " }),
  "true for false": replace(/\b(true|false)\b/g, (text) => (text === "true" ? "false" : "true")),
  "dropped statement": replace(/^ +(?!return|throw|using|else|case|break|const|static|if|for|while)[\w:.\->[\]*]+(\(.*\)| [-+*|&]?= .*|\+\+);$/g,
                               () => ";"),
};

/// The line without comments and the insides of strings, each byte in its place.
const code_of = (line) =>
  /^\s*(#|\/\/|static_assert|namespace|template)/.test(line)
    ? ""
    : line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)'/g, (text) => text[0] + "_".repeat(text.length - 2) + text[0])
          .replace(/ *\/\/.*$/, "");

const files = readdirSync("src").sort();
const sites = files.flatMap((file) =>
  readFileSync(`src/${file}`, "utf8").split("\n").flatMap((line, index) =>
    Object.entries(operators).flatMap(([operator, places]) =>
      places(code_of(line)).map(([begin, size, by]) => ({
        file, index, operator, line,
        changed: line.slice(0, begin) + by(line.slice(begin, begin + size)) + line.slice(begin + size),
      })))));

// Mutations that no test can notice, such as the amount of memory reserved at once, are listed with the reason.
const list = "script/mutations_without_effect.json";
const without_comment = (line) => line.replace(/ *\/\/.*$/, "").trim(); // a comment may change
const is_meant = ({ file, line, changed }) => (site) =>
  site.file === file && without_comment(site.line) === line && without_comment(site.changed) === changed;
const without_effect = new Set(JSON.parse(readFileSync(list, "utf8")).flatMap((mutation) => {
  const found = sites.filter(is_meant(mutation));
  if (found.length === 0) throw new Error(`${list} names a place that is no more: ${JSON.stringify(mutation)}`);
  return found;
}));

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
for (const file of options.file ?? []) if (!files.includes(file)) throw new Error(`there is no src/${file}`);
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
const score = judged === 0 ? 100 : (100 * outcomes.killed.length) / judged;
console.log(`tried ${sample.length} by seed ${options.seed}: ${outcomes["not compiled"].length} do not compile, ` +
            `${outcomes.killed.length} killed, ${outcomes.survived.length} survived: ${score.toFixed(1)}% killed` +
            (by_laws ? " by batchproof verify alone" : ""));
process.exitCode = score < least ? 1 : 0;
