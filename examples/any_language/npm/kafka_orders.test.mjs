import { test } from "node:test";
import { verifyFunction } from "batchproof";

const options = {
  source: "kafka",
  handler: "kafka.handler",
  accepted: [{ quantity: 2 }],
  rejected: [{ quantity: 0 }, "not json"],
};
test("each failed record is named by its list and offset", () => verifyFunction(options), 60_000);
