// A runtime of forty lines: it loads the handler that _HANDLER names, and answers one invocation after the other.
import http from "node:http";
import { pathToFileURL } from "node:url";

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new http.Agent({ keepAlive: true });

function request(method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const target = { host, port, agent, method, headers, path: `/2018-06-01/runtime/${path}` };
    const sent = http.request(target, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ headers: answer.headers, text: Buffer.concat(parts).toString() }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const asError = (error) =>
  JSON.stringify({ errorType: error?.name ?? "Error", errorMessage: String(error?.message ?? error) });

const [module, name] = process.env._HANDLER.split(".");
let handler;
try {
  handler = (await import(pathToFileURL(`${process.env.LAMBDA_TASK_ROOT}/${module}.mjs`)))[name];
} catch (error) {
  await request("POST", "init/error", asError(error));
  process.exit(1);
}

for (;;) {
  const { headers, text } = await request("GET", "invocation/next");
  const id = headers["lambda-runtime-aws-request-id"];
  // An answer repeats the invocation id, if there was one.
  const invocation = headers["lambda-runtime-invocation-id"];
  const echoed = invocation ? { "Lambda-Runtime-Invocation-Id": invocation } : {};
  try {
    const response = JSON.stringify((await handler(JSON.parse(text))) ?? null);
    await request("POST", `invocation/${id}/response`, response, echoed);
  } catch (error) {
    await request("POST", `invocation/${id}/error`, asError(error), echoed);
  }
}
