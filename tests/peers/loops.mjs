// As many loops of a runtime in one process as AWS_LAMBDA_MAX_CONCURRENCY says, which share the handler:
//
//   node loops.mjs RUNTIME
import { pathToFileURL } from "node:url";

const loops = Number(process.env.AWS_LAMBDA_MAX_CONCURRENCY ?? 1);
for (let loop = 0; loop < loops; ++loop) import(`${pathToFileURL(process.argv[2])}?${loop}`);
