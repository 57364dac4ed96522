// law: contained
// One failure rejects Promise.all, and the whole batch comes again.
import { check } from "./orders.mjs";

export const handler = async (event) => {
  await Promise.all(event.Records.map(async (record) => check(JSON.parse(record.body))));
  return { batchItemFailures: [] };
};
