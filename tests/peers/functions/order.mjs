// The handler of all functions. It accepts `{"quantity": 2}`; it rejects `{"quantity": 0}` and any text that is not JSON.
export function checkOrder(order) {
  if (!(order.quantity >= 1)) throw new Error("quantity must be at least 1");
}

export const checkText = (text) => checkOrder(JSON.parse(text));

export const textOf = (record) =>
  record.kinesis ? Buffer.from(record.kinesis.data, "base64").toString() : record.body;
