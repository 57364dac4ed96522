// Right, however many invocations run at a time.
import { setTimeout } from "node:timers/promises";
import { isGood } from "../corpus/orders.mjs";

export async function handler(event) {
  const failures = [];
  for (const { messageId, body } of event.Records) {
    await setTimeout(1);
    if (!isGood(body)) failures.push({ itemIdentifier: messageId });
  }
  return { batchItemFailures: failures };
}
