// What all functions do with a payload. `{"quantity": 2}` is accepted; `{"quantity": 0}` and what is no JSON are rejected.
export function checkOrder(order) {
  if (!(order.quantity >= 1)) throw new Error("quantity must be at least 1");
}

export const checkText = (text) => checkOrder(JSON.parse(text));

export const textOf = (record) =>
  record.kinesis ? Buffer.from(record.kinesis.data, "base64").toString() : record.body;
