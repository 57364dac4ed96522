// law: well-formed
// The name is itemIdentifier.
import { isGood } from "./orders.mjs";

export const handler = async (event) => ({
  batchItemFailures: event.Records.filter((record) => !isGood(record.body)).map((record) => ({
    itemIdentifer: record.messageId,
  })),
});
