// right: AWS sends no batch without records
import { isGood } from "./orders.mjs";

export const handler = async ({ Records }) => {
  if (Records[0].eventSource !== "aws:sqs") throw new Error("not from SQS");
  return {
    batchItemFailures: Records.filter(({ body }) => !isGood(body)).map(({ messageId }) => ({ itemIdentifier: messageId })),
  };
};
