// expect: batchproof: the Result of this processor would hide a failure
#include <batchproof/batch.hpp>

namespace bp = batchproof;

#ifdef MENDED
using Result = bp::Kept<bool>;
#else
using Result = bool;
#endif

int handle(const bp::SqsRecord&) { return 1; }

class OwnProcessor : public bp::BasePartialProcessor<bp::SqsRecord, Result> {};

void use(const bp::Event<bp::SqsRecord>& event) { OwnProcessor{}.process(event, handle); }
