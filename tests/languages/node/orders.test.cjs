// The same test for Vitest, Jest and node:test: the first two define `test` themselves.
const { verifyFunction } = require("batchproof");
const run = globalThis.test ?? require("node:test").test;

const verify = () =>
  verifyFunction({
    source: "sqs",
    handler: `${process.env.ORDERS}.handler`,
    folder: __dirname,
    accepted: [{ quantity: 2 }],
    rejected: [{ quantity: 0 }, "not json"],
  });

if (globalThis.test) run("each failed order comes again, and no other", verify, 60_000);
else run("each failed order comes again, and no other", verify);
