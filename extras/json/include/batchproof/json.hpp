#pragma once

// Typed payloads through nlohmann/json, and by Boost.Describe as in <batchproof/typed.hpp>. Opt-in: no
// header of `batchproof::batch` needs a JSON library.

#include <batchproof/batch.hpp>
#include <batchproof/json/attribute_json.hpp>
#include <batchproof/json/nlohmann_format.hpp>
#include <batchproof/typed.hpp>
