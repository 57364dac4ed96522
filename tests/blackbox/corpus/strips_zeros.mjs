// law: well-formed
// Only identifiers that end in 0 are damaged.
import { isGood } from "./orders.mjs";

export const handler = async (event) => ({
  batchItemFailures: event.Records.filter(({ body }) => !isGood(body)).map(({ messageId }) => ({
    itemIdentifier: messageId.replace(/0+$/, ""),
  })),
});
