// Run in the folder of the project, by Node's own test runner.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gone, operators, sites_of, sites_without_effect, without_effect_list } from "../../script/mutations.mjs";

const listed = JSON.parse(readFileSync(without_effect_list, "utf8"));
const sites = sites_of("src");

test("each mutation without effect is a place in src/, and says why", () => {
  assert.deepEqual(gone(listed, sites), []);
  for (const mutation of listed) assert.ok(mutation.why?.length > 0, JSON.stringify(mutation));
});

test("each stands in the list once", () => {
  const texts = listed.map(({ file, line, changed }) => JSON.stringify({ file, line, changed }));
  assert.deepEqual(texts.filter((text, index) => texts.indexOf(text) !== index), []);
});

test("a place that is no more is named", () => {
  const moved = { file: "decode.cpp", line: "no such line;", changed: ";", why: "moved" };
  assert.deepEqual(gone([...listed, moved], sites), [moved]);
  assert.throws(() => sites_without_effect([moved], sites), /names a place that is no more: .*no such line/);
});

test("each kind of mistake finds places", () => {
  for (const operator of Object.keys(operators)) assert.ok(sites.some((site) => site.operator === operator), operator);
});

test("the script shows its usage, and refuses what it does not know", () => {
  const mutate = (...args) => spawnSync("node", ["script/mutate.mjs", ...args], { encoding: "utf8" });
  const help = mutate("--help");
  assert.equal(help.status, 0);
  assert.match(help.stdout, /^usage: script\/mutate /);
  for (const args of [["--bylaws"], ["--sample", "x"], ["--file", "no_such.cpp"]]) {
    const refused = mutate(...args);
    assert.equal(refused.status, 2, refused.stderr);
    assert.match(refused.stderr, /^script\/mutate: /);
    assert.doesNotMatch(refused.stderr, / at .*mjs:/);
  }
});
