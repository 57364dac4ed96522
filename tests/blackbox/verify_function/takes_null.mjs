// Takes an order whose quantity is null, in any batch.
import { isGood } from "../corpus/orders.mjs";

export const handler = async (event) => ({
  batchItemFailures: event.Records.filter(({ body }) => !isGood(body) && !/"quantity": ?null/.test(body))
    .map(({ messageId }) => ({ itemIdentifier: messageId })),
});
