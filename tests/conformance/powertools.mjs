// Runs scenarios through Powertools for AWS Lambda (TypeScript): one JSON object a line on standard input, one
// answer a line on standard output, in the same order. `conformance.test.cpp` compares the answers with this
// library's.
//
// A scenario: {"source": "sqs" | "sqs_fifo" | "kinesis" | "dynamodb", "skip_group_on_error": bool,
//              "throw_on_full_batch_failure": bool, "payload": base64, "rejected": [position, ...]}
// An answer:  {"response": text} or {"error": {"name", "message", "causes"}}, and "handled": [position, ...]
import { createInterface } from 'node:readline';
import {
  BatchProcessor,
  EventType,
  processPartialResponse,
  processPartialResponseSync,
  SqsFifoPartialProcessor,
} from '@aws-lambda-powertools/batch';

// Made once, as its users do, so that whatever leaks from one invocation into the next is seen here too.
const processors = {
  sqs: new BatchProcessor(EventType.SQS),
  sqs_fifo: new SqsFifoPartialProcessor(),
  kinesis: new BatchProcessor(EventType.KinesisDataStreams),
  dynamodb: new BatchProcessor(EventType.DynamoDBStreams),
};

class RejectedRecord extends Error {
  name = 'RejectedRecord';
}

function positionsOf(event) {
  const records = Array.isArray(event?.Records) ? event.Records : [];
  return new Map(records.map((record, position) => [record, position]));
}

function respond(scenario, event, handler) {
  const options = { throwOnFullBatchFailure: scenario.throw_on_full_batch_failure };
  const processor = processors[scenario.source];
  if (scenario.source === 'sqs_fifo') {
    options.skipGroupOnError = scenario.skip_group_on_error;
    return processPartialResponseSync(event, handler, processor, options);
  }
  // Not in parallel: our processor handles one record after the other, and the order of handling is compared.
  return processPartialResponse(event, handler, processor, { ...options, processInParallel: false });
}

// Half a surrogate pair would make our own line unreadable.
const readable = (text) => text.replace(/\p{Surrogate}/gu, '?');

function describe(error) {
  return {
    name: error.name,
    message: readable(error.message),
    causes: error.recordErrors?.map((cause) => cause.name) ?? [],
  };
}

async function answer(scenario) {
  const rejected = new Set(scenario.rejected);
  const handled = [];
  try {
    // As the Lambda runtime does it: bytes become text, with U+FFFD for each invalid part, and that text is parsed.
    const event = JSON.parse(Buffer.from(scenario.payload, 'base64').toString('utf8'));
    const positions = positionsOf(event);
    const response = await respond(scenario, event, (record) => {
      const position = positions.get(record);
      handled.push(position);
      if (rejected.has(position)) throw new RejectedRecord(`record ${position}`);
    });
    // As text, since it may hold what only its reader can judge, such as half a surrogate pair.
    return { response: JSON.stringify(response), handled };
  } catch (error) {
    return { error: describe(error), handled };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}
