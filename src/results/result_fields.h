// The fields that results are asked for by: what queries, sorting and facets go by.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "query/vocabulary.h"
#include "text/ascii.h"

namespace rekognition_jobs {

/// At the places of result_field_words.
enum class ResultField : std::uint8_t { image, label, parent, level, confidence, type, model, labels, code, message };

/// The content types that the service documents (Rekognition Developer Guide, "Content types").
inline constexpr std::array<std::string_view, 2> documented_content_types{"Animated", "Illustrated"};

inline constexpr std::array<FieldWord, 10> result_field_words{{
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
enum class ResultFlag : std::uint8_t { label, type, model, error };

inline constexpr std::array<std::string_view, 4> result_flag_words{"label", "type", "model", "error"};

inline constexpr Vocabulary result_vocabulary{result_field_words, result_flag_words};

[[nodiscard]] constexpr ResultField result_field_of(const FieldWord& word) {
  return static_cast<ResultField>(result_vocabulary.index_of(word));
}

/// What facets count.
[[nodiscard]] constexpr std::optional<ResultField> find_result_facet(std::string_view name) {
  const FieldWord* const word = result_vocabulary.find(name);
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

/// What to sort by; without a field, the file's own order.
struct ResultSortKey {
  std::optional<ResultField> field;
  bool is_descending = false;
};

/// Reads `image`, `-confidence` …: "-" before it for descending. Nothing for what has no order.
[[nodiscard]] constexpr std::optional<ResultSortKey> parse_result_sort_key(std::string_view text) {
  if (text.empty()) return ResultSortKey{};
  ResultSortKey key;
  key.is_descending = text.front() == '-';
  if (key.is_descending) text.remove_prefix(1);
  const FieldWord* const word = result_vocabulary.find(text);
  if (word == nullptr) return std::nullopt;
  switch (const ResultField field = result_field_of(*word)) {
    case ResultField::image:
    case ResultField::confidence:
    case ResultField::labels:
    case ResultField::model:
    case ResultField::code: key.field = field; return key;
    default: return std::nullopt;
  }
}

}  // namespace rekognition_jobs
