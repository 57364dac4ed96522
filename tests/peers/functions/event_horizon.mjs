import { kinesisHandler, sqsHandler } from "@skyleague/event-horizon";
import { checkOrder, checkText } from "./order.mjs";

const context = { getRemainingTimeInMillis: () => 3000, awsRequestId: "request" };
const called = (handler) => (event) => handler(event, context);

export const sqs = called(sqsHandler({ sqs: { schema: {}, handler: ({ payload }) => checkOrder(payload) } }));
export const kinesis = called(
  kinesisHandler({
    kinesis: { schema: {}, handler: ({ raw }) => checkText(Buffer.from(raw.kinesis.data, "base64").toString()) },
  }),
);
