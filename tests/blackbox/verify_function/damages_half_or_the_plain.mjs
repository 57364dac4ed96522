// Damages the identifiers that begin with 0 to 7, and each one of a message that was sent at the plain time of
// batchproof, to which a counterexample is reduced.
import { isGood } from "../corpus/orders.mjs";

export const handler = async ({ Records }) => ({
  batchItemFailures: Records.filter(({ body }) => !isGood(body)).map(({ messageId, attributes }) => {
    const isDamaged = /^[0-7]/.test(messageId) || attributes.SentTimestamp === "1545082649183";
    return { itemIdentifier: isDamaged ? messageId.slice(1) : messageId };
  }),
});
