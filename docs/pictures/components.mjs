// Reads which component includes headers of which, and draws it.
//
//   node docs/pictures/components.mjs          the graph in DOT, for `dot -Tsvg > docs/pictures/components.svg`
//   node docs/pictures/components.mjs --check  status 1 where a component includes what does not stand below it, where
//                                              a folder of properties/src includes one that docs/internals.md lists
//                                              after it, or where components.svg shows another graph
//
// A component stands below those that CMakeLists.txt lists after it, and below those alone that link it.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(fileURLToPath(new URL(".", import.meta.url)), "../..");

const read = (path) => readFileSync(join(root, path), "utf8");

/// Name, folder and links of each component, lowest floor first.
const componentsOf = (cmake) =>
  [...cmake.matchAll(/batchproof_component\((\w+)([^)]*)\)/g)].map(([, name, rest]) => ({
    name,
    folder: rest.match(/ROOT (\S+)/)[1],
    links: [...rest.matchAll(/batchproof::(\w+)/g)].map((link) => link[1]),
  }));

const filesBelow = (folder) =>
  existsSync(folder)
    ? readdirSync(folder).flatMap((entry) => {
        const path = join(folder, entry);
        return statSync(path).isDirectory() ? filesBelow(path) : /\.[hc]pp$/.test(path) ? [path] : [];
      })
    : [];

const components = componentsOf(read("CMakeLists.txt"));
const ownerOf = new Map();
for (const { name, folder } of components) {
  const include = join(root, folder, "include");
  for (const header of filesBelow(include)) ownerOf.set(header.slice(include.length + 1), name);
}

/// Which file made a component include another: the first one found.
const includes = new Map(components.map(({ name }) => [name, new Map()]));
for (const { name, folder } of components) {
  for (const part of ["include", "src"]) {
    for (const file of filesBelow(join(root, folder, part))) {
      for (const [, header] of readFileSync(file, "utf8").matchAll(/^#include [<"](batchproof\/[^>"]+)[>"]/gm)) {
        const owner = ownerOf.get(header);
        if (owner && owner !== name && !includes.get(name).has(owner))
          includes.get(name).set(owner, `${file.slice(root.length + 1)} includes <${header}>`);
      }
    }
  }
}

const reaches = (from, to, seen = new Set()) =>
  [...(includes.get(from)?.keys() ?? [])].some(
    (next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))),
  );

/// An arrow that a longer way replaces is not drawn.
const arrows = components.flatMap(({ name }) => {
  const direct = [...includes.get(name).keys()];
  return direct
    .filter((below) => !direct.some((other) => other !== below && reaches(other, below)))
    .map((below) => `${name}->${below}`);
});

const purpose = {
  batch: "decode, process, respond",
  async: "coroutine handlers",
  json: "typed payloads",
  windows: "tumbling windows",
  envelopes: "records within records",
  aws: "calls of SQS and DynamoDB",
  idempotency: "an effect happens once",
  lambda_runtime: "functions on aws-lambda-cpp",
  fixtures: "sources, events, processors as subjects",
  generators: "random batches",
  simulator: "the service around a function",
  properties: "laws, verify_handler, verify_processor",
  zoo: "broken processors, and the laws that catch them",
  gtest: "EXPECT_TRUE prints the report",
  effects: "an effect happens once, proved",
  concurrency: "laws of coroutines",
  window_laws: "verify_window",
  runtime_api: "starts and invokes any function",
  blackbox: "any function under the laws",
  benchmarking: "benchmarks of handlers",
};

const dot = () => {
  const box = ({ name, folder }) =>
    `  ${name} [label=<<b>${name}</b><br/><font point-size="10">${purpose[name] ?? ""}</font>>, ` +
    `fillcolor="${folder.startsWith("extras/") ? "#f4f1e8" : "#e3eef4"}"];\n`;
  const arrow = (text) => `  ${text.replace("->", " -> ")};\n`;
  return (
    'digraph components {\n  rankdir=TB;\n  bgcolor="transparent";\n' +
    '  node [shape=box, style="rounded,filled", color="#8aa0ad", fontname="Helvetica", fontsize=13];\n' +
    '  edge [color="#607480", arrowsize=0.7];\n' +
    components.map(box).join("") +
    arrows.map(arrow).join("") +
    "}\n"
  );
};

/// Includes of a folder of properties/src that stands after the including file's own.
const includesOfLaterRooms = () => {
  const rooms = [...read("docs/internals.md").matchAll(/^- `(\w+)\/`: /gm)].map(([, room]) => room);
  return rooms.flatMap((room, place) =>
    filesBelow(join(root, "properties/src", room)).flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/^#include "(?:\.\.\/)+(\w+)\//gm)]
        .filter(([, other]) => rooms.indexOf(other) > place)
        .map(([, other]) => `${file.slice(root.length + 1)} includes a header of ${other}/, which stands after ${room}/`),
    ),
  );
};

const check = () => {
  const problems = includesOfLaterRooms();
  const linked = (name, below) => {
    const links = components.find((component) => component.name === name).links;
    return links.includes(below) || links.some((link) => linked(link, below));
  };
  const floor = (name) => components.findIndex((component) => component.name === name);
  for (const [name, below] of includes) {
    for (const [other, why] of below) {
      if (floor(other) > floor(name) || !linked(name, other))
        problems.push(`${name} must not include ${other}, which does not stand below it: ${why}`);
    }
  }
  const drawn = [...read("docs/pictures/components.svg").matchAll(/<title>(\w+)&#45;&gt;(\w+)<\/title>/g)]
    .map(([, from, to]) => `${from}->${to}`)
    .sort();
  if (drawn.join() !== [...arrows].sort().join())
    problems.push("docs/pictures/components.svg shows another graph; docs/architecture.md says how it is drawn");
  return problems;
};

if (process.argv.includes("--check")) {
  const problems = check();
  for (const problem of problems) console.error(problem);
  process.exit(problems.length === 0 ? 0 : 1);
}
process.stdout.write(dot());
