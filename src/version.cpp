#include <batchproof/version.hpp>

namespace batchproof::detail {

template <>
const char LibraryOfVersion<BATCHPROOF_VERSION_MAJOR, BATCHPROOF_VERSION_MINOR>::is_linked = 1;

/// The same in each version: the linker refuses two.
extern const char one_version_of_batchproof_in_a_program;
const char one_version_of_batchproof_in_a_program = 1;

}  // namespace batchproof::detail
