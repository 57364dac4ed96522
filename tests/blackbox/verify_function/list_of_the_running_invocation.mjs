// Right when one invocation runs at a time: the list is emptied at the beginning. Two that overlap share it.
import { setTimeout } from "node:timers/promises";
import { isGood } from "../corpus/orders.mjs";

let failures = [];

export async function handler(event) {
  failures = [];
  for (const { messageId, body } of event.Records) {
    await setTimeout(1);
    if (!isGood(body)) failures.push({ itemIdentifier: messageId });
  }
  return { batchItemFailures: failures };
}
