// law: checkpoint
// The service starts again behind failures that were not reported.
import { dataOf, isGood } from "./orders.mjs";

export const handler = async ({ Records }) => {
  const failed = Records.filter((record) => !isGood(dataOf(record))).at(-1);
  return { batchItemFailures: failed ? [{ itemIdentifier: failed.kinesis.sequenceNumber }] : [] };
};
