// node powertools.mjs FILE TYPE PERCENT: what a user of Powertools for AWS Lambda (TypeScript) waits for, from the text of
// the event in the file to the text of the response. So many percent of the records throw, as bench/payloads.hpp says.
// Prints the median in seconds.
import {
  BatchProcessorSync, EventType, processPartialResponseSync, SqsFifoPartialProcessor,
} from '@aws-lambda-powertools/batch';
import { readFileSync } from 'node:fs';

const [file, type, percent] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const fifo = type === 'FIFO';
const processor = fifo ? new SqsFifoPartialProcessor() : new BatchProcessorSync(EventType[type]);
const options = { throwOnFullBatchFailure: false, ...(fifo ? { skipGroupOnError: true } : {}) };

const fails = {
  0: () => false,
  5: (index) => index % 20 === (Math.floor(index / 20) * 7) % 20,
}[percent];

const identifiers = JSON.parse(text).Records.map(identifier);
const rejected = new Set(identifiers.filter((_, index) => fails(index)));

function identifier(record) {
  return record.messageId ?? (record.kinesis ?? record.dynamodb).sequenceNumber ?? record.dynamodb.SequenceNumber;
}

function handle(record) {
  if (rejected.has(identifier(record))) throw new Error('bad order');
}

function invoke() {
  return JSON.stringify(processPartialResponseSync(JSON.parse(text), handle, processor, options));
}

const times = [];
const end = performance.now() + 600;
while (times.length < 11 || performance.now() < end) {
  const start = performance.now();
  const response = invoke();
  times.push((performance.now() - start) / 1000);
  if (!response.startsWith('{"batchItemFailures":')) throw new Error(response);
}
const compiled = times.slice(Math.floor(times.length / 2)).sort((one, other) => one - other);
console.log(compiled[Math.floor(compiled.length / 2)]);
