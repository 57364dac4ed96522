// expect: deleted.*GuardedCall
// shows: batchproof: keep the options in a variable
#include <batchproof/idempotency/idempotent.hpp>

namespace bp = batchproof;

bool use(bp::IdempotencyStore& store, const bp::LambdaContext& context, const bp::SqsRecord& record) {
#ifdef MENDED
  const bp::IdempotencyOptions options{.prefix = "mail"};
  bp::GuardedCall call(store, options, context, record.message_id(), record.body());
#else
  bp::GuardedCall call(store, {.prefix = "mail"}, context, record.message_id(), record.body());
#endif
  return call.begin().has_value();
}
