#include <batchproof/detail/json_text.hpp>
#include <batchproof/envelopes/s3_notification.hpp>
#include <charconv>
#include <nlohmann/json.hpp>
#include <system_error>

namespace batchproof::inline v0_1 {
namespace {

[[noreturn]] void fail_s3(std::string_view name, const std::string& what_was_wrong) {
  throw InnerRecordError(std::string(name) + " is not an S3 notification: " + what_was_wrong);
}

std::string decode_key(std::string_view name, std::string_view key) {
  std::string decoded;
  for (std::size_t index = 0; index < key.size(); ++index) {
    if (key[index] != '%') {
      decoded += key[index] == '+' ? ' ' : key[index];
      continue;
    }
    unsigned char byte = 0;
    const std::string_view digits = key.substr(index + 1, 2);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
    if (error != std::errc() || end != digits.data() + 2)
      fail_s3(name, "\"" + std::string(key) + "\" is not an encoded key");
    decoded += static_cast<char>(byte);
    index += 2;
  }
  return decoded;
}

std::optional<std::string> optional_text(const nlohmann::json& object, const char* member) {
  const auto found = object.find(member);
  return found == object.end() || found->is_null() ? std::nullopt : std::optional(found->get<std::string>());
}

}  // namespace

std::vector<S3Notification> read_s3_notifications(std::string_view name, std::string_view text) {
  const nlohmann::json tree = nlohmann::json::parse(text, nullptr, false);
  if (tree.is_discarded() || detail::has_null_byte(text)) fail_s3(name, "not JSON");
  if (!tree.is_object()) fail_s3(name, "not an object");
  std::vector<S3Notification> notifications;
  try {
    if (tree.value("Event", "") == "s3:TestEvent" && !tree.contains("Records")) return notifications;
    if (!tree.at("Records").is_array()) fail_s3(name, "\"Records\" is not a list");
    for (const nlohmann::json& record : tree.at("Records")) {
      if (record.at("eventSource") != "aws:s3") fail_s3(name, "its \"eventSource\" is not \"aws:s3\"");
      const std::string version = record.at("eventVersion");
      if (!version.starts_with("2."))
        fail_s3(name, "version " + version + " of the notification, but only 2.x is supported");
      const nlohmann::json& object = record.at("s3").at("object");
      S3Notification& notification = notifications.emplace_back();
      notification.event_name_ = record.at("eventName");
      notification.event_time_ = record.value("eventTime", "");
      notification.aws_region_ = record.value("awsRegion", "");
      notification.bucket_ = record.at("s3").at("bucket").at("name");
      notification.key_ = decode_key(name, object.at("key").get_ref<const std::string&>());
      if (const auto size = object.find("size"); size != object.end() && !size->is_null()) {
        if (!size->is_number_unsigned()) fail_s3(name, "\"size\" is not a number of bytes");
        notification.size_bytes_ = size->get<std::uint64_t>();
      }
      notification.e_tag_ = optional_text(object, "eTag");
      notification.version_id_ = optional_text(object, "versionId");
      notification.sequencer_ = optional_text(object, "sequencer");
    }
  } catch (const nlohmann::json::exception& error) {  // a member is missing, or of another type
    fail_s3(name, error.what());
  }
  return notifications;
}

}  // namespace batchproof::inline v0_1
