#include <batchproof/version.hpp>

namespace batchproof::detail {

template <>
const char LibraryOfVersion<BATCHPROOF_VERSION_MAJOR, BATCHPROOF_VERSION_MINOR>::is_linked = 1;

/// Every version defines this name, so that the linker refuses two of them in one program.
extern const char one_version_of_batchproof_in_a_program;
const char one_version_of_batchproof_in_a_program = 1;

}  // namespace batchproof::detail
