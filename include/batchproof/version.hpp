#pragma once

// The version of the headers that a program is compiled with. CMake, the packages and the command read it
// here.

/// "MAJOR.MINOR.PATCH", of semantic versioning: before 1.0.0 a new MINOR may break programs, a new PATCH does
/// not.
#define BATCHPROOF_VERSION "0.1.0"

/// The same as numbers, for the preprocessor. MAJOR and MINOR also stand in `batchproof::inline v0_1`, the
/// namespace that all sources of the library open, so that headers and libraries of two minor versions are
/// never linked with each other.
#define BATCHPROOF_VERSION_MAJOR 0
#define BATCHPROOF_VERSION_MINOR 1
#define BATCHPROOF_VERSION_PATCH 0
