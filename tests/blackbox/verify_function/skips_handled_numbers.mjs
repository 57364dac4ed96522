// Right, a FIFO queue: skips a message whose sequence number it has handled, since they only grow.
import { isGood } from "../corpus/orders.mjs";

const handled = new Map(); // the highest number, by message group

export const handler = async ({ Records }) => {
  for (const [place, { attributes, body }] of Records.entries()) {
    const { MessageGroupId: group, SequenceNumber: number } = attributes;
    if (BigInt(number) <= (handled.get(group) ?? 0n)) continue;
    if (!isGood(body))
      return { batchItemFailures: Records.slice(place).map(({ messageId }) => ({ itemIdentifier: messageId })) };
    handled.set(group, BigInt(number));
  }
  return { batchItemFailures: [] };
};
