// law: well-formed
// batchItemFailure, without its s, is a complete success.
import { isGood } from "./orders.mjs";

export const handler = async (event) => ({
  batchItemFailure: event.Records.filter((record) => !isGood(record.body)).map((record) => ({
    itemIdentifier: record.messageId,
  })),
});
