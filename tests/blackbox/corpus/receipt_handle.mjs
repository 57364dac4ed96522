// law: well-formed
// A receipt handle is no identifier.
import { isGood } from "./orders.mjs";

export const handler = async (event) => ({
  batchItemFailures: event.Records.filter((record) => !isGood(record.body)).map((record) => ({
    itemIdentifier: record.receiptHandle,
  })),
});
