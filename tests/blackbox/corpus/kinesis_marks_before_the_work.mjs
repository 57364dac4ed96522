// law: fresh
// A record counts as handled as soon as it was seen, also when its handling then fails.
import { dataOf, isGood } from "./orders.mjs";

const seen = new Set();

export const handler = async (event) => {
  const batchItemFailures = [];
  for (const record of event.Records) {
    const itemIdentifier = record.kinesis.sequenceNumber;
    if (seen.has(itemIdentifier)) continue;
    seen.add(itemIdentifier);
    if (!isGood(dataOf(record))) batchItemFailures.push({ itemIdentifier });
  }
  return { batchItemFailures };
};
