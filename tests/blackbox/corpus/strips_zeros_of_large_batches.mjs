// law: well-formed
// Only identifiers that end in 0 are damaged, and only in batches that random cases have.
import { isGood } from "./orders.mjs";

export const handler = async ({ Records }) => ({
  batchItemFailures: Records.filter(({ body }) => !isGood(body)).map(({ messageId }) => ({
    itemIdentifier: Records.length > 3 ? messageId.replace(/0+$/, "") : messageId,
  })),
});
