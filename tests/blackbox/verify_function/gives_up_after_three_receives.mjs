// right, where a message that fails for the third time is put aside
import { isGood } from "../corpus/orders.mjs";

export const handler = async ({ Records }) => ({
  batchItemFailures: Records.filter(
    ({ body, attributes }) => !isGood(body) && Number(attributes.ApproximateReceiveCount) < 3,
  ).map(({ messageId }) => ({ itemIdentifier: messageId })),
});
