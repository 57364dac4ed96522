// expect: batchproof: a payload that is a text is read as a std::string
#include <batchproof/json.hpp>

namespace bp = batchproof;

#ifdef MENDED
using Text = std::string;
#else
using Text = std::string_view;
#endif

std::string use(std::string_view payload) {
  return bp::process_partial_response(payload, bp::typed<Text>([](const Text&) {}),
                                      bp::BatchProcessor<bp::SqsRecord>());
}
