import { test } from "node:test"; // or "vitest"; Jest needs no import of it
import { verifyFunction } from "batchproof";

const options = {
  source: "sqs", // or "sqs_fifo", "kinesis", "dynamodb", "kafka"
  handler: "index.handler", // the export `handler` of index.mjs, .js or .cjs
  accepted: [{ quantity: 2 }],
  rejected: [{ quantity: 0 }, "not json"],
};
test("each failed order comes again, and no other", () => verifyFunction(options), 60_000);
