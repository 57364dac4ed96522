import { IterativeSQSConsumer, SQSHandler } from "@janiscommerce/sqs-consumer";
import { setTimeout } from "node:timers/promises";
import { checkOrder } from "./order.mjs";

class OrderConsumer extends IterativeSQSConsumer {
  async processSingleRecord(record) {
    try {
      checkOrder(record.body);
    } catch {
      this.addFailedMessage(record.messageId);
    }
  }
}

/// It waits first, as one does that asks a database. Failures are kept in a list of the class `SQSHandler`, which each
/// invocation replaces when it begins: whatever an earlier one has still to report goes into the list of a later one.
class PatientOrderConsumer extends OrderConsumer {
  async processSingleRecord(record) {
    await setTimeout(5);
    await super.processSingleRecord(record);
  }
}

const handled = (Consumer) => (event) => SQSHandler.handle(Consumer, event, {});
export const iterative = handled(OrderConsumer);
export const patient = handled(PatientOrderConsumer);
