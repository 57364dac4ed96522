#pragma once

// What a shared library shows to programs. Not part of the public interface.
//
// The shared libraries are compiled with hidden visibility. The macro stands before each class with members
// in src/, each class that is thrown, and each function in src/ that users, inline code of a header or
// another component call; of a class in `detail` before the members that these call. All else may change in a
// patch version.

#define BATCHPROOF_EXPORT [[gnu::visibility("default")]]

/// For what an exported class declares, and src/ alone uses: its private members and nested classes.
#define BATCHPROOF_NO_EXPORT [[gnu::visibility("hidden")]]
