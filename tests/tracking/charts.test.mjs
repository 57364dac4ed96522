import assert from "node:assert/strict";
import { test } from "node:test";
import { charts_of_history, charts_of_run, limits } from "../../bench/page/charts.mjs";

const timed = (name, counters) => ({ name: `${name}/iterations:1/manual_time`, records: 1_000, ...counters });

test("a run is drawn by kind of row, and what it did not measure is left out", () => {
  const charts = charts_of_run({
    benchmarks: [
      timed("sqs/5% throw/1000", { walk_ratio: 1.3, walk_ratio_without_throws: 1.01, limit: 1.5, nlohmann_ratio: 30 }),
      timed("sqs/decode/1000", { walk_ratio: 1.02 }),
    ],
  });
  assert.deepEqual(charts.map(({ values }) => values.length), [1, 1, 1, 1]);
  assert.deepEqual(charts[0].values[0], { row: "sqs, 1,000", failing: "5% throw", ratio: 1.01 });
  assert.deepEqual(charts[2].values, [{ row: "sqs, 5% throw", who: "plain nlohmann loop", times: 30 }]);
});

test("a limit is one from above or from below, and the nearer of two counts", () => {
  const shares = limits([
    timed("a ratio", { walk_ratio: 1.2, limit: 1.5, walk_ratio_without_throws: 1.2, limit_without_throws: 1.0 }),
    timed("at least", { cycles_a_minute: 4, least_cycles_a_minute: 2 }),
    timed("at most", { median_milliseconds: 3, limit_milliseconds: 2 }),
    timed("none", { walk_ratio: 9 }),
  ]);
  assert.deepEqual(shares, [
    { row: "a ratio", share: 1.2, state: "over" },
    { row: "at least", share: 0.5, state: "within" },
    { row: "at most", share: 1.5, state: "over" },
  ]);
});

test("history is in percent of the first baseline that has the workload", () => {
  const [decode, process] = charts_of_history([
    { date: "2026-01-01", commit: "aaa", reason: "first", counts: { "decode sqs": 200 } },
    { date: "2026-01-02", commit: "bbb", reason: "faster", counts: { "decode sqs": 150, "process sqs": 10 } },
  ]);
  assert.deepEqual(decode.values.map(({ percent }) => percent), [100, 75]);
  assert.deepEqual(process.values.map(({ percent }) => percent), [100]);
});
