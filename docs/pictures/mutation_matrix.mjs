// Draws what `batchproof zoo --end-to-end --json` prints on the standard input as SVG on the standard output.

import { readFileSync } from "node:fs";
import { compile } from "vega-lite";
import { parse, View } from "vega";

const zoo = JSON.parse(readFileSync(0, "utf8"));

const cellsOf = (kind) =>
  zoo.faults
    .filter((fault) => (fault.source === "handler") === (kind === "handler"))
    .flatMap((fault) =>
      fault.each_law.map((trial) => ({
        fault: fault.fault,
        law: trial.law,
        caught: trial.caught,
        cases: Math.max(trial.cases, 1),
        size: trial.size,
        own: trial.law === fault.law,
      })),
    );

/// The end-to-end laws are further columns, of those processors that they are known to catch.
const endToEnd = zoo.end_to_end ?? { laws: [], faults: [] };
const endToEndCells = endToEnd.faults.flatMap((fault) =>
  fault.each_law.map((trial) => ({
    fault: fault.fault,
    law: trial.law,
    caught: trial.caught,
    cases: trial.worlds,
    size: trial.messages,
    own: trial.must_catch,
  })),
);

const lawsOf = (kind) => zoo.laws.filter((law) => law.of === kind).map((law) => law.law);

const matrixOf = (title, cells, laws) => ({
  title: { text: title, anchor: "start", fontSize: 14 },
  data: { values: cells },
  width: { step: 30 },
  height: { step: 15 },
  encoding: {
    x: {
      field: "law",
      type: "nominal",
      sort: laws,
      title: null,
      axis: { orient: "top", labelAngle: -45, labelFontSize: 12, labelLimit: 0, domain: false, ticks: false },
    },
    y: {
      field: "fault",
      type: "nominal",
      sort: null,
      title: null,
      axis: { labelFontSize: 11, labelLimit: 0, domain: false, ticks: false, labelPadding: 6 },
    },
  },
  layer: [
    { mark: { type: "rect", color: "#ececec", stroke: "white", strokeWidth: 1 } },
    {
      transform: [{ filter: "datum.caught" }],
      mark: { type: "rect", stroke: "white", strokeWidth: 1 },
      encoding: {
        color: {
          field: "cases",
          type: "quantitative",
          scale: { type: "log", domain: [1, zoo.cases], scheme: "tealblues", reverse: true },
          legend: {
            title: ["random cases or worlds", "until the law caught it"],
            titleLimit: 0,
            values: [1, 3, 10, 30, 100, 200],
            format: "d",
            gradientLength: 140,
          },
        },
      },
    },
    {
      transform: [{ filter: "datum.own" }],
      mark: { type: "rect", filled: false, stroke: "#d9480f", strokeWidth: 2 },
    },
    {
      transform: [{ filter: "datum.caught && isValid(datum.size)" }],
      mark: { type: "text", fontSize: 10 },
      encoding: {
        text: { field: "size", type: "quantitative" },
        color: { condition: { test: "datum.cases < 8", value: "white" }, value: "#1b2a35" },
      },
    },
  ],
});

const specification = {
  $schema: "https://vega.github.io/schema/vega-lite/v6.json",
  background: "white",
  padding: 12,
  config: { aria: false, font: "DejaVu Sans, Verdana, sans-serif", view: { stroke: null } },
  spacing: 30,
  vconcat: [
    matrixOf(
      "Broken processors, and the laws that catch them; at the right, the end-to-end laws",
      [...cellsOf("processor"), ...endToEndCells],
      [...lawsOf("processor"), ...endToEnd.laws.map((law) => law.law)],
    ),
    matrixOf("Broken handlers, and the laws that catch them", cellsOf("handler"), lawsOf("handler")),
  ],
  resolve: { scale: { color: "shared" } },
};

const view = new View(parse(compile(specification).spec), { renderer: "none" });
process.stdout.write((await view.toSVG()) + "\n");
