#pragma once

// Mutations that keep JSON valid: nearly every flipped bit makes an event unreadable, and then only the
// reader's first error would be tested.

#include <cstddef>
#include <cstdint>

namespace batchproof::fuzz {

/// Changes the elements of one array or the members of one object: deletes or doubles one, exchanges it with
/// another, or gives it a value from elsewhere in the text. Returns the new size; 0 when there is nothing to
/// change, or no room.
std::size_t mutate_json(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned seed);

}  // namespace batchproof::fuzz

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

/// Defines the target's mutator: every other mutation is one of bytes. The bytes before the JSON text are
/// mutated only so.
#define BATCHPROOF_MUTATE_JSON(header_size)                                                                  \
  extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size, \
                                                 unsigned seed);                                             \
  extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size, \
                                                 unsigned seed) {                                            \
    constexpr std::size_t header = header_size;                                                              \
    if (seed % 2 != 0 && size > header) {                                                                    \
      const std::size_t json_size =                                                                          \
          batchproof::fuzz::mutate_json(data + header, size - header, max_size - header, seed / 2);          \
      if (json_size > 0) return header + json_size;                                                          \
    }                                                                                                        \
    return LLVMFuzzerMutate(data, size, max_size);                                                           \
  }
