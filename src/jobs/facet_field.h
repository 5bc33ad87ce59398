// What facets can count: every field, and the bucket of every S3 URI, under its name in the CSV export.
#pragma once

#include <array>
#include <string_view>

#include "fields.h"

namespace rekognition_jobs {

inline constexpr std::array<Field, 4> bucket_fields{{
    {"InputBucket", FieldType::text, Member::InputBucket, "InputBucket"},
    {"OutputBucket", FieldType::text, Member::OutputBucket, "OutputBucket"},
    {"ResultsBucket", FieldType::text, Member::ResultsBucket, "ResultsBucket"},
    {"SummaryBucket", FieldType::text, Member::SummaryBucket, "SummaryBucket"},
}};

/// As find_field_or_member(), and the buckets.
[[nodiscard]] constexpr const Field* find_facet_field(std::string_view name) {
  for (const Field& field : bucket_fields) {
    if (field.name == name) return &field;
  }
  return find_field_or_member(name);
}

}  // namespace rekognition_jobs
