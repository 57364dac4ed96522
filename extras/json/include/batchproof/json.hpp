#pragma once

// Typed payloads through nlohmann/json. Opt-in: no other public header of the library needs a JSON library.

#include <batchproof/json/attribute_json.hpp>
#include <batchproof/json/change.hpp>
#include <batchproof/json/typed.hpp>
