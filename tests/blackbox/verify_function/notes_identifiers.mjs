// Right, and notes the identifiers of each event on one line: those of an SQS message, or of a Kinesis record.
import { appendFileSync } from "node:fs";
import { dataOf, isGood } from "../corpus/orders.mjs";

export async function handler(event) {
  const identifierOf = ({ messageId, kinesis }) => messageId ?? kinesis.sequenceNumber;
  appendFileSync(process.env.NOTES, JSON.stringify(event.Records.map((record) => [identifierOf(record), record.eventID])) + "\n");
  const failed = event.Records.filter((record) => !isGood(record.body ?? dataOf(record)));
  return { batchItemFailures: failed.map((record) => ({ itemIdentifier: identifierOf(record) })) };
}
