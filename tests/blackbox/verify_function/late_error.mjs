// Answers right. Then its audit, which nobody awaits, ends the process: that of an order of 7 after some milliseconds.
import { isGood } from "../corpus/orders.mjs";

async function audit(record) {
  await new Promise((done) => setTimeout(done, Number(process.env.LATE_MILLISECONDS)));
  if (record.body.includes("7")) throw new Error("the audit is gone");
}

export const handler = async ({ Records }) => {
  for (const record of Records) audit(record);
  const failed = Records.filter((record) => !isGood(record.body));
  return { batchItemFailures: failed.map((record) => ({ itemIdentifier: record.messageId })) };
};
