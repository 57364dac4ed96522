// Right: gives a record up when it comes the fifth time, and knows it by any text that AWS gives to no other.
import { isGood, dataOf, valueOf } from "../corpus/orders.mjs";

const textsOf = ({ attributes, dynamodb, eventID, kinesis, receiptHandle }) => [
  eventID,
  receiptHandle,
  attributes?.MessageDeduplicationId,
  attributes?.SequenceNumber,
  dynamodb?.SequenceNumber,
  kinesis?.sequenceNumber,
];

const payloadOf = (record) => {
  if (record.dynamodb) return JSON.stringify({ quantity: Number(record.dynamodb.NewImage.quantity.N) });
  if (record.kinesis) return dataOf(record);
  return record.body ?? (record.data ? Buffer.from(record.data, "base64").toString() : valueOf(record));
};

const failures = new Map();

const givesUp = (record) => {
  const texts = textsOf(record).filter((text) => text);
  for (const text of texts) failures.set(text, (failures.get(text) ?? 0) + 1);
  return texts.some((text) => failures.get(text) > 4);
};

export const handler = async (event) => {
  const records = Array.isArray(event) ? event : event.Records;
  const batchItemFailures = [];
  for (const record of records) {
    if (record.dynamodb && !/^[0-9a-f]{32}$/.test(record.eventID)) throw new Error("no event id of DynamoDB");
    if (isGood(payloadOf(record)) || givesUp(record)) continue;
    const stream = record.kinesis?.sequenceNumber ?? (Array.isArray(event) ? undefined : record.dynamodb?.SequenceNumber);
    batchItemFailures.push({ itemIdentifier: stream ?? record.messageId ?? record.eventID });
    if (record.eventSourceARN?.endsWith(".fifo")) {
      for (const later of records.slice(records.indexOf(record) + 1)) batchItemFailures.push({ itemIdentifier: later.messageId });
      break;
    }
  }
  return { batchItemFailures };
};
