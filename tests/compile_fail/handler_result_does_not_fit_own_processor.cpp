// expect: batchproof: the handler's result does not fit the Result of this processor
#include <batchproof/batch.hpp>
#include <string>

namespace bp = batchproof;

#ifdef MENDED
using Result = std::string;
#else
using Result = void;
#endif

Result handle(const bp::SqsRecord&) { return Result(); }

class OwnProcessor : public bp::BasePartialProcessor<bp::SqsRecord, std::string> {};

void use(const bp::Event<bp::SqsRecord>& event) { OwnProcessor{}.process(event, handle); }
