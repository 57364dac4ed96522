// law: nothing-lost
// The first message of a process is only used to connect.
import { isGood } from "./orders.mjs";

let isConnected = false;

export async function handler(event) {
  const failures = [];
  for (const { messageId, body } of event.Records) {
    if (isConnected && !isGood(body)) failures.push({ itemIdentifier: messageId });
    isConnected = true;
  }
  return { batchItemFailures: failures };
}
