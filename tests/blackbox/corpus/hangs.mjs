// law: contained
// It waits for an answer that never comes.
import { isGood } from "./orders.mjs";

export const handler = async (event) => {
  for (const record of event.Records) if (!isGood(record.body)) await new Promise(() => setInterval(() => {}, 1000));
  return { batchItemFailures: [] };
};
