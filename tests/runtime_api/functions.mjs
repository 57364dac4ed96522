// Small functions for the tests of the Runtime API, one for each way to keep its rules or to break them:
//
//   node functions.mjs NAME
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
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

/// A connection that has asked for the next event and reads nothing.
async function askUnread() {
  const socket = net.connect(Number(port), host).pause();
  await new Promise((connected) => socket.on("connect", connected));
  await new Promise((sent) => socket.write("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n", sent));
  return socket;
}

function hasUnreadBytes(socket) {
  const local = `0100007F:${socket.localPort.toString(16).toUpperCase().padStart(4, "0")}`;
  const line = readFileSync("/proc/net/tcp", "utf8").split("\n").find((line) => line.trim().split(/\s+/)[1] === local);
  return Number.parseInt(line.trim().split(/\s+/)[4].split(":")[1], 16) > 0;
}

const closed = (socket) => new Promise((isClosed) => socket.on("close", isClosed).destroy());

async function loop(handle) {
  for (;;) {
    const event = await next();
    await answer(event, await handle(event));
  }
}

const functions = {
  echo: () => loop((event) => event.body),
  /// As Lambda's own clients do, which send the stack in a header too.
  async long_error_header() {
    for (;;) {
      const event = await next();
      const cause = { "Lambda-Runtime-Function-XRay-Error-Cause": "x".repeat(500_000) };
      await request("POST", `invocation/${idOf(event)}/error`, '{"errorMessage":"no order"}', cause);
    }
  },
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
  // The event says which id the answer has; after a refused one comes the right one, with the status of the refusal.
  async echoes_invocation_id() {
    for (;;) {
      const event = await next();
      const echo = (id, body) => answer(event, body, id && { "Lambda-Runtime-Invocation-Id": id });
      const right = event.headers["lambda-runtime-invocation-id"];
      const { status } = await echo({ right, wrong: "no-such-id", none: undefined }[event.body], `"${event.body}"`);
      if (status !== 202) await echo(right, String(status));
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
    await closed(await askUnread());
    await loop((event) => event.body);
  },
  async leaves_an_event_unread() {
    const socket = await askUnread();
    while (!hasUnreadBytes(socket)) await new Promise(setImmediate);
    await closed(socket);
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
  // As Lambda's client for Node on managed instances: it asks for the next event before it has answered. The first answers
  // wait for as many events as may run, and until the server has read one request more. Each says how many ran.
  async asks_ahead() {
    const most = Number(process.env.AWS_LAMBDA_MAX_CONCURRENCY);
    let running = 0;
    const isFull = new Promise((resolve) => {
      (async () => {
        for (;;) {
          const event = await next();
          if (++running === most) setImmediate(() => request("GET", "no-such-path").then(resolve));
          isFull.then(() => answer(event, String(running--)));
        }
      })();
    });
    await forever();
  },
  slow: () =>
    loop(async (event) => {
      await new Promise((resolve) => setTimeout(resolve, 250));
      return event.body;
    }),
  async together() {
    const events = await Promise.all(Array.from({ length: Number(process.env.AWS_LAMBDA_MAX_CONCURRENCY) }, next));
    await Promise.all(events.map((event) => answer(event, `${event.body} of ${events.length}`)));
    await forever();
  },
};

await functions[process.argv[2]]();
