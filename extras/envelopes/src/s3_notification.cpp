#include <batchproof/envelopes/s3_notification.hpp>
#include <charconv>
#include <nlohmann/json.hpp>
#include <system_error>

#include "members.hpp"

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

}  // namespace

std::vector<S3Notification> read_s3_notifications(std::string_view name, std::string_view text) {
  const nlohmann::json tree = detail::tree_of(text);
  if (tree.is_discarded()) fail_s3(name, "not JSON");
  if (!tree.is_object()) fail_s3(name, "not an object");
  std::vector<S3Notification> notifications;
  try {
    if (!tree.contains("Records") && detail::optional_text(tree, "Event") == "s3:TestEvent")
      return notifications;
    for (const nlohmann::json& record : detail::objects_of(tree, "Records")) {
      if (detail::text_of(record, "eventSource") != "aws:s3")
        fail_s3(name, "its \"eventSource\" is not \"aws:s3\"");
      const std::string version = detail::text_of(record, "eventVersion");
      if (!version.starts_with("2."))
        fail_s3(name, "version " + version + " of the notification, but only 2.x is supported");
      const nlohmann::json& s3 = detail::object_of(record, "s3");
      const nlohmann::json& object = detail::object_of(s3, "object");
      S3Notification& notification = notifications.emplace_back();
      notification.event_name_ = detail::text_of(record, "eventName");
      notification.event_time_ = detail::optional_text(record, "eventTime").value_or("");
      notification.aws_region_ = detail::optional_text(record, "awsRegion").value_or("");
      notification.bucket_ = detail::text_of(detail::object_of(s3, "bucket"), "name");
      notification.key_ = decode_key(name, detail::text_of(object, "key"));
      if (const nlohmann::json* const size = detail::optional_member(object, "size")) {
        if (!size->is_number_unsigned()) fail_s3(name, "\"size\" is not a number of bytes");
        notification.size_bytes_ = size->get<std::uint64_t>();
      }
      notification.e_tag_ = detail::optional_text(object, "eTag");
      notification.version_id_ = detail::optional_text(object, "versionId");
      notification.sequencer_ = detail::optional_text(object, "sequencer");
    }
  } catch (const detail::Misfit& misfit) {
    fail_s3(name, misfit.what());
  }
  return notifications;
}

}  // namespace batchproof::inline v0_1
