// law: nothing-lost
// Records with the same body are taken for one.
import { isGood } from "./orders.mjs";

export const handler = async (event) => {
  const byBody = new Map(event.Records.map((record) => [record.body, record.messageId]));
  const failed = [...byBody].filter(([body]) => !isGood(body));
  return { batchItemFailures: failed.map(([, itemIdentifier]) => ({ itemIdentifier })) };
};
