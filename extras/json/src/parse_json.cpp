#include <batchproof/json/conversion_check.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "number_text.hpp"

namespace batchproof::inline v0_1::detail {

nlohmann::json parse_json(std::string_view text) { return nlohmann::json::parse(text); }

bool has_rounded_whole(std::string_view text) {
  struct Reader : nlohmann::json_sax<nlohmann::json> {
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(std::int64_t) override { return true; }
    bool number_unsigned(std::uint64_t) override { return true; }
    bool number_float(double, const std::string& number) override {
      found = found || rounds_to_whole(number);
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

    bool found = false;
  } reader;
  nlohmann::json::sax_parse(text, &reader);
  return reader.found;
}

}  // namespace batchproof::inline v0_1::detail
