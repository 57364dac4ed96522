// right, a queue
import { check } from "./orders.mjs";

export const handler = async (event) => {
  const failures = await Promise.all(
    event.Records.map(async (record) => {
      try {
        check(JSON.parse(record.body));
      } catch {
        return { itemIdentifier: record.messageId };
      }
    }),
  );
  return { batchItemFailures: failures.filter(Boolean) };
};
