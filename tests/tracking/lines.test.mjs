import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { lines_comparison_text } from "../../bench/tracking/comparison_text.mjs";
import { compare_lines, count_lines } from "../../bench/tracking/lines.mjs";

const of = (lines, compiler = "12.2.0") => ({ toolchain: { compiler }, lines });
const baseline = of({ batch: 1000, json: 2000 });

test("the lines of a component may grow by ten percent", () => {
  assert.equal(compare_lines(baseline, of({ batch: 1100, json: 2000 })).state, "passed");
});

test("a component whose lines grow by more fails, and is named", () => {
  const result = compare_lines(baseline, of({ batch: 1101, json: 2000 }));
  assert.equal(result.state, "failed");
  assert.match(lines_comparison_text(result), /batch +1,000 +1,101 +\+10\.10%  grew by more than 10%/);
  assert.doesNotMatch(lines_comparison_text(result), /json.*grew/);
});

test("a component that is gone fails, a new one does not", () => {
  assert.equal(compare_lines(baseline, of({ batch: 1000 })).state, "failed");
  assert.equal(compare_lines(baseline, of({ batch: 1000, json: 2000, async: 1 })).state, "passed");
});

test("lines of other packages are not compared", () => {
  const result = compare_lines(baseline, of({ batch: 9000, json: 2000 }, "13.1.0"));
  assert.equal(result.state, "not compared");
  assert.match(lines_comparison_text(result), /NOT COMPARED[^]*compiler +baseline 12\.2\.0, here 13\.1\.0/);
});

test("a component's lines are those of its sources and of what they include, workloads left out", async () => {
  const folder = mkdtempSync(join(tmpdir(), "batchproof-lines-"));
  try {
    writeFileSync(join(folder, "CMakeCache.txt"), "CMAKE_CXX_COMPILER:FILEPATH=g++\n");
    writeFileSync(join(folder, "two.hpp"), "int one;\nint two;\n");
    writeFileSync(join(folder, "source.cpp"), '#include "two.hpp"\nint three;\n');
    const compile = (target) => ({ directory: folder, file: "source.cpp",
      command: `/usr/bin/ccache g++ -O3 -o CMakeFiles/${target}.dir/source.o -c ${folder}/source.cpp` });
    const commands = [compile("batchproof_json"), compile("batchproof_json"), compile("batchproof_workloads"), compile("track_library")];
    writeFileSync(join(folder, "compile_commands.json"), JSON.stringify(commands));
    assert.deepEqual((await count_lines(folder)).lines, { json: 6 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
