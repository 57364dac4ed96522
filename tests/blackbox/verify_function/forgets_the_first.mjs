// Neither handles nor reports the first record of a batch of several.
import { isGood } from "../corpus/orders.mjs";

export const handler = async ({ Records }) => {
  const batchItemFailures = [];
  Records.forEach(({ messageId, body }, index) => {
    if (index === 0 && Records.length > 1 && isGood(body)) return;
    console.log(`handled ${messageId}`);
    if (!isGood(body)) batchItemFailures.push({ itemIdentifier: messageId });
  });
  return { batchItemFailures };
};
