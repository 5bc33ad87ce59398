// Reads a field's value from the columns that hold it.
#include "field_value.h"

#include "../base/s3_uri.h"
#include "../columns/scan.h"
#include "../json/json_writer.h"

namespace rekognition_jobs {

Bitmap rows_with_any(const JobStore& store, MemberSet members, const Bitmap& among) {
  if (members.contains(Member::JobId)) return among;
  const MemberSet::Packed mask = members.pack();
  return rows_where(store.members(), among, [mask](MemberSet::Packed packed) { return (packed & mask) != 0; });
}

bool has_value(const JobStore& store, Row row, const Field& field) {
  if (field.derive != nullptr) {
    std::string scratch;
    return text_in(store, row, field, scratch).has_value();
  }
  switch (field.type) {
    case FieldType::s3_uri: return store.has(row, field.member) || store.has(row, field.key);
    case FieldType::duration:
      return store.has(row, Member::CreationTimestamp) && store.has(row, Member::CompletionTimestamp);
    default: return store.has(row, field.member);
  }
}

std::optional<double> number_in(const JobStore& store, Row row, const Field& field) {
  if (!has_value(store, row, field)) return std::nullopt;
  switch (field.type) {
    case FieldType::number: return store.min_confidences()[row];
    case FieldType::time: return static_cast<double>(store.timestamps(field.member)[row]);
    case FieldType::duration:
      return static_cast<double>(store.timestamps(Member::CompletionTimestamp)[row] -
                                 store.timestamps(Member::CreationTimestamp)[row]);
    default: return std::nullopt;
  }
}

std::optional<std::string_view> text_in(const JobStore& store, Row row, const Field& field, std::string& scratch) {
  if (field.derive != nullptr) {
    const std::string_view text = field.derive(store, row, scratch);
    return text.empty() ? std::nullopt : std::optional(text);
  }
  if (!has_value(store, row, field)) return std::nullopt;
  if (field.type != FieldType::s3_uri) return store.text(row, field.member, scratch);
  std::string key;
  const std::string_view key_text = store.text(row, field.key, key);
  scratch.clear();
  append_s3_uri(scratch, store.text(row, field.member, key), key_text);
  return scratch;
}

std::string display(const Field& field, double number) {
  std::string text;
  switch (field.type) {
    case FieldType::time: append_iso8601(text, static_cast<Timestamp>(number)); break;
    case FieldType::duration:
      append_seconds(text, static_cast<std::int64_t>(number));
      text += 's';
      break;
    default: append_json_number(text, number);
  }
  return text;
}

}  // namespace rekognition_jobs
