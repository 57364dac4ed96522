// law: checkpoint
// sort() compares texts: "100" comes before "9".
import { dataOf, isGood } from "./orders.mjs";

export const handler = async ({ Records }) => {
  const [lowest] = Records.filter((record) => !isGood(dataOf(record)))
    .map((record) => record.kinesis.sequenceNumber)
    .sort();
  return { batchItemFailures: lowest ? [{ itemIdentifier: lowest }] : [] };
};
