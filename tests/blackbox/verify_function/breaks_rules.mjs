// Functions that answer right and break a rule of the Runtime API, each in the way that BREAKS names, or end though no
// rule forbids it. No answer can follow some of the mistakes: the process then ends once the server has noted its
// mistake.
import http from "node:http";
import net from "node:net";
import { handler } from "../corpus/right_sqs.mjs";

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new http.Agent({ keepAlive: true });

function request(method, path, body = "") {
  return new Promise((resolve, reject) => {
    const sent = http.request({ host, port, method, path: `/2018-06-01/runtime/${path}`, agent }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ headers: answer.headers, body: Buffer.concat(parts).toString() }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const answer = (id, response) => request("POST", `invocation/${id}/response`, response);

/// Sends the beginning of a request, and waits until the server closes the connection.
const sendPart = (id, size, end) =>
  new Promise((closed) => {
    const socket = net.connect(Number(port), host);
    socket.write(`POST /2018-06-01/runtime/invocation/${id}/response HTTP/1.1\r\nHost: x\r\nContent-Length: ${size}\r\n\r\n{`);
    if (end) socket.end();
    socket.on("close", closed).resume();
  });

const mistakes = {
  async asks_twice(id, response) {
    await request("GET", "invocation/next");
    await answer(id, response);
  },
  async answers_twice(id, response) {
    await answer(id, response);
    await answer(id, response);
  },
  async answers_twice_and_ends(id, response) {
    await answer(id, response);
    await answer(id, response);
    process.exit(1);
  },
  ends_after_an_error: answer,
  async closes_in_the_middle(id) {
    await sendPart(id, 100, true);
    process.exit(1);
  },
  async answers_for_another(id, response) {
    await answer("no-such-id", response);
    process.exit(1);
  },
  async ends_after_its_answer(id, response) {
    await answer(id, response);
    process.exit(1);
  },
  async never_asks_again(id, response) {
    await answer(id, response);
    await new Promise((never) => setInterval(() => never, 1_000_000));
  },
  async ends_when_all_failed(id, response, records) {
    if (JSON.parse(response).batchItemFailures.length === records) process.exit(1);
    await answer(id, response);
  },
  posts_7_megabytes: (id) => answer(id, `"${"x".repeat(7 << 20)}"`),
  async posts_70_megabytes(id) {
    await sendPart(id, 70 << 20, false);
    process.exit(1);
  },
};

for (;;) {
  const { headers, body } = await request("GET", "invocation/next");
  const id = headers["lambda-runtime-aws-request-id"];
  const event = JSON.parse(body);
  let response;
  try {
    response = JSON.stringify(await handler(event));
  } catch (error) {
    await request("POST", `invocation/${id}/error`, JSON.stringify({ errorMessage: error.message }));
    if (/^ends_after_/.test(process.env.BREAKS)) process.exit(1);
    continue;
  }
  await mistakes[process.env.BREAKS](id, response, event.Records.length);
}
