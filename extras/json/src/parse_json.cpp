#include <batchproof/detail/json_text.hpp>
#include <batchproof/json/conversion_check.hpp>
#include <batchproof/json/payload_value.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "number_text.hpp"

namespace batchproof::inline v0_1::detail {

nlohmann::json parse_json(std::string_view payload, std::string_view text) {
  if (has_null_byte(text)) PayloadPath{payload}.fail("not JSON: it has a null byte");
  return nlohmann::json::parse(text);
}

void add_rounded_wholes(std::string_view text, std::vector<double>& wholes) {
  struct Reader : nlohmann::json_sax<nlohmann::json> {
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(std::int64_t) override { return true; }
    bool number_unsigned(std::uint64_t) override { return true; }
    bool number_float(double nearest, const std::string& number) override {
      if (rounds_to_whole(number)) found->push_back(nearest);
      return true;
    }
    bool string(std::string&) override { return true; }
    bool binary(nlohmann::json::binary_t&) override { return true; }
    bool start_object(std::size_t) override { return true; }
    bool key(std::string&) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) override {
      return false;
    }

    std::vector<double>* found = nullptr;
  } reader;
  reader.found = &wholes;
  nlohmann::json::sax_parse(text, &reader);
}

}  // namespace batchproof::inline v0_1::detail
