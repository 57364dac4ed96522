// right, of a tumbling window: it writes out what it collected as soon as there is enough, and begins anew
import { isGood, dataOf } from "./orders.mjs";

export const handler = async ({ Records, state }) => {
  const found = Records.findIndex((record) => !isGood(dataOf(record)));
  const done = found < 0 ? Records.length : found;
  const count = (state.count ?? 0) + done;
  return {
    state: { count: count >= 3 ? 0 : count },
    batchItemFailures: Records.slice(done).map(({ kinesis }) => ({ itemIdentifier: kinesis.sequenceNumber })),
  };
};
