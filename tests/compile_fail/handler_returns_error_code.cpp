// expect: batchproof: this handler's result would hide a failure
#include <batchproof/batch.hpp>
#include <system_error>

namespace bp = batchproof;

#ifdef MENDED
using Result = void;
#else
using Result = std::error_code;
#endif

Result handle(const bp::SqsRecord&) { return Result(); }

void use(const bp::Event<bp::SqsRecord>& event) { bp::SqsFifoPartialProcessor{}.process(event, handle); }
