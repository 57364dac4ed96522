// Right, and notes each event on one line: for each record its identifier, its event id and its receive count.
import { appendFileSync } from "node:fs";
import { dataOf, isGood } from "../corpus/orders.mjs";

export async function handler(event) {
  const identifierOf = ({ messageId, kinesis }) => messageId ?? kinesis.sequenceNumber;
  const notes = event.Records.map((record) => [
    identifierOf(record),
    record.eventID,
    record.attributes?.ApproximateReceiveCount,
  ]);
  appendFileSync(process.env.NOTES, JSON.stringify(notes) + "\n");
  const failed = event.Records.filter((record) => !isGood(record.body ?? dataOf(record)));
  return { batchItemFailures: failed.map((record) => ({ itemIdentifier: identifierOf(record) })) };
}
