// The words of a query language: what its syntax, tokens and completion need from a kind of record.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "../base/ascii.h"

namespace rekognition_jobs {

enum class FieldType : std::uint8_t {
  value,     ///< one of a few, compared whole
  text,      ///< substring, pattern or exact
  s3_uri,    ///< as text, over s3://bucket/key
  number,    ///< percent, or how many
  time,      ///< a timestamp
  duration,  ///< milliseconds from creation to completion
};

[[nodiscard]] constexpr bool takes_exact_values(FieldType type) {
  return type == FieldType::text || type == FieldType::s3_uri;
}

struct FieldDescriptor {
  std::string_view name;
  FieldType type;
  std::span<const std::string_view> values;  ///< those that are documented, if any
};

inline constexpr std::string_view has_qualifier = "has";
inline constexpr std::string_view no_qualifier = "no";

/// The fields of one kind of record, and what `has:` and `no:` can ask for. Borrows its tables, which are constants.
struct QuerySchema {
  std::span<const FieldDescriptor> fields;
  std::span<const std::string_view> flags;

  /// The field of that name, without regard to case.
  [[nodiscard]] constexpr const FieldDescriptor* find(std::string_view name) const {
    for (const FieldDescriptor& field : fields) {
      if (ascii::equal_ignoring_case(field.name, name)) return &field;
    }
    return nullptr;
  }

  /// The place of a field that find() gave.
  [[nodiscard]] constexpr std::size_t index_of(const FieldDescriptor& field) const {
    return static_cast<std::size_t>(&field - fields.data());
  }

  /// The place of a flag; flags.size() when there is none of that name.
  [[nodiscard]] constexpr std::size_t flag_index(std::string_view name) const {
    std::size_t i = 0;
    while (i < flags.size() && !ascii::equal_ignoring_case(flags[i], name)) ++i;
    return i;
  }
};

/// Texts as strings, for what a QueryError expected.
[[nodiscard]] inline std::vector<std::string> as_strings(std::span<const std::string_view> texts) {
  return {texts.begin(), texts.end()};
}

}  // namespace rekognition_jobs
