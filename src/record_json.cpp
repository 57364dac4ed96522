#include "record_json.hpp"

#include "structural_index.hpp"

namespace batchproof::detail {

std::string_view record_json(std::string_view payload, std::size_t record_index) {
  StructuralIndex index;
  Cursor cursor = index.read(payload);
  std::string_view json;
  std::size_t number = 0;
  if (cursor.peek() == '[') {  // EventBridge Pipes
    walk_array(cursor, [&] {
      const Slice record = cursor.value();
      if (number++ == record_index) json = payload.substr(record.begin, record.size);
    });
    return json;
  }
  walk_object<"Records", "records">(cursor, [&](Cursor& at, auto) {
    const auto walk_list = [&] {
      walk_array(at, [&] {
        const Slice record = at.value();
        if (number++ == record_index) json = payload.substr(record.begin, record.size);
      });
    };
    if (at.peek() == '[') {
      walk_list();
    } else {  // Kafka: a list for each partition
      walk_entries(at, [&](Slice) { walk_list(); });
    }
  });
  return json;
}

}  // namespace batchproof::detail
