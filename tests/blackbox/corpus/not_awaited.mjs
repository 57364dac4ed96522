// law: nothing-lost
// forEach does not wait: the response leaves before the failures are known.
import { isGood } from "./orders.mjs";

export const handler = async (event) => {
  const batchItemFailures = [];
  event.Records.forEach(async (record) => {
    await new Promise((done) => setTimeout(done, 1));
    if (!isGood(record.body)) batchItemFailures.push({ itemIdentifier: record.messageId });
  });
  return { batchItemFailures };
};
