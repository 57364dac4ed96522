// Right, of Kafka: logs each identifier with the spaces that Python's json.dumps writes.
import { isGood, valueOf } from "../corpus/orders.mjs";

export const handler = async ({ records }) => {
  const batchItemFailures = [];
  for (const [partition, list] of Object.entries(records)) {
    for (const record of list) {
      console.log(`handled {"partition": ${JSON.stringify(partition)}, "offset": ${record.offset}}`);
      if (!isGood(valueOf(record))) batchItemFailures.push({ itemIdentifier: { partition, offset: record.offset } });
    }
  }
  return { batchItemFailures };
};
