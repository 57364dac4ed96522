// The handler of orders that every function here shares.
export const check = (order) => {
  if (!(order.quantity >= 1)) throw new Error("quantity must be at least 1");
};

export const isGood = (text) => {
  try {
    check(JSON.parse(text));
    return true;
  } catch {
    return false;
  }
};

export const dataOf = (record) => Buffer.from(record.kinesis.data, "base64").toString();

export const valueOf = (record) => Buffer.from(record.value, "base64").toString();
