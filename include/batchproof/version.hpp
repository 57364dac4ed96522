#pragma once

// The version of the headers that a program is compiled with. CMake, the packages and the command read it
// here.

/// "MAJOR.MINOR.PATCH", of semantic versioning: before 1.0.0 a new MINOR may break programs, a new PATCH does
/// not.
#define BATCHPROOF_VERSION "0.1.0"

/// The same as numbers, for the preprocessor.
#define BATCHPROOF_VERSION_MAJOR 0
#define BATCHPROOF_VERSION_MINOR 1
#define BATCHPROOF_VERSION_PATCH 0

namespace batchproof::detail {

/// The library of a minor version defines this symbol, and the headers of that version refer to it: the
/// linker refuses a program whose headers and library differ, or that holds two minor versions.
template <int major, int minor>
struct LibraryOfVersion {
  static const char is_linked;
};

template <>
const char LibraryOfVersion<BATCHPROOF_VERSION_MAJOR, BATCHPROOF_VERSION_MINOR>::is_linked;

[[gnu::used]] inline const char* const linked_library =
    &LibraryOfVersion<BATCHPROOF_VERSION_MAJOR, BATCHPROOF_VERSION_MINOR>::is_linked;

}  // namespace batchproof::detail
