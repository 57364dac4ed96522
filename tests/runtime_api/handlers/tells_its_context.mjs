export const handler = async (event, context) => ({ ...context, hasTime: context.getRemainingTimeInMillis() > 0 });
