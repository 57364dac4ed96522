import { IterativeSQSConsumer, SQSHandler } from "@janiscommerce/sqs-consumer";
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

export const iterative = (event) => SQSHandler.handle(OrderConsumer, event, {});
