// right: of each shard it skips what it has handled, by the highest sequence number
import { dataOf, isGood } from "./orders.mjs";

const handled = new Map();

export const handler = async ({ Records }) => {
  for (const { eventID, kinesis } of Records) {
    const [shard] = eventID.split(":");
    const number = BigInt(kinesis.sequenceNumber);
    if (number <= (handled.get(shard) ?? -1n)) continue;
    if (!isGood(dataOf({ kinesis }))) return { batchItemFailures: [{ itemIdentifier: kinesis.sequenceNumber }] };
    handled.set(shard, number);
  }
  return { batchItemFailures: [] };
};
