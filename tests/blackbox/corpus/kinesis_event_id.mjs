// law: well-formed
// A stream's identifier is the sequence number, and not the event's id.
import { dataOf, isGood } from "./orders.mjs";

export const handler = async ({ Records }) => ({
  batchItemFailures: Records.filter((record) => !isGood(dataOf(record))).map((record) => ({
    itemIdentifier: record.eventID,
  })),
});
