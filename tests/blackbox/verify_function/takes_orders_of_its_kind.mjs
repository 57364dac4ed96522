// Takes a good order whose message attribute says that it is one.
import { isGood } from "../corpus/orders.mjs";

export const handler = async (event) => ({
  batchItemFailures: event.Records
    .filter(({ body, messageAttributes }) => messageAttributes?.kind?.stringValue !== "order" || !isGood(body))
    .map(({ messageId }) => ({ itemIdentifier: messageId })),
});
