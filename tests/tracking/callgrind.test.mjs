// With callgrind, on the program that the environment variable BATCHPROOF_TRACK_LIBRARY names.

import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, without_small_functions } from "../../bench/tracking/compare.mjs";
import { count, toolchain_of, why_not } from "../../bench/tracking/count.mjs";

const program = process.env.BATCHPROOF_TRACK_LIBRARY;
const workload = "process sqs: 10 records";
const obstacle = await why_not(program);
const options = { skip: obstacle && `callgrind does not run here: ${obstacle}` };

const toolchain = await toolchain_of(program);
const with_rounds = async (rounds = 0) => ({ group: "library", ...(await count(program, workload, rounds)) });
const compared = (baseline, counts) =>
  compare({ toolchain, workloads: { [workload]: without_small_functions(baseline) } },
          { toolchain, workloads: { [workload]: counts } }, ["library"]);

test("a planted slowdown of 3% is caught, and its function named", options, async () => {
  const baseline = await with_rounds();
  const a_round = ((await with_rounds(1000)).instructions - baseline.instructions) / 1000;
  const slowed = compared(baseline, await with_rounds(Math.round((0.03 * baseline.instructions) / a_round)));
  assert.equal(slowed.state, "failed");
  const [{ percent, functions }] = slowed.workloads;
  assert.ok(percent > 2.9 && percent < 3.2, `it grew by ${percent}%`);
  assert.equal(functions[0].name, "planted_slowdown");
});

test("ten unchanged runs raise no alarm", options, async () => {
  const baseline = await with_rounds();
  for (let run = 0; run < 10; ++run) {
    const { state, workloads: [{ percent, ours_percent }] } = compared(baseline, await with_rounds());
    assert.equal(state, "passed");
    assert.ok(Math.max(Math.abs(percent), Math.abs(ours_percent)) < 0.2, `it moved by ${percent}%`);
  }
});
