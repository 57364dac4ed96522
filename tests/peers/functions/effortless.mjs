import { wrapQueue } from "effortless-aws/runtime/wrap-queue";
import { checkOrder } from "./order.mjs";

const spec = { __spec: { lambda: { logLevel: "error" } }, onError: () => {} };

export const fifo = wrapQueue({ ...spec, onMessage: async ({ message }) => checkOrder(message.body) });

/// The schema refuses a payload before the handler sees it.
export const fifoWithSchema = wrapQueue({
  ...spec,
  schema: (body) => {
    checkOrder(body);
    return body;
  },
  onMessage: async () => {},
});
