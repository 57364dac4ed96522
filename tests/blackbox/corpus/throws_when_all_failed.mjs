// right, a queue
// It throws when it has nothing to delete, as Powertools does by default.
import { handler as report } from "./right_sqs.mjs";

export const handler = async (event) => {
  const answer = await report(event);
  const failed = answer.batchItemFailures.length;
  if (failed > 0 && failed === event.Records.length) throw new Error("All records failed processing");
  return answer;
};
