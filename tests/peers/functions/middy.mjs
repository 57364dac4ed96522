import middy from "@middy/core";
import partialBatchFailure from "@middy/sqs-partial-batch-failure";
import { checkText } from "./order.mjs";

const withMiddleware = (handler) => {
  const wrapped = middy().use(partialBatchFailure({ logger: false })).handler(handler);
  return (event) => wrapped(event, {});
};

export const parallel = withMiddleware(async ({ Records }) =>
  Promise.allSettled(Records.map(async (record) => checkText(record.body))),
);

/// In turn, as an example of the documentation handles a FIFO queue: each result becomes a promise, and the loop goes on.
export const fifo = withMiddleware(async ({ Records }) => {
  const results = [];
  for (const record of Records) {
    try {
      checkText(record.body);
      results.push(Promise.resolve());
    } catch (error) {
      results.push(Promise.reject(error));
    }
  }
  return Promise.allSettled(results);
});
