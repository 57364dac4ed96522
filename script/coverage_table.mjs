// Reads llvm-cov's summary from the standard input, adds up the files of each component, and sets the exit status. With
// --fuzzed nothing has a limit.
import { readFileSync } from "node:fs";
import { relative } from "node:path";

const limits = { lines: 95, branches: 85 };
const components = {
  batch: ["include/", "src/"],
  json: ["extras/json/"],
  async: ["extras/async/"],
  fixtures: ["fixtures/"],
  properties: ["properties/include/", "properties/src/"],
};

// ccache may have made paths relative to the build folder.
const files = JSON.parse(readFileSync(0)).data[0].files.map(({ filename, summary }) => ({
  path: relative(process.cwd(), filename),
  summary,
}));
const percent = ({ covered, count }) => (count === 0 ? 100 : (100 * covered) / count);
const sum = (some, kind) => ({
  covered: some.reduce((total, file) => total + file.summary[kind].covered, 0),
  count: some.reduce((total, file) => total + file.summary[kind].count, 0),
});

const has_limits = !process.argv.includes("--fuzzed");
let failed = false;
const print = (...cells) =>
  console.log(cells[0].padEnd(12) + cells.slice(1).map((cell) => String(cell).padStart(11)).join(""));
const row = (name, some, judged) => {
  const cells = Object.keys(limits).flatMap((kind) => {
    const total = sum(some, kind);
    failed ||= has_limits && judged && (total.count === 0 || percent(total) < limits[kind]);
    return [total.count, percent(total).toFixed(1) + "%"];
  });
  print(name, some.length, ...cells);
};

print("component", "files", "lines", "covered", "branches", "covered");
const counted = [];
for (const [name, folders] of Object.entries(components)) {
  const own = files.filter(({ path }) => folders.some((folder) => path.startsWith(folder)));
  counted.push(...own);
  row(name, own, name === "fixtures" || name === "properties");
  // The limits are those of the library as a whole: half of what async misses is run by the compiler alone.
  if (name === "async") row("library", [...counted], true);
}
row("all", counted, true);
if (failed) console.log(`under ${limits.lines}% of the lines or ${limits.branches}% of the branches, or nothing counted`);
process.exitCode = failed ? 1 : 0;
