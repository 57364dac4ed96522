import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, without_small_functions } from "../../bench/tracking/compare.mjs";
import { comparison_text } from "../../bench/tracking/comparison_text.mjs";
import { read_annotated } from "../../bench/tracking/count.mjs";

const toolchain = { compiler: "g++ 12.2.0", valgrind: "3.19" };
const counts = (parse, walk, group = "library") =>
  ({ group, instructions: parse + walk, ours: walk, functions: { "simdjson::stage1": parse, walk } });
const of = (workloads, other = {}) => ({ toolchain: { ...toolchain, ...other }, workloads });
const baseline = of({ decode: counts(8000, 2000) });
const against_baseline = (now) => compare(baseline, of(now), ["library"]);

test("a workload may grow by two percent", () => {
  const { state, workloads } = against_baseline({ decode: counts(8000, 2040) });
  assert.equal(state, "passed");
  assert.equal(workloads[0].state, "same");
});

test("a workload that grows by more fails, and the function that grew is named", () => {
  const { state, workloads } = against_baseline({ decode: counts(8300, 2000) });
  assert.equal(state, "failed");
  assert.deepEqual(workloads[0].functions, [{ name: "simdjson::stage1", by: 300 }]);
});

test("what grows outside of simdjson is not hidden by it", () => {
  const { state, workloads } = against_baseline({ decode: counts(8000, 2100) });
  assert.equal(state, "failed");
  assert.deepEqual(workloads[0].functions, [{ name: "walk", by: 100 }]);
});

test("a function that the baseline does not name counts with what it may have had", () => {
  const now = counts(8000, 2000);
  now.instructions += 325;
  now.ours += 325;
  now.functions.copy = 325;
  assert.deepEqual(against_baseline({ decode: now }).workloads[0].functions, [{ name: "copy", by: 300 }]);
});

test("a workload that shrinks is told", () => {
  const { state, workloads } = against_baseline({ decode: counts(8000, 1900) });
  assert.equal(state, "passed");
  assert.equal(workloads[0].state, "shrank");
});

test("a workload that is gone fails, a new one does not", () => {
  assert.equal(against_baseline({}).state, "failed");
  const { state, workloads } = against_baseline({ decode: counts(8000, 2000), encode: counts(1, 1) });
  assert.equal(state, "passed");
  assert.equal(workloads[1].state, "new");
});

test("a group that is not counted is not missed", () => {
  const two = of({ decode: counts(8000, 2000), verify: counts(1, 1, "laws") });
  assert.equal(compare(two, of({ decode: counts(8000, 2000) }), ["library"]).state, "passed");
});

test("another toolchain is not compared, and says what differs", () => {
  const result = compare(baseline, of({ decode: counts(9000, 9000) }, { compiler: "g++ 13" }), ["library"]);
  assert.equal(result.state, "not compared");
  assert.match(comparison_text(result), /NOT COMPARED[^]*compiler +baseline g\+\+ 12\.2\.0, here g\+\+ 13/);
});

test("the text has colours only when asked", () => {
  const grown = against_baseline({ decode: counts(9000, 2000) });
  assert.doesNotMatch(comparison_text(grown, false), /\x1b/);
  assert.match(comparison_text(grown, true), /\x1b\[31m.*grew/);
});

test("a baseline keeps the functions that matter", () => {
  const { functions } = without_small_functions({ instructions: 1000, functions: { large: 997, small: 2 } });
  assert.deepEqual(functions, { large: 997 });
});

test("callgrind's functions are read with short names", () => {
  const text = `
1,103  PROGRAM TOTALS

1,080  ???:std::optional<int> batchproof::(anonymous namespace)::v0_1::read<int>(std::vector<int> const&)'2 [/a/program]
   20  ???:simdjson::westmere::stage1(unsigned char const*) const [/lib/libsimdjson.so.14]
    2  ./malloc/malloc.c:malloc [/lib/libc.so.6]
    1  ???:0x0000000000014c40 [/lib/libgcc_s.so.1]
`;
  assert.deepEqual(read_annotated(text), {
    instructions: 1103,
    ours: 1083,
    functions: { "std::optional batchproof::read": 1080, "simdjson::westmere::stage1 const": 20, malloc: 2, "libgcc_s.so.1": 1 },
  });
});
