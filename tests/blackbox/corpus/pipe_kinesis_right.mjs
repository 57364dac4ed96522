// right, a stream behind a pipe
import { isGood } from "./orders.mjs";

export const handler = async (records) => ({
  batchItemFailures: records
    .filter(({ data }) => !isGood(Buffer.from(data, "base64").toString()))
    .map(({ eventID }) => ({ itemIdentifier: eventID })),
});
