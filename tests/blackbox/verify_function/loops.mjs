// The runtime of the examples, as often as AWS_LAMBDA_MAX_CONCURRENCY says in one process. All loops share the handler.
const loops = Number(process.env.AWS_LAMBDA_MAX_CONCURRENCY ?? 1);
for (let loop = 0; loop < loops; ++loop) import(`../../../examples/any_language/node_loop/runtime.mjs?${loop}`);
