#pragma once

// Typed payloads of types that Boost.Describe describes. Opt-in; the user needs no JSON library.
// `<batchproof/json.hpp>` adds types with nlohmann's `from_json`.

#include <batchproof/batch.hpp>
#include <batchproof/json/change.hpp>
#include <batchproof/json/payload_error.hpp>
#include <batchproof/json/payload_value.hpp>
#include <batchproof/json/read_value.hpp>
#include <batchproof/json/typed.hpp>
