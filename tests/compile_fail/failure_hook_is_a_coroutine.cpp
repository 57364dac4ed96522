// expect: batchproof: a hook or an action returns nothing, or an outcome
#include <batchproof/async.hpp>
#include <batchproof/batch.hpp>

namespace bp = batchproof;

#ifdef MENDED
constexpr auto alert = [](const bp::SqsRecord&, const bp::Failure&) {};
#else
constexpr auto alert = [](const bp::SqsRecord&, const bp::Failure&) -> boost::asio::awaitable<void> {
  co_return;
};
#endif

const bp::BatchProcessor<bp::SqsRecord> processor{{.on_failure = alert, .on_settled = alert}};
