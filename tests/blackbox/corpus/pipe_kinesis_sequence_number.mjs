// law: well-formed
// A pipe knows event ids, and not the sequence numbers that Lambda reads.
import { isGood } from "./orders.mjs";

export const handler = async (records) => ({
  batchItemFailures: records
    .filter(({ data }) => !isGood(Buffer.from(data, "base64").toString()))
    .map(({ sequenceNumber }) => ({ itemIdentifier: sequenceNumber })),
});
