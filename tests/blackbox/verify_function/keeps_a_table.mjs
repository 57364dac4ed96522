// With a table that outlives its processes, in the folder TABLE. Right: it skips what it has handled. With GIVES_UP it
// takes a message for done that it has failed twice.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isGood } from "../corpus/orders.mjs";

const failuresIn = (entry) => (existsSync(entry) ? Number(readFileSync(entry, "utf8")) : 0);

export const handler = async ({ Records }) => {
  const batchItemFailures = [];
  for (const { body, messageId } of Records) {
    const done = `${process.env.TABLE}/${messageId}`;
    if (existsSync(done)) continue;
    console.log(`handled ${messageId}`);
    if (isGood(body)) {
      writeFileSync(done, "");
      continue;
    }
    const failed = `${done}.failed`;
    if (process.env.GIVES_UP && failuresIn(failed) > 1) continue;
    writeFileSync(failed, String(failuresIn(failed) + 1));
    batchItemFailures.push({ itemIdentifier: messageId });
  }
  return { batchItemFailures };
};
