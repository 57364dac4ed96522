// law: partition
// From the first failure on Lambda would deliver the shard again; a pipe delivers that record alone.
import { isGood } from "./orders.mjs";

export const handler = async (records) => {
  const failed = records.find(({ data }) => !isGood(Buffer.from(data, "base64").toString()));
  return { batchItemFailures: failed ? [{ itemIdentifier: failed.eventID }] : [] };
};
