// expect: batchproof: this handler's result would hide a failure
#include <batchproof/batch.hpp>

namespace bp = batchproof;

#ifdef MENDED
using Result = void;
#else
using Result = bool;
#endif

Result handle(const bp::SqsRecord&) { return Result(); }

class OwnProcessor : public bp::BasePartialProcessor<bp::SqsRecord> {};

void use(const bp::Event<bp::SqsRecord>& event) { OwnProcessor{}.process(event, handle); }
