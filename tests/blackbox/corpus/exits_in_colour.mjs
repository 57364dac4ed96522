// law: contained
// What it logs would control the terminal.
import { isGood } from "./orders.mjs";

export const handler = async ({ Records }) => {
  if (!Records.every((record) => isGood(record.body))) {
    process.stderr.write("\x1b[31mbad order\r\x1b[0m\n");
    process.exit(1);
  }
  return { batchItemFailures: [] };
};
