// The query fields of results, for queries, sorting and facets.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "../base/ascii.h"
#include "../query/schema.h"

namespace rekognition_jobs {

/// At the places of result_field_words.
enum class ResultField : std::uint8_t { image, label, parent, level, confidence, type, model, labels, code, message };

/// The content types that the service documents (Rekognition Developer Guide, "Content types").
inline constexpr std::array<std::string_view, 2> documented_content_types{"Animated", "Illustrated"};

inline constexpr std::array<FieldDescriptor, 10> result_field_words{{
    {"image", FieldType::text, {}},         ///< source-ref
    {"label", FieldType::text, {}},         ///< Name
    {"parent", FieldType::text, {}},        ///< ParentName
    {"level", FieldType::number, {}},       ///< TaxonomyLevel
    {"confidence", FieldType::number, {}},  ///< of a label, percent
    {"type", FieldType::value, documented_content_types},
    {"model", FieldType::value, {}},    ///< ModerationModelVersion
    {"labels", FieldType::number, {}},  ///< how many
    {"code", FieldType::value, {}},     ///< of the line's error
    {"message", FieldType::text, {}},   ///< the same
}};

/// At the places of result_flag_words.
enum class ResultFlag : std::uint8_t { label, type, model, error, answer };

inline constexpr std::array<std::string_view, 5> result_flag_words{"label", "type", "model", "error", "answer"};

inline constexpr QuerySchema result_query_schema{result_field_words, result_flag_words};

[[nodiscard]] constexpr ResultField result_field_of(const FieldDescriptor& word) {
  return static_cast<ResultField>(result_query_schema.index_of(word));
}

/// What facets count.
[[nodiscard]] constexpr std::optional<ResultField> find_result_facet(std::string_view name) {
  const FieldDescriptor* const word = result_query_schema.find(name);
  if (word == nullptr) return std::nullopt;
  switch (const ResultField field = result_field_of(*word)) {
    case ResultField::label:
    case ResultField::parent:
    case ResultField::level:
    case ResultField::type:
    case ResultField::model:
    case ResultField::code: return field;
    default: return std::nullopt;
  }
}

/// What has an order.
[[nodiscard]] constexpr std::optional<ResultField> find_result_sort_field(std::string_view name) {
  const FieldDescriptor* const word = result_query_schema.find(name);
  if (word == nullptr) return std::nullopt;
  switch (const ResultField field = result_field_of(*word)) {
    case ResultField::image:
    case ResultField::confidence:
    case ResultField::labels:
    case ResultField::model:
    case ResultField::code: return field;
    default: return std::nullopt;
  }
}

}  // namespace rekognition_jobs
