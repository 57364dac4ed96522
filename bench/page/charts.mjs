// The charts of a run: what Google Benchmark's JSON holds becomes values and Vega-Lite's words. Plain functions.

const green = "#2f7d55";
const red = "#c33c4c";
const grey = "#8a93a3";

/// "sqs/5% throw/1000/iterations:1/manual_time" has what Google Benchmark adds to it.
const plain_name = (name) => name.replace(/\/(iterations|repeats|manual_time|real_time).*$/, "");

const ratio_rows = (benchmarks) =>
  benchmarks
    .filter((row) => row.walk_ratio !== undefined)
    .map((row) => {
      const parts = plain_name(row.name).split("/");
      return { ...row, source: parts[0], what: parts.slice(1, -1).join("/"), records: row.records };
    });

const records_word = (records) => records.toLocaleString("en-US");

const number_axis = (title, more = {}) => ({ type: "quantitative", title, ...more });
const name_axis = (field, title = null, more = {}) => ({
  field, type: "nominal", sort: null, title, axis: { labelLimit: 0, ticks: false, domain: false, ...more },
});

/// Times of the bare walk; the line is where ours takes as long.
function end_to_end(rows) {
  const values = rows
    .filter(({ what, limit }) => limit !== undefined && /^(none failing|5% throw)$/.test(what))
    .map((row) => ({
      row: `${row.source}, ${records_word(row.records)}`,
      failing: row.what,
      ratio: row.walk_ratio_without_throws ?? row.walk_ratio,
    }));
  return {
    title: "Bytes in to bytes out, in multiples of the bare walk",
    note: "The walk takes identifier and payload of each record by simdjson, and no more. Of rows whose records throw, the cost of as many bare throws is subtracted.",
    values,
    spec: {
      width: 520,
      height: { step: 15 },
      layer: [
        { mark: { type: "rule", color: grey, strokeDash: [4, 3] }, encoding: { x: { datum: 1 } } },
        {
          mark: { type: "point", filled: true, size: 60 },
          encoding: {
            x: number_axis("x the bare walk", { field: "ratio", scale: { zero: true } }),
            y: name_axis("row"),
            color: { field: "failing", type: "nominal", scale: { domain: ["none failing", "5% throw"], range: [green, red] }, title: null },
          },
        },
      ],
    },
  };
}

function stages(rows) {
  const names = ["decode", "process", "encode"];
  const values = rows
    .filter(({ what }) => names.includes(what))
    .map((row) => ({
      row: `${row.source}, ${records_word(row.records)}`, stage: row.what, order: names.indexOf(row.what), ratio: row.walk_ratio,
    }));
  return {
    title: "Where the time goes when one record in twenty throws",
    note: "Each stage alone, in multiples of the bare walk of the whole event.",
    values,
    spec: {
      width: 520,
      height: { step: 17 },
      mark: "bar",
      encoding: {
        x: number_axis("x the bare walk", { field: "ratio", stack: true }),
        y: name_axis("row"),
        color: { field: "stage", type: "nominal", sort: names, scale: { range: ["#38618c", "#d9a441", green] }, title: null },
        order: { field: "order" },
      },
    },
  };
}

function others(rows) {
  const values = rows
    .filter((row) => row.records === 1_000 && row.limit !== undefined)
    .flatMap((row) => [
      { row: `${row.source}, ${row.what}`, who: "plain nlohmann loop", times: row.nlohmann_ratio },
      { row: `${row.source}, ${row.what}`, who: "Powertools (TypeScript)", times: row.powertools_ratio },
    ])
    .filter(({ times }) => times !== undefined);
  return {
    title: "How many times as long others take, at 1,000 records",
    note: "The same events, from JSON text to JSON text, in the same run.",
    values,
    spec: {
      width: 520,
      height: { step: 11 },
      mark: "bar",
      encoding: {
        x: number_axis("x ours", { field: "times" }),
        y: name_axis("row"),
        yOffset: { field: "who" },
        color: { field: "who", type: "nominal", scale: { range: ["#d9a441", grey] }, title: null, legend: { labelLimit: 0 } },
      },
    },
  };
}

