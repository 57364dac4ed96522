import {
  BatchProcessor,
  BatchProcessorSync,
  EventType,
  processPartialResponse,
  processPartialResponseSync,
  SqsFifoPartialProcessor,
  SqsFifoPartialProcessorAsync,
} from "@aws-lambda-powertools/batch";
import { setTimeout } from "node:timers/promises";
import { checkOrder, checkText, textOf } from "./order.mjs";

const handle = async (record) => checkText(textOf(record));
const handleSync = (record) => checkText(textOf(record));
const handleImage = async (record) => checkOrder({ quantity: Number(record.dynamodb.NewImage?.quantity?.N) });

const withProcessor = (processor, handler, options) => (event) =>
  processPartialResponse(event, handler, processor, options);

export const standard = withProcessor(new BatchProcessor(EventType.SQS), handle);
export const inTurn = withProcessor(new BatchProcessor(EventType.SQS), handle, { processInParallel: false });
export const kinesis = withProcessor(new BatchProcessor(EventType.KinesisDataStreams), handle);
export const dynamodb = withProcessor(new BatchProcessor(EventType.DynamoDBStreams), handleImage);
export const fifo = withProcessor(new SqsFifoPartialProcessorAsync(), handle);
export const skipGroup = withProcessor(new SqsFifoPartialProcessorAsync(), handle, { skipGroupOnError: true });

const syncProcessor = new BatchProcessorSync(EventType.SQS);
export const sync = (event) => processPartialResponseSync(event, handleSync, syncProcessor);
const fifoSyncProcessor = new SqsFifoPartialProcessor();
export const fifoSync = (event) => processPartialResponseSync(event, handleSync, fifoSyncProcessor);
export const skipGroupSync = (event) =>
  processPartialResponseSync(event, handleSync, fifoSyncProcessor, { skipGroupOnError: true });

/// A handler that rejects without a reason, as `reject()` does.
export const rejectsWithoutReason = withProcessor(new BatchProcessor(EventType.SQS), (record) =>
  handle(record).catch(() => Promise.reject()),
);

/// The same, and a message with an order is rejected for a reason, after a while. When both are in one batch, it fails as a
/// whole while the second is still being handled.
export const rejectsLater = withProcessor(
  new BatchProcessor(EventType.SQS),
  async (record) => {
    if (!record.body.startsWith("{")) return Promise.reject();
    await setTimeout(10);
    throw new Error("out of stock");
  },
  { throwOnFullBatchFailure: false },
);

/// A handler that waits, with the synchronous processor for FIFO queues.
export const fifoSyncThatWaits = (event) => processPartialResponseSync(event, handle, fifoSyncProcessor);

/// The function adds what it found before to the answer that the processor gave.
export async function addsToTheAnswer(event) {
  const isText = (record) => record.body.startsWith("{");
  const bad = event.Records.filter((record) => !isText(record));
  const good = event.Records.filter(isText);
  const answer = await processPartialResponse({ Records: good }, handle, new BatchProcessor(EventType.SQS), {
    throwOnFullBatchFailure: false,
  });
  for (const record of bad) answer.batchItemFailures.push({ itemIdentifier: record.messageId });
  return answer;
}
