// A test as users of Powertools for AWS Lambda (TypeScript) would write it: fast-check draws batches of up to 10 records, the
// body of each and whether it fails, and one law is checked, that nothing is lost. The events are objects from the
// start: no text is written or read. Prints one JSON object: {"cases", "milliseconds"}.
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import fc from 'fast-check';

const cases = 10_000;
const processor = new BatchProcessor(EventType.SQS);

const sqsRecord = ({ rejected, text }, index) => ({
  messageId: `message-${index}`,
  receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
  body: (rejected ? 'x' : 'o') + text,
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '1545082649183',
    SenderId: 'AIDAIENQZJOLO23YVJ4VO',
    ApproximateFirstReceiveTimestamp: '1545082649185',
  },
  messageAttributes: {},
  md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:us-east-2:123456789012:my-queue',
  awsRegion: 'us-east-2',
});

function handle({ body }) {
  if (body.startsWith('x')) throw new Error('rejected');
}

const batch = fc.array(fc.record({ rejected: fc.boolean(), text: fc.string() }), { maxLength: 10 });

const nothingIsLost = fc.asyncProperty(batch, async (messages) => {
  const event = { Records: messages.map(sqsRecord) };
  const { batchItemFailures } = await processPartialResponse(event, handle, processor, {
    throwOnFullBatchFailure: false,
  });
  const reported = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  return messages.every(({ rejected }, index) => !rejected || reported.has(`message-${index}`));
});

// In processor time, as the verification beside it is timed: others on the machine do not count.
async function verify(numRuns) {
  const start = process.cpuUsage();
  await fc.assert(nothingIsLost, { numRuns, seed: 7 });
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

await verify(cases / 10); // so that what is timed is compiled
const runs = [await verify(cases), await verify(cases), await verify(cases)];
const [, milliseconds] = runs.sort((one, other) => one - other);
console.log(JSON.stringify({ cases, milliseconds }));
