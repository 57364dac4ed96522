// Draws the lives in the page that `batchproof simulate --html` writes, read from the standard input, as SVG on the
// standard output: one line a message, one bar a delivery.

import { readFileSync } from "node:fs";
import { compile } from "vega-lite";
import { parse, View } from "vega";

const page = readFileSync(0, "utf8");
const data = page.match(/<script id="data" type="application\/json">([^]*?)<\/script>/)[1];
const { report, history } = JSON.parse(data);
const isStream = "stream" in report.world;
const messages = history.lives.messages;
const nameOf = (message, number) =>
  report.world.source === "sqs_fifo" ? `${number + 1}, group ${message.group}` : `${number + 1}`;
const names = messages.map(nameOf);
const words = { succeeded: "handled", failed: "failed", cut: "cut off", not_handled: "not handled" };
const ends = {
  done: "done",
  dead_lettered: isStream ? "on-failure destination" : "dead-lettered",
  expired: "expired",
};

const deliveries = messages.flatMap((message, number) =>
  message.deliveries.map(([began, ended, released, invocation, outcome]) => ({
    name: names[number],
    began: began / 1000,
    released: Math.max(released, ended) / 1000,
    what: words[outcome],
  })),
);
const lives = messages.map((message, number) => ({
  name: names[number],
  sent: message.sent / 1000,
  ended: message.ended / 1000,
  end: ends[message.disposition],
}));

const outcomes = { domain: Object.values(words), range: ["#7cc49a", "#cf4a58", "#d9a441", "#8a93a3"] };
const dispositions = { domain: Object.values(ends), range: ["#12653a", "#a11728", "#7a4f00"] };
const y = {
  field: "name",
  type: "nominal",
  sort: names,
  title: isStream ? "record" : "message",
  axis: { labelFontSize: 11, labelPadding: 10, domain: false, ticks: false },
};

const picture = {
  background: "white",
  padding: 8,
  width: 560,
  height: { step: 20 },
  layer: [
    {
      data: { values: lives },
      mark: { type: "rule", color: "#c3cad6", strokeWidth: 2 },
      encoding: {
        y,
        x: { field: "sent", type: "quantitative", title: "seconds", axis: { grid: false } },
        x2: { field: "ended" },
      },
    },
    {
      data: { values: deliveries },
      mark: { type: "rule", color: "#4a77c9", opacity: 0.4, strokeWidth: 5 },
      encoding: { y, x: { field: "began", type: "quantitative" }, x2: { field: "released" } },
    },
    {
      data: { values: deliveries },
      mark: { type: "point", shape: "square", filled: true, size: 70, opacity: 1 },
      encoding: {
        y,
        x: { field: "began", type: "quantitative" },
        color: {
          field: "what",
          type: "nominal",
          scale: outcomes,
          legend: { orient: "bottom", title: "delivered, and" },
        },
      },
    },
    {
      data: { values: lives },
      mark: { type: "text", align: "left", dx: 8, fontSize: 11 },
      encoding: {
        y,
        x: { field: "ended", type: "quantitative" },
        text: { field: "end" },
        color: { field: "end", type: "nominal", scale: dispositions, legend: null },
      },
    },
  ],
  resolve: { scale: { color: "independent" } },
  config: { view: { stroke: null }, font: "sans-serif" },
};

process.stdout.write(`${await new View(parse(compile(picture).spec), { renderer: "none" }).toSVG()}\n`);
