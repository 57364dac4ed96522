// law: well-formed
// A list of texts where objects belong.
import { isGood } from "./orders.mjs";

export const handler = async (event) => ({
  batchItemFailures: event.Records.filter((record) => !isGood(record.body)).map((record) => record.messageId),
});
