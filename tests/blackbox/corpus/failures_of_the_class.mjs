// law: fresh
// A static member is the module's too; it is emptied when a batch succeeds, and not when one fails.
import { isGood } from "./orders.mjs";

class Processor {
  static failures = [];
  process(records) {
    for (const record of records)
      if (!isGood(record.body)) Processor.failures.push({ itemIdentifier: record.messageId });
    if (records.every((record) => isGood(record.body)) && records.length > 1) Processor.failures = [];
    return { batchItemFailures: Processor.failures };
  }
}

export const handler = async (event) => new Processor().process(event.Records);
