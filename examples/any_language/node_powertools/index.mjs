import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";

const processor = new BatchProcessor(EventType.SQS);

const handleOrder = async (record) => {
  const order = JSON.parse(record.body);
  if (!(order.quantity >= 1)) throw new Error("quantity must be at least 1");
};

export const handler = (event, context) => processPartialResponse(event, handleOrder, processor, { context });
