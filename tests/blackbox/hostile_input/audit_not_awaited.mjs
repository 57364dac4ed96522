// Keeps every law on what AWS sends. Its audit, which nobody awaits, trusts each field: a rejection that nobody sees ends Node.
import { isGood } from "../corpus/orders.mjs";

async function audit(record) {
  if (record.attributes.SentTimestamp.length === 0) throw new Error("never sent");
}

export async function handler(event) {
  const records = event?.Records ?? [];
  for (const record of records) audit(record);
  const failed = records.filter((record) => !isGood(record?.body));
  return { batchItemFailures: failed.map((record) => ({ itemIdentifier: record?.messageId })) };
}
