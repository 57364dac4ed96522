// Verifies each usage of usages.json as a function of Node, and writes a page of what was found:
//
//   node verify_usages.mjs BATCHPROOF RUNTIME PAGE
//
// BATCHPROOF is the command, RUNTIME a program that asks for invocations and calls the handler that _HANDLER names. The
// status is 1 when a usage violates another law than usages.json says, or none: look at it, and change the file. A fault
// that no tracker knows ("tracker": null) is left out of the page until a person has reported it. A usage with
// "rejects_all" is verified on rejected payloads alone, so that every batch may fail as a whole.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const [batchproof, runtime, page] = process.argv.slice(2).map((name) => path.resolve(name));
const here = path.resolve(".");
const cases = 1000;
const seed = 1;

const folder = mkdtempSync(path.join(tmpdir(), "payloads-"));
const written = (name, lines) => {
  const file = path.join(folder, name);
  writeFileSync(file, lines.map((line) => line + "\n").join(""));
  return file;
};
const texts = {
  accepted: written("accepted", ['{"quantity": 2}', '{"quantity": 7}']),
  rejected: written("rejected", ['{"quantity": 0}', "not json"]),
};
const images = {
  accepted: written("accepted_images", ['{"quantity": {"N": "2"}}', '{"quantity": {"N": "7"}}']),
  rejected: written("rejected_images", ['{"quantity": {"N": "0"}}', '{"quantity": {"S": "two"}}']),
};

async function verify({ handler, source, options = [], rejects_all: rejectsAll = false }) {
  const payloads = source === "dynamodb" ? images : texts;
  const command = ["verify", "--function", "--json", "--source", source, "--cases", cases, "--seed", seed];
  if (!rejectsAll) command.push("--accepted", payloads.accepted);
  command.push("--rejected", payloads.rejected, ...options);
  command.push("--working-directory", here, "--env", `_HANDLER=functions/${handler}`);
  command.push("--", process.execPath, "loops.mjs", runtime);
  const run = promisify(execFile)(batchproof, command.map(String), { maxBuffer: 1 << 28 });
  const { stdout } = await run.catch((error) => {
    if (error.code !== 1) throw new Error(`${handler}: ${error.stderr}`);
    return error;
  });
  return JSON.parse(stdout).runs[0].report;
}

const version = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version;
const cell = (text) => text.replaceAll("|", "\\|");

const usages = JSON.parse(readFileSync("usages.json"));
const rows = [];
const faults = [];
let unexpected = 0;
let unreported = 0;
try {
  for (const usage of usages) {
    const report = await verify(usage);
    const violated = report.broken_law ?? undefined;
    console.log(`${usage.handler} (${usage.source}): ${violated ?? "every law held"}`);
    if (violated !== usage.violates) {
      console.error(`${usage.handler}: usages.json says ${usage.violates ?? "that every law holds"}`);
      ++unexpected;
    } else if (violated && !usage.tracker) {
      ++unreported;
    } else {
      rows.push({ ...usage, states: Object.fromEntries(report.laws.map(({ id, state }) => [id, state])) });
      if (violated) faults.push({ ...usage, report });
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
if (unexpected > 0) process.exit(1);

const indented = (text) => text.split("\n").map((line) => "    " + line).join("\n");
const about = ({ package: name, usage, tracker, note, report }) => {
  const { pattern, expected, actual, payload } = report.counterexample;
  const { sentence, aws_page: aws } = report.laws.find(({ id }) => id === report.broken_law);
  return `### ${name} ${version(name)}: \`${report.broken_law}\`

${usage}. ${note ?? ""} [The tracker](${tracker})

> ${sentence}

AWS's page: ${aws}. The smallest event has the pattern \`${pattern}\` (\`o\` accepted, \`x\` rejected). The law requires
\`${expected}\`, and the answer was \`${cell(actual)}\`. The event:

${indented(JSON.stringify(JSON.parse(payload), null, 1))}
`;
};

// One column for each law that was judged in some usage; a fault ends the search, so "held" is "held until then".
const shown = { held: "held", violated: "**violated**" };
const laws = [...new Set(rows.flatMap(({ states }) => Object.keys(states)))].filter(
  (law) => law !== "canary" && rows.some(({ states }) => shown[states[law]]));
const line = (cells) => `| ${cells.join(" | ")} |`;
const table = [
  line(["package", "used by", "source", ...laws.map((law) => `\`${law}\``)]),
  line(["---", "---", "---", ...laws.map(() => "---")]),
  ...rows.map(({ package: name, usage, source, states }) =>
    line([`${name} ${version(name)}`, cell(usage), source, ...laws.map((law) => shown[states[law]] ?? "-")])),
];

const date = new Date().toISOString().slice(0, 10);
writeFileSync(
  page,
  `# Which released packages keep the laws

\`script/peers\` verifies functions that use packages of npm, as \`batchproof verify --function\` does, on all small batches
and ${cases.toLocaleString("en")} random ones of each source, and writes this page. It was written on ${date}, with Node ${process.versions.node}. A version
later than those below may differ. ${unreported} more usages violate a law and stand in \`tests/peers/usages.json\`; this page leaves them
out until the packages' own trackers know of them.

A \`-\` is a law that does not apply to the usage.

${table.join("\n")}

## What was found

${faults.map(about).join("\n")}`,
);
