// Compares counts with a baseline. Plain functions on values. A workload grows as a whole, or outside of simdjson: that
// does most of the work, and would hide what our own part grows by.

export const limit_percent = 2;

/// A baseline keeps the functions that have at least this share of a workload's instructions.
const kept_share = 1 / 400;

const percent = (before, now) => (100 * (now - before)) / before;

/// What the counts depend on and is another than in the baseline.
export const toolchain_differences = (baseline, counted) =>
  Object.entries(counted.toolchain)
    .filter(([part, version]) => baseline.toolchain[part] !== version)
    .map(([part, version]) => ({ part, baseline: baseline.toolchain[part], here: version }));

/// The functions that grew, the one that grew most first. One that the baseline does not name had less than the kept
/// share: it counts as if it had had that.
function functions_that_grew(before, now) {
  const growth = Math.max(now.instructions - before.instructions, now.ours - before.ours);
  const grown = Object.entries(now.functions)
    .map(([name, cost]) => ({ name, by: Math.round(cost - (before.functions[name] ?? kept_share * before.instructions)) }))
    .filter(({ by }) => by > 0.1 * growth)
    .sort((one, other) => other.by - one.by);
  return grown.slice(0, 5);
}

function compare_workload(name, before, now) {
  if (!now?.instructions) return { name, state: "gone", before: before?.instructions ?? 0 };
  if (!before) return { name, state: "new", now: now.instructions };
  const row = { name, before: before.instructions, now: now.instructions,
                percent: percent(before.instructions, now.instructions), ours_percent: percent(before.ours, now.ours) };
  if (Math.max(row.percent, row.ours_percent) > limit_percent)
    return { ...row, state: "grew", functions: functions_that_grew(before, now) };
  return { ...row, state: Math.min(row.percent, row.ours_percent) < -limit_percent ? "shrank" : "same" };
}

/// `baseline` and `counted` are {toolchain, workloads: {NAME: {group, instructions, ours, functions: {NAME: cost}}}}. The state is
/// "passed", "failed" or "not compared"; the latter where the counts come from another toolchain. Of the baseline only
/// the workloads of `groups` are looked at.
export function compare(baseline, counted, groups) {
  const differences = toolchain_differences(baseline, counted);
  if (differences.length > 0) return { state: "not compared", differences, workloads: [] };
  const expected = Object.keys(baseline.workloads).filter((name) => groups.includes(baseline.workloads[name].group));
  const names = new Set([...expected, ...Object.keys(counted.workloads)]);
  const workloads = [...names].map((name) => compare_workload(name, baseline.workloads[name], counted.workloads[name]));
  const failed = workloads.some(({ state }) => state === "grew" || state === "gone");
  return { state: failed ? "failed" : "passed", differences: [], workloads };
}

/// The part of the counts that a baseline keeps.
export function without_small_functions({ functions, ...counts }) {
  const large = Object.entries(functions).filter(([, cost]) => cost >= kept_share * counts.instructions);
  return { ...counts, functions: Object.fromEntries(large.sort(([, one], [, other]) => other - one)) };
}
