// right, a FIFO queue
// It throws when it has nothing to delete, also where only the first message was tried.
import { handler as report } from "./fifo_right.mjs";

export const handler = async (event) => {
  const answer = await report(event);
  const failed = answer.batchItemFailures.length;
  if (failed > 0 && failed === event.Records.length) throw new Error("All records failed processing");
  return answer;
};