function rest_of_ratios(rows) {
  const shown = new Set(["none failing", "5% throw", "decode", "process", "encode"]);
  const values = rows
    .filter(({ what }) => !shown.has(what))
    .map((row) => ({ row: `${row.source}, ${row.what}, ${records_word(row.records)}`, ratio: row.walk_ratio }));
  return {
    title: "Failures, groups, large bodies and typed payloads, in multiples of the bare walk",
    note: "With what the throws cost.",
    values,
    spec: {
      width: 520,
      height: { step: 17 },
      layer: [
        { mark: { type: "bar", color: "#38618c" } },
        { mark: { type: "text", align: "left", dx: 4 }, encoding: { text: { field: "ratio", type: "quantitative", format: ".2f" } } },
      ],
      encoding: { x: number_axis("x the bare walk", { field: "ratio" }), y: name_axis("row") },
    },
  };
}

/// Everything that has a limit, as the share of the limit that it takes; what must be at least so much, turned over.
export function limits(benchmarks) {
  const of = (row) => {
    if (row.least_cycles_a_minute) return row.least_cycles_a_minute / row.cycles_a_minute;
    if (row.limit_milliseconds) return row.median_milliseconds / row.limit_milliseconds;
    if (row.limit_without_throws && row.walk_ratio_without_throws)
      return Math.max(row.walk_ratio / row.limit, row.walk_ratio_without_throws / row.limit_without_throws);
    const measured = row.walk_ratio ?? row.footprint ?? row.ratio ?? row.microseconds;
    return row.limit === undefined || measured === undefined ? undefined : measured / row.limit;
  };
  return benchmarks
    .map((row) => ({ row: plain_name(row.name), share: of(row) }))
    .filter(({ share }) => share !== undefined)
    .map((row) => ({ ...row, state: row.share > 1 ? "over" : "within" }));
}

const limits_chart = (benchmarks) => ({
  title: "How much of its limit each row takes",
  note: "What is over its limit is red.",
  values: limits(benchmarks),
  spec: {
    width: 520,
    height: { step: 12 },
    layer: [
      {
        mark: "bar",
        encoding: {
          color: { field: "state", type: "nominal", scale: { domain: ["within", "over"], range: [green, red] }, legend: null },
        },
      },
      { mark: { type: "rule", color: "#1b2a35" }, encoding: { x: { datum: 1 }, y: null } },
    ],
    encoding: { x: number_axis("share of the limit", { field: "share", axis: { format: "%" } }), y: name_axis("row", null, { labelFontSize: 9 }) },
  },
});

/// The charts of one run that have something to show.
export function charts_of_run({ benchmarks }) {
  const rows = ratio_rows(benchmarks);
  return [end_to_end(rows), stages(rows), others(rows), rest_of_ratios(rows), limits_chart(benchmarks)]
    .filter(({ values }) => values.length > 0);
}

/// One chart a kind of workload: instructions of each accepted baseline, in percent of the first that has the workload.
export function charts_of_history(lines) {
  const first = {};
  const values = lines.flatMap(({ commit, date, reason, counts }, number) =>
    Object.entries(counts).map(([workload, count]) => {
      first[workload] ??= count;
      return { baseline: `${number + 1}. ${date}, ${commit}`, reason, workload, percent: (100 * count) / first[workload] };
    }));
  const kinds = [...new Set(values.map(({ workload }) => workload.split(" ")[0]))];
  return kinds.map((kind) => ({
    title: `Instructions: ${kind}`,
    note: "Of each accepted baseline, in percent of the first.",
    values: values.filter(({ workload }) => workload.split(" ")[0] === kind),
    spec: {
      width: 520,
      height: 220,
      mark: { type: "line", point: true, tooltip: true },
      encoding: {
        x: name_axis("baseline", null, { labelAngle: -30 }),
        y: number_axis("%", { field: "percent", scale: { zero: false } }),
        color: { field: "workload", type: "nominal", title: null, legend: { labelLimit: 0, columns: 1 } },
      },
    },
  }));
}
