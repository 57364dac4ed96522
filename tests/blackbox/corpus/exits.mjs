// law: contained
// A library that ends the process.
import { isGood } from "./orders.mjs";

export const handler = async (event) => {
  for (const record of event.Records) if (!isGood(record.body)) process.exit(1);
  return { batchItemFailures: [] };
};
