// verifyFunction, for tests in Vitest, Jest or node:test: it rejects with the report when a law is violated. A CommonJS
// module, which `require` and `import` both read, also in Jest.
const { spawn } = require("node:child_process");
const { mkdtemp, mkdir, rm, writeFile } = require("node:fs/promises");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

const command = join(__dirname, "bin", "batchproof");
const runtime = join(__dirname, "runtime.mjs");

class VerificationError extends Error {
  name = "VerificationError";
}

const asText = (payload) => (typeof payload === "string" ? payload : JSON.stringify(payload));

// One payload a file, in their order, so that a payload may hold any text.
async function writePayloads(folder, payloads) {
  await mkdir(folder);
  const digits = String(payloads.length).length;
  await Promise.all(
    payloads.map((payload, index) => writeFile(join(folder, String(index).padStart(digits, "0")), asText(payload))),
  );
  return folder;
}

function argumentsOf(options, accepted, rejected) {
  const { source, handler, handled, cases = 200, seed, timeLimitMilliseconds } = options;
  if (!options.command && !handler) throw new TypeError("verifyFunction needs a handler, or a command");
  const given = ["verify", "--function", "--source", source, "--cases", String(cases)];
  if (accepted) given.push("--accepted", accepted);
  if (rejected) given.push("--rejected", rejected);
  if (seed !== undefined) given.push("--seed", String(seed));
  if (handled) given.push("--handled", handled);
  if (options.skipGroupOnError) given.push("--skip-group-on-error");
  if (options.stopOnFirstFailure) given.push("--stop-on-first-failure");
  if (timeLimitMilliseconds) given.push("--time-limit", String(timeLimitMilliseconds));
  const environment = { ...(handler && { _HANDLER: handler }), ...options.environment };
  for (const [name, value] of Object.entries(environment)) given.push("--env", `${name}=${value}`);
  given.push("--working-directory", options.folder ?? process.cwd(), ...(options.arguments ?? []));
  return [...given, "--", ...(options.command ?? [process.execPath, runtime])];
}

// What the command prints from the violated law on; the table before it is for terminals.
const reportIn = (text) => text.slice(Math.max(0, text.indexOf("batchproof: the law")));

function run(given) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, given, { stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    let error = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (error += text));
    child.on("error", reject);
    child.on("close", (status, signal) => resolve({ status: status ?? signal, out, error }));
  });
}

/**
 * Verifies a Lambda function on random batches, as Lambda starts it. Resolves with the report when every law held; rejects
 * with a VerificationError when one was violated, and with an Error when nothing could be verified. See index.d.ts.
 */
async function verifyFunction(options) {
  const folder = await mkdtemp(join(tmpdir(), "batchproof-"));
  let isRepeated = false; // by the command in the report, which reads the payloads again
  try {
    const { accepted = [], rejected = [] } = options;
    const given = argumentsOf(
      options,
      accepted.length > 0 && (await writePayloads(join(folder, "accepted"), accepted)),
      rejected.length > 0 && (await writePayloads(join(folder, "rejected"), rejected)),
    );
    const { status, out, error } = await run(given);
    if (status === 0) return out;
    isRepeated = status === 1;
    if (isRepeated) throw new VerificationError(reportIn(out));
    throw new Error(error || `batchproof ended with status ${status}`);
  } finally {
    if (!isRepeated) await rm(folder, { recursive: true });
  }
}

exports.command = command;
exports.VerificationError = VerificationError;
exports.verifyFunction = verifyFunction;
