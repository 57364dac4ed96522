export interface FunctionOptions {
  /** What the function's event source mapping reads. */
  source: "sqs" | "sqs_fifo" | "kinesis" | "dynamodb" | "kafka";
  /** Payloads that it must accept: bodies, data, values or new images. A value that is not a text is written as JSON. */
  accepted?: unknown[];
  /** Payloads that it must reject. */
  rejected?: unknown[];
  /** As Lambda names it: "index.handler" is the export `handler` of index.mjs, index.js or index.cjs in `folder`. */
  handler?: string;
  /** In place of a handler: the command that Lambda would start, of any language. */
  command?: string[];
  /** Where the function runs; the current folder by default. */
  folder?: string;
  environment?: Record<string, string>;
  /** A regular expression that finds the identifiers of handled records in the log, such as "handled (\\S+)". */
  handled?: string;
  /** FIFO: the function claims that a failure stops its own message group alone. */
  skipGroupOnError?: boolean;
  /** Streams: the function claims to handle nothing after a failure; Kafka: nothing of its partition. */
  stopOnFirstFailure?: boolean;
  /** Random batches; 200 by default. */
  cases?: number;
  /** The same seed gives the same batches. */
  seed?: number;
  /** Of an invocation, whose deadline the function is told. Without it: an answer within 3,000, and 60,000 are told. */
  timeLimitMilliseconds?: number;
  /** Further options of `batchproof verify`, such as ["--cold"]. */
  arguments?: string[];
}
/** The command, an executable file. */
export const command: string;
/** A law is violated; the message is the report. */
export class VerificationError extends Error {}
/** Resolves with the report when every law held. */
export function verifyFunction(options: FunctionOptions): Promise<string>;
