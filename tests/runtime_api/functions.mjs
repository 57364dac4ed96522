// Small functions for the tests of the Runtime API, one for each way to keep its rules or to break them:
//
//   node functions.mjs NAME
import { spawn } from "node:child_process";
import http from "node:http";
import net from "node:net";

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new http.Agent({ keepAlive: true });

function request(method, path, body = "", headers = {}) {
  return new Promise((resolve, reject) => {
    const sent = http.request({ host, port, method, path: `/2018-06-01/runtime/${path}`, agent, headers }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () =>
        resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts).toString() }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const next = () => request("GET", "invocation/next");
const idOf = (event) => event.headers["lambda-runtime-aws-request-id"];
const answer = (event, body, headers) => request("POST", `invocation/${idOf(event)}/response`, body, headers);
const fail = (event, body) => request("POST", `invocation/${idOf(event)}/error`, JSON.stringify(body));
const forever = () => new Promise(() => setInterval(() => {}, 1_000_000));

async function loop(handle) {
  for (;;) {
    const event = await next();
    await answer(event, await handle(event));
  }
}

const functions = {
  echo: () => loop((event) => event.body),
  headers: () => loop((event) => JSON.stringify(event.headers)),
  environment: () => loop(() => JSON.stringify(process.env)),
  async init_error() {
    await request("POST", "init/error", JSON.stringify({ errorType: "ImportError", errorMessage: "no index.js" }));
    await forever();
  },
  async error() {
    for (;;) await fail(await next(), { errorType: "TypeError", errorMessage: "x is undefined" });
  },
  logs: () =>
    loop((event) => {
      console.log(`handled ${event.body}`);
      console.error("and more");
      return "null";
    }),
  chatty: () =>
    loop(() => new Promise((done) => process.stdout.write(`begin${"-".repeat(100 << 20)}end`, () => done("null")))),
  async crash() {
    await next();
    console.log("about to crash");
    process.kill(process.pid, "SIGSEGV");
    await forever();
  },
  async hang() {
    await next();
    await forever();
  },
  never_asks: forever,
  async asks_twice() {
    const event = await next();
    const refused = await next();
    await answer(event, String(refused.status));
    await loop(() => "null");
  },
  async asks_twice_at_once() {
    const both = await Promise.all([next(), next()]);
    await answer(both.find(idOf), "null");
    await forever();
  },
  async answers_twice() {
    const event = await next();
    await answer(event, "1");
    const refused = await answer(event, "2");
    const second = await next();
    await answer(second, String(refused.status));
    await forever();
  },
  async answers_for_another() {
    const event = await next();
    const refused = await request("POST", "invocation/no-such-id/response", "null");
    await answer(event, String(refused.status));
    await forever();
  },
  async echoes_invocation_id() {
    for (;;) {
      const event = await next();
      const id = event.headers["lambda-runtime-invocation-id"];
      if (event.body === "wrong") await answer(event, "null", { "Lambda-Runtime-Invocation-Id": "no-such-id" }).then(forever);
      await answer(event, "null", { "Lambda-Runtime-Invocation-Id": id });
    }
  },
  too_large: () => loop((event) => (event.body === "large" ? `"${"x".repeat(7 << 20)}"` : "null")),
  async closes_in_the_middle() {
    const event = await next();
    const socket = net.connect(Number(port), host);
    socket.write(`POST /2018-06-01/runtime/invocation/${idOf(event)}/response HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{`);
    socket.end();
    await forever();
  },
  async leaves_a_connection_that_waits() {
    const socket = net.connect(Number(port), host);
    await new Promise((connected) => socket.on("connect", connected));
    socket.end("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n");
    await new Promise((closed) => socket.on("close", closed).resume());
    await loop((event) => event.body);
  },
  async speaks_no_http() {
    const event = await next();
    const socket = net.connect(Number(port), host);
    socket.write("hello\r\n\r\n");
    await new Promise((closed) => socket.on("close", closed).resume());
    await answer(event, "null");
    await forever();
  },
  async unknown_path() {
    const event = await next();
    await answer(event, String((await request("GET", "restore/next")).status));
    await forever();
  },
  // A child that leaves the process group, and one that stays.
  forks: () =>
    loop(() => {
      const away = spawn("sleep", ["1000"], { detached: true, stdio: "inherit" });
      const near = spawn("sleep", ["1000"], { stdio: "inherit" });
      return JSON.stringify([process.pid, away.pid, near.pid]);
    }),
  async together() {
    const events = await Promise.all(Array.from({ length: Number(process.env.AWS_LAMBDA_MAX_CONCURRENCY) }, next));
    await Promise.all(events.map((event) => answer(event, `${event.body} of ${events.length}`)));
    await forever();
  },
};

await functions[process.argv[2]]();
