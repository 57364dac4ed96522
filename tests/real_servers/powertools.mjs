// Handles a message once, by Powertools for AWS Lambda (TypeScript):
//
//   node powertools.mjs ENDPOINT TABLE PREFIX KEY MODE
//
// Prints {"ran", "result"} or {"ran", "error"} as JSON, `ran` being whether the handler was called. MODE says what the
// handler does: "complete" returns an object, "text" a text, "nothing" no value, and "crash" ends the process while its
// claim stands.
import { IdempotencyConfig, makeIdempotent } from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";

const [endpoint, tableName, keyPrefix, key, mode] = process.argv.slice(2);
const print = (answer) => console.log(JSON.stringify(answer));
const results = { complete: { receipt: 7, lines: ['a "quoted" text', 1.5, true, null] }, text: "receipt 7" };
let ran = false;

const config = new IdempotencyConfig({ eventKeyJmesPath: "key" });
config.registerLambdaContext({ getRemainingTimeInMillis: () => 30_000 });
const persistenceStore = new DynamoDBPersistenceLayer({ tableName, clientConfig: { endpoint, region: "us-east-1" } });
const handle = makeIdempotent(
  async () => {
    ran = true;
    if (mode === "crash") {
      print({ ran });
      process.exit(0);
    }
    return results[mode];
  },
  { persistenceStore, config, keyPrefix },
);

try {
  const result = await handle({ key });
  print({ ran, result: result ?? null });
} catch (error) {
  print({ ran, error: error.name });
}
