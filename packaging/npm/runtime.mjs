// A runtime for verifications: it loads the handler that _HANDLER names, from the folder it is started in, and answers one
// invocation after the other, as Lambda's runtime does.
import { existsSync } from "node:fs";
import http from "node:http";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function request(method, path, body, headers = {}) {
  return new Promise((done, fail) => {
    const target = { host, port, agent, method, headers, path: `/2018-06-01/runtime/${path}` };
    const sent = http.request(target, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => done({ headers: answer.headers, text: Buffer.concat(parts).toString() }));
    });
    sent.on("error", fail);
    sent.end(body);
  });
}

const describe = (error) =>
  JSON.stringify({ errorType: error?.name ?? "Error", errorMessage: String(error?.message ?? error) });

async function load(name) {
  const dot = name.lastIndexOf(".");
  const stem = resolve(name.slice(0, dot));
  const file = [".mjs", ".js", ".cjs"].map((ending) => stem + ending).find(existsSync);
  if (!file) throw new Error(`there is no ${stem}.mjs, .js or .cjs`);
  const module = await import(pathToFileURL(file));
  const handler = module[name.slice(dot + 1)] ?? module.default?.[name.slice(dot + 1)];
  if (typeof handler !== "function") throw new Error(`${file} exports no function ${name.slice(dot + 1)}`);
  return handler;
}

// A handler answers by a promise, or by the callback that older ones take.
function invoke(handler, event, context) {
  return new Promise((done, fail) => {
    const answer = handler(event, context, (error, result) => (error ? fail(error) : done(result)));
    if (typeof answer?.then === "function") answer.then(done, fail);
    else if (handler.length < 3) done(answer);
  });
}

// Node ends by itself when the handler awaits a promise that nothing settles.
process.on("exit", () => {
  if (process.exitCode === 13) console.error("the handler awaits a promise that nothing is left to settle");
});

let handler;
try {
  handler = await load(process.env._HANDLER);
} catch (error) {
  console.error(error);
  await request("POST", "init/error", describe(error));
  process.exit(1);
}

for (;;) {
  const { headers, text } = await request("GET", "invocation/next");
  const id = headers["lambda-runtime-aws-request-id"];
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  const invocation = headers["lambda-runtime-invocation-id"];
  const echoed = invocation ? { "Lambda-Runtime-Invocation-Id": invocation } : {};
  // "Using the Lambda context object to retrieve Node.js function information", AWS Lambda developer guide.
  const context = {
    awsRequestId: id,
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: undefined,
    identity: undefined,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  try {
    const response = JSON.stringify((await invoke(handler, JSON.parse(text), context)) ?? null);
    await request("POST", `invocation/${id}/response`, response, echoed);
  } catch (error) {
    await request("POST", `invocation/${id}/error`, describe(error), echoed);
  }
}
